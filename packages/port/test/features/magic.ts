import {
  ArrayIterator,
  PhpArray,
  array_map,
  count,
  echo,
  entries,
  implode,
  number_format,
  strlen,
  toStr,
  unset,
} from 'swoole-ts-php';

// __toString, __invoke, ArrayAccess, Countable and IteratorAggregate.
class Money {
  constructor(private cents: number) {}

  __toString(): string {
    return `${number_format(this.cents / 100, 2)} EUR`;
  }

  __invoke(times: number): Money {
    return new Money(this.cents * times);
  }
}

class Bag {
  private items: PhpArray<any> = new PhpArray();

  offsetExists(offset: any): boolean {
    return this.items.get(offset) != null;
  }

  offsetGet(offset: any): any {
    return this.items.get(offset) ?? null;
  }

  offsetSet(offset: any, value: any): void {
    if (offset == null) {
      this.items.push(value);
    } else {
      this.items.set(offset, value);
    }
  }

  offsetUnset(offset: any): void {
    this.items.delete(offset);
  }

  count(): number {
    return this.items.length;
  }

  getIterator(): any {
    return new ArrayIterator(this.items);
  }
}

const price = new Money(1250);
echo(`costs ${toStr(price)}, three cost ${toStr(price.__invoke(3))}\n`);
echo(`as text: ${toStr(price)} ${strlen(toStr(price))}\n`);
echo(implode(', ', array_map(price.__invoke.bind(price), [1, 2])), '\n');
const bag = new Bag();
bag.offsetSet(null, 'first');
bag.offsetSet('key', 'second');
echo(
  bag.offsetGet(0),
  ' ',
  bag.offsetGet('key'),
  ' ',
  bag.offsetExists('none') ? 'there' : 'not there',
  ' ',
  count(bag),
  '\n',
);
unset(bag, 0);
echo(count(bag), '\n');
for (const [key, value] of entries(bag)) {
  echo(`${toStr(key)} => ${toStr(value)}\n`);
}
