// Interpolation of every form, heredoc, nowdoc, escapes, offsets, comparison, concatenation of other types.
import {
  at,
  compare,
  echo,
  intdiv,
  looseEq,
  mb_strlen,
  mod,
  strlen,
  substr,
  substr_replace,
  toFloat,
  toStr,
} from 'swoole-ts-php';

const name = 'Ann';
const user = { name: 'Bob', tags: ['x', 'y'] };
const obj = {} as Record<string, any>;
obj.city = 'Rome';
obj.inner = {} as Record<string, any>;
obj.inner.deep = 'deep';
echo(
  `hello ${name}, ${toStr(user.name)} and ${user.tags?.[1]} in ${toStr(obj.city)}, ${toStr(obj.inner.deep)}\n`,
);
echo(`escaped $name \\ "quoted" \t tab A 😀 A ${name}s\n`);
echo("single $name \\n ' quote", '\n');
const n = 3;
echo(`Dear ${name},\n  you have ${n} messages: "quoted" \`ticks\`.`);
echo('\n', 'raw $name {$n} \\n', '\n');
let text = 'abcdef';
echo(at(text, 0), at(text, -1), substr(text, 1, 3), '\n');
text = substr_replace(text, 'X', 2, 1);
echo(text, '\n');
echo(`n is ${toStr(1.0)} ${toStr(0.1 + 0.2)} ${toStr(true)}${toStr(false)}${''}12`, '\n');
let joined = '';
for (const part of [1, 'b', 2.5]) {
  joined += `<${toStr(part)}>`;
}
echo(joined, ' ', strlen('zażółć'), ' ', mb_strlen('zażółć'), '\n');
echo(
  toFloat('5') + 3,
  ' ',
  toFloat('1.5') * 2,
  ' ',
  7 / 2,
  ' ',
  6 / 2,
  ' ',
  7 % 3,
  ' ',
  mod(-7, 3),
  ' ',
  intdiv(7, 2),
  ' ',
  2 ** 10,
  '\n',
);
echo(
  ('abc' as any) === 'ABC' ? 'same' : 'other',
  ' ',
  looseEq('10', '1e1') ? 'same' : 'other',
  ' ',
  looseEq(0, 'a') ? 'same' : 'other',
  ' ',
  looseEq(null, false) ? 'same' : 'other',
  '\n',
);
echo(
  compare('b', 'a'),
  ' ',
  looseEq([1, 2], [1, 2]) ? 'equal' : 'different',
  ' ',
  compare('apple', 'banana') < 0 ? 'before' : 'after',
  '\n',
);

// A float is printed with fewer digits than JavaScript has of it, in a text too.
const third = 1 / 3;
const sum = 0.1 + 0.2;
const price = 19.99 * 3;
const count = 3;
function half(n: number): number {
  return n / 2;
}
const half_ = half(0.3);
echo(`${toStr(third)} ${toStr(sum)} ${toStr(price)} ${count} ${toStr(half_)}\n`, `sum: ${toStr(sum)}\n`);
