// incr() and decr(): on rows that do not exist yet, integers and floats, odd increments, string
// columns and unknown ones, and what the other columns of a new row hold.
import * as Swoole from 'swoole-ts';
import { Table } from 'swoole-ts';
import { echo, jsonEncode, ksort } from '../lib/php.ts';

Swoole.swoole_async_set({ log_level: Swoole.SWOOLE_LOG_NONE });
const warnings: string[] = [];
Swoole.setWarningHandler((_level, message) => {
  warnings.push(message);
  return true;
});

const table = new Table(64);
table.column('hits', Table.TYPE_INT, 8);
table.column('sum', Table.TYPE_FLOAT);
table.column('note', Table.TYPE_STRING, 16);
table.create();

const steps: ['incr' | 'decr', key: string, column: string, by?: number][] = [
  ['incr', 'page', 'hits'],
  ['incr', 'page', 'hits'],
  ['incr', 'page', 'hits', 10],
  ['decr', 'page', 'hits'],
  ['decr', 'page', 'hits', 20],
  ['incr', 'page', 'hits', -5],
  ['incr', 'page', 'hits', 2.9],
  ['incr', 'page', 'sum'],
  ['incr', 'page', 'sum', 0.25],
  ['decr', 'page', 'sum', 2],
  ['decr', 'fresh', 'hits'],
  ['decr', 'fresh', 'sum', 1.5],
  ['incr', 'page', 'note'],
  ['decr', 'page', 'note'],
  ['incr', 'page', 'missing'],
  ['decr', 'nobody', 'missing'],
];
for (const [method, ...step] of steps) {
  const result = table[method](...step);
  echo(method, ' ', jsonEncode(step), ' = ', jsonEncode(result));
  echo(warnings.length > 0 ? `  warning: ${warnings.splice(0).join(', ')}` : '', '\n');
}
for (const key of ['page', 'fresh', 'nobody']) {
  echo(key, ': ', jsonEncode(table.get(key)), '\n');
}

table.set('third', { sum: 0.1 });
echo(
  '0.1 + 0.2 = ',
  jsonEncode(table.incr('third', 'sum', 0.2)),
  ', note ',
  jsonEncode(table.get('third', 'note')),
  '\n',
);

// a counter per word, the usual use
const text = 'the cat and the dog and the bird';
for (const word of text.split(' ')) {
  table.incr(`word:${word}`, 'hits');
}
const counts: Record<string, number> = {};
for (const [key, row] of table) {
  if (key.startsWith('word:')) {
    counts[key.slice(5)] = Number(row.hits);
  }
}
const byCount = Object.entries(ksort(counts)).sort(([, a], [, b]) => b - a);
echo(jsonEncode(Object.fromEntries(byCount)), '\n');
table.del('word:the');
echo('after del: ', table.incr('word:the', 'hits'), '\n');
