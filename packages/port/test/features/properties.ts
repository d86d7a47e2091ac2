import { PhpArray, clone, echo, implode, json_encode } from 'swoole-ts-php';

// Promoted and readonly properties, defaults, null-safe access, properties whose names are computed, clone.
class Address {
  constructor(
    public readonly city: string,
    public street: string | null = null,
  ) {}
}

class Person {
  tags: PhpArray<string> = new PhpArray();
  address: Address | null = null;
  age!: number;
  anything: { deep: { list: number[] } } | null = null;

  constructor(
    private readonly name: string,
    protected visits = 0,
  ) {
    this.age = 30;
  }

  visit(): number {
    return ++this.visits;
  }

  getName(): string {
    return this.name;
  }
}

const ann = new Person('Ann');
echo(ann.getName(), ' ', ann.visit(), ann.visit(), ' ', ann.age, '\n');
echo(ann.address?.city ?? 'no address', '\n');
ann.address = new Address('Rome');
echo(ann.address?.city, ' ', ann.address?.street ?? 'no street', '\n');
ann.tags.push('one');
ann.tags.set('key', 'two');
echo(implode(',', ann.tags), ' ', ann.tags.length, '\n');
const field = 'age';
(ann as any)[field] = 31;
echo(ann.age, '\n');
const twin = clone(ann);
twin.tags.push('three');
twin.age++;
echo(ann.tags.length, twin.tags.length, ' ', ann.age, twin.age, '\n');
ann.anything = { deep: { list: [1, 2] } };
(((ann.anything.deep as any) ??= {}).list ??= []).push(3);
echo(json_encode(ann.anything), '\n');
