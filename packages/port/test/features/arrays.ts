// Lists, maps, records, mixed keys, copies by value, unset, nested writes, spread, order.
import {
  PhpArray,
  array_column,
  array_filter,
  array_keys,
  array_pop,
  array_push,
  array_search,
  array_shift,
  array_sum,
  array_unshift,
  array_values,
  compare,
  copyOf,
  count,
  echo,
  implode,
  in_array,
  json_encode,
  ksort,
  sort,
  toBool,
  unset,
  usort,
  var_dump,
} from 'swoole-ts-php';

const list: number[] = [3, 1, 2];
list.push(5);
sort(list);
echo(implode(',', list), ' ', list.length, ' ', list[1], '\n');
const copy = copyOf(list);
copy.push(9);
echo(list.length, copy.length, '\n');

const ages: Record<string, number> = {};
ages.Ann = 31;
ages.Bob = 17;
ages.Ann++;
ksort(ages);
for (const [name, age] of Object.entries(ages)) {
  echo(`${name}:${age} `);
}
unset(ages, 'Ann');
echo(count(ages), ages.Ann != null ? 'yes' : 'no', ages.Bob != null ? 'yes' : 'no', '\n');

const byFd: Map<number, string> = new Map();
for (const fd of [7, 3, 5]) {
  byFd.set(fd, `fd ${fd}`);
}
byFd.delete(3);
echo(json_encode(byFd), ' ', implode(',', array_keys(byFd)), '\n');

const mixed = PhpArray.fromEntries<string>([
  [0, 'zero'],
  ['key', 'value'],
  [5, 'five'],
]);
mixed.push('six');
echo(json_encode(mixed), ' ', mixed.get(6), '\n');

const groups: Map<string, string[]> = new Map();
for (const [kind, thing] of [
  ['fruit', 'apple'],
  ['tool', 'saw'],
  ['fruit', 'pear'],
]) {
  if (!groups.has(kind)) groups.set(kind, []);
  groups.get(kind)!.push(thing);
}
echo(json_encode(groups), '\n');
const tree: Record<string, Record<string, number | Record<string, number>>> = {};
(((tree.a ??= {}).b ??= {}) as any).c = 1;
(tree.a ??= {}).d = 2;
echo(json_encode(tree), '\n');

const record = { id: 1, name: 'x' };
const changed = { ...record, name: 'y' };
echo(record.name, changed.name, ' ', json_encode([...[1, 2], ...[3]]), '\n');
const rows: Record<string, number>[] = [{ n: 2 }, { n: 1 }];
usort(rows as any, (a: { n: number }, b: { n: number }) => compare(a.n, b.n));
let row: Record<string, number>;
for (const i_ of rows.keys()) {
  rows[i_].double = rows[i_].n * 2;
}
row = null as any;
echo(json_encode(rows), ' ', array_sum(array_column(rows, 'double')), '\n');
const numbers: number[] = [1, 2, 3];
let number: number;
for (const i of numbers.keys()) {
  numbers[i] *= 10 + i;
}
number = null as any;
echo(implode(',', numbers), '\n');
const queue: string[] = ['a', 'b'];
array_push(queue, 'c');
array_unshift(queue, 'z');
echo(array_shift(queue), array_pop(queue), implode(queue), '\n');
echo(json_encode(array_filter([1, 0, 2, null, 3])), json_encode(array_values(array_filter([1, 0, 2]))), '\n');
echo((record as any).missing ?? 'none', !record.id ? 'empty' : 'full', !toBool([]) ? 'empty' : 'full', '\n');
var_dump(in_array('1', [1, 2]), in_array('1', [1, 2], true), array_search(2, [1, 2]));
const matrix: (number | string)[][] = [
  [1, 2],
  [3, 4],
];
(matrix[1] ??= [])[0] = 9;
const other = copyOf(matrix);
(other[0] ??= [])[0] = 'other';
echo(json_encode(matrix), json_encode(other), '\n');
if (queue.length > 0) {
  echo('something in the queue', '\n');
}
