// Table columns: what becomes of values of other types, strings longer than the column (its size goes up to a multiple of 8),
// large integers in a column of size 1, columns left out, unknown columns, and get() of a row, a column and what is not there.
import * as Swoole from 'swoole-ts';
import { Table, type TableInput, type TableRow } from 'swoole-ts';
import { bin2hex, echo, jsonEncode, printf, type Text } from '../lib/php.ts';

Swoole.swoole_async_set({ log_level: Swoole.SWOOLE_LOG_NONE });
Swoole.setWarningHandler((_level, message) => {
  echo(`  warning: ${message}\n`);
  return true;
});

const table = new Table(16);
const columns: [name: string, type: number, size?: number][] = [
  ['name', Table.TYPE_STRING, 10],
  ['code', Table.TYPE_STRING, 1],
  ['number', Table.TYPE_INT],
  ['small', Table.TYPE_INT, 1], // every integer column has 8 bytes
  ['price', Table.TYPE_FLOAT],
];
for (const column of columns) {
  echo('column ', column[0], ': ', jsonEncode(table.column(...column)), '\n');
}
let ok = table.column('text', Table.TYPE_STRING);
echo('string without size: ', jsonEncode(ok), '\n');
echo('the same name again: ', jsonEncode(table.column('number', Table.TYPE_INT)), '\n');
echo('unknown type: ', jsonEncode(table.column('odd', 99)), '\n');
echo('create: ', jsonEncode(table.create()), '\n');
ok = table.column('late', Table.TYPE_INT);
echo('column after create: ', jsonEncode(ok), '\n');

function show(table: Table, key: string): void {
  for (const [name, value] of Object.entries(table.get(key) as TableRow)) {
    printf('  %s = %s\n', name, typeof value === 'string' ? `string(${value})` : jsonEncode(value));
  }
}

const rows: Record<string, Record<string, TableInput>> = {
  plain: { name: 'pear', code: 'p', number: 7, small: 1, price: 1.25 },
  nothing: {},
  'long strings': { name: 'abcdefghijklmnopqrstuvwxyz', code: '123456789' },
  'numbers as strings': { number: '12', small: '34abc', price: '5.5', name: 42 },
  'wrong types': { number: 3.99, small: true, price: 2, name: false, code: null },
  edges: { number: 9007199254740991, small: 70000, price: -0.1 },
  lowest: { number: -9007199254740991, small: -1, price: 123456.789 },
  'unknown column': { colour: 'red', number: 5 },
  'wide characters': { name: 'zażółć gęślą', code: 'ż' },
};
for (const [key, row] of Object.entries(rows)) {
  echo(`set ${key}: `, jsonEncode(table.set(key, row)), '\n');
  show(table, key);
}
echo('a part of a row: ', jsonEncode(table.set('plain', { price: 2.5 })), '\n');
show(table, 'plain');

table.set('zero', { name: 'a\0b' });
echo('a zero byte: ', bin2hex(table.get('zero', 'name') as Text), '\n');
const calls = {
  'get name': table.get('plain', 'name'),
  'get number': table.get('plain', 'number'),
  'get price': table.get('plain', 'price'),
  'get an unknown column': table.get('plain', 'colour'),
  'get a missing row': table.get('nobody'),
  'get a column of a missing row': table.get('nobody', 'name'),
  exist: table.exist('plain'),
  'exists of a missing row': table.exists('nobody'),
  del: table.del('plain'),
  'del again': table.del('plain'),
  'exist after del': table.exist('plain'),
  count: [table.count(), table.count()],
};
for (const [what, result] of Object.entries(calls)) {
  echo(what, ': ', jsonEncode(result), '\n');
}
