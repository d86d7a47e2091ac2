// Closures by value and by reference, arrow functions, static variables, callables of every form.
import * as php from 'swoole-ts-php';
import { array_map, echo, implode, max, strlen, strtoupper, trim } from 'swoole-ts-php';

let count = 0;
let factor = 2;
const factorThen = factor;
const add = (n: number): number => {
  count += n * factorThen;
  return count;
};
factor = 100;
echo(add(1), ' ', add(2), ' ', count, '\n');

const own = () => {
  let countCopy = count;
  countCopy++;
  return countCopy;
};
echo(own(), own(), count, '\n');

const twice = (f: (...args: any[]) => any) => (x: number) => f(f(x));
echo(twice((x: any) => php.add(x, 3))(1), '\n');

let counter_n: number = 0;
function counter(): number {
  return ++counter_n;
}
counter();
counter();
echo(counter(), '\n');

const fns: ((...args: any[]) => any)[] = [];
for (const [i, name] of ['a', 'b', 'c'].entries()) {
  fns.push(() => {
    return `${i}${name}`;
  });
}
echo(
  implode(
    ' ',
    array_map((f: (...args: any[]) => any) => f(), fns),
  ),
  '\n',
);

class Text {
  wrap(text: string): string {
    return `[${text}]`;
  }

  static upper(text: string): string {
    return strtoupper(text);
  }

  all(texts: string[]): string[] {
    return array_map(this.wrap.bind(this), texts);
  }
}
const text = new Text();
echo(
  implode(',', array_map(trim, [' x ', ' y'])),
  implode(',', array_map(text.wrap.bind(text), ['a'])),
  implode(',', array_map(Text.upper, ['b'])),
  implode(',', array_map(Text.upper, ['c'])),
  implode(',', text.all(['d'])),
  '\n',
);
const length = strlen;
const wrap = text.wrap.bind(text);
echo(length('four'), wrap('first class'), text.wrap.bind(text)('call'), max(...[3, 9, 4]), '\n');
(() => {
  echo('at once\n');
})();
