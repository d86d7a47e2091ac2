// list(), short lists, keys, nested patterns, swaps, in foreach, from functions.
import { array_pop, count, echo, explode, implode, toBool, toStr } from 'swoole-ts-php';

let [a, b] = [1, 2];
const [c, , d] = [3, 4, 5];
const {
  x,
  y: [y1, y2],
} = { x: 'ex', y: ['why', 'zed'] };
echo(a, b, c, d, x, y1, y2, '\n');
[a, b] = [b, a];
echo(a, b, '\n');
for (const [name, { age }] of [
  ['Ann', { age: 31 }],
  ['Bob', { age: 17 }],
] as any) {
  echo(`${toStr(name)} ${toStr(age)} `);
}
echo('\n');
const [user, host] = explode('@', 'me@here');
echo(user, ' at ', host, '\n');
const [first, second = 'nobody'] = explode(' ', 'alone');
echo(first, ' ', second, '\n');
const list: number[] = [1, 2, 3];
[list[0], list[2]] = [list[2], list[0]];
echo(implode(list), '\n');
const [, tail] = [1, 'tail'];
echo(tail, '\n');

// Out of null nothing is taken, and it counts as false.
const left: (number | string[])[][] = [
  [1, ['x']],
  [2, []],
];
let number: number | string[];
let texts: number | string[];
while (toBool(([number, texts] = array_pop(left) || []))) {
  echo(number, count(texts), ' ');
}
echo(left.length, '\n');
