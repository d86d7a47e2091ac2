// Constants by const and define(), global variables, __LINE__ and its kin, ternaries, null coalescing, casts.
import {
  at,
  basename,
  compare,
  echo,
  either,
  implode,
  is_int,
  is_string,
  toArray,
  toBool,
  toFloat,
  toInt,
  toStr,
  var_dump,
} from 'swoole-ts-php';

export const NAME = 'const';
export const LEVEL = 5;
export const PATHS = ['a', 'b'];
let total = 1;
const log: string[] = [];

function add(n: number): void {
  total += n;
  log.push(`added ${n}`);
}

add(2);
add(LEVEL);
echo(total, ' ', implode(', ', log), ' ', NAME, at(PATHS, 1), true ? ' defined' : '', '\n');
echo(19, ' ', basename(import.meta.filename) === basename(import.meta.filename) ? 'file' : '', '\n');
let unset: string | null = null;
echo(
  toBool(unset) ? unset : 'elvis',
  ' ',
  either('0', () => 'zero is false'),
  ' ',
  either('x', () => 'y'),
  ' ',
  at(at(unset, 'a'), 'b') ?? 'deep',
  '\n',
);
unset ??= 'set';
echo(unset, '\n');
var_dump(toInt('12abc'), toFloat('1.5'), toBool('0'), toStr(12.0), toArray('one'), toInt(3.99));
var_dump(1 + 1.5, '55', 10 % 3, compare(7, 7.0), !toBool(''), 5 & 3, 5 | 3, 5 ^ 3, 1 << 3);
let i = 5;
echo(i++ + ++i, ' ', i--, ' ', i, '\n');
echo((is_int(5) && is_string('x')) || false ? 'yes' : 'no', '\n');
let b: number;
const a = (b = 3);
echo(a + b, '\n');
