import {
  array_sum,
  at,
  copyOf,
  count,
  echo,
  implode,
  preg_match,
  ref,
  toStr,
  trim,
  type Ref,
} from 'swoole-ts-php';

// Defaults, named arguments, variadics, spread, references, nullable and union types, recursion.
function greet(name: string, greeting = 'hello', title: string | null = null, ...numbers: number[]): string {
  return `${trim(`${greeting} ${title ?? ''} ${name}`)} ${toStr(array_sum(numbers))}`;
}

function total(...numbers: number[]): number {
  return array_sum(numbers) as any;
}

function bump(n: Ref<number>, by = 1): void {
  n.value += by;
}

function fill(list: string[], value: string): number {
  list.push(value);
  return list.length;
}

function changed(list: string[]): string[] {
  list = copyOf(list);
  list.push('changed');
  return list;
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function swap(a: Ref<string>, b: Ref<string>): void {
  [a.value, b.value] = [b.value, a.value];
}

echo(greet('Ann'), '|', greet('Bob', undefined, 'Dr'), '|', greet('Cid', 'hi', 'Mr', 1, 2, 3), '\n');
echo(total(...[1, 2.5], ...[3]), '\n');
const n = ref<number>(5);
bump(n);
bump(n, 10);
echo(n.value, '\n');
let list = ['one'];
echo(fill(list, 'two'), list.length, changed(list).length, list.length, '\n');
echo(factorial(5), '\n');
const x = ref<string>('x');
const y = ref<string>('y');
swap(x, y);
echo(x.value, y.value, '\n');
const found = ref<any>(null);
if (preg_match('/(\\d+)-(\\w+)/', 'no 12-ab', found)) {
  echo(at(found.value, 1), at(found.value, 2), '\n');
}
function variadic(...args: any[]) {
  return `${toStr(args.length)}${implode(',', args)}`;
}
echo(variadic(1, 'b'), '\n');

// Closures have an argument list of their own, also where their parameters have defaults or a variable has its name.
function called(with_: (...args: any[]) => any): string {
  return with_(1, 2, 3);
}
const sum = (...args: any[]) => array_sum(args);
echo(
  called((...args: any[]) => {
    const [first, second = 5] = args;
    return `${first}${second}/${implode(',', args)}`;
  }),
  called(sum),
  '\n',
);
function listed(...argumentList: any[]): string {
  let [first, second = 'b', ...rest] = argumentList;
  const args = argumentList;
  const all = `${count(args)}${toStr(argumentList[0])}`;
  first += '!';
  return `${first}${second}${rest.length}${all}`;
}
echo(listed('a'), listed('a', 'c', 'd'), '\n');
