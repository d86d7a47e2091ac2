// Walking through a Table: foreach and the Iterator methods, rows as arrays, changes and deletions while walking, several walks, an
// empty table. The order is that of the hash, so the program sorts.
import { Table } from 'swoole-ts';
import { echo, gettype, jsonEncode, ksort, printf, sprintf } from '../lib/php.ts';

const table = new Table<{ name: string; age: number }>(128);
table.column('name', Table.TYPE_STRING, 32);
table.column('age', Table.TYPE_INT);
table.create();

let seen = 0;
for (const _row of table) {
  seen++;
}
table.rewind();
printf('empty: %d rows, valid %s\n', seen, jsonEncode(table.valid()));
echo(jsonEncode([table.key(), table.current()]), '\n');

const people: Record<string, [name: string, age: number]> = {
  u1: ['Ann', 31],
  u2: ['Bob', 17],
  u3: ['Cid', 64],
  '10': ['Dan', 12],
  '9': ['Eve', 50],
};
for (const [key, [name, age]] of Object.entries(people)) {
  table.set(String(key), { name, age });
}
const rows: string[] = [];
for (const [key, row] of table) {
  rows.push(sprintf('%s(%s) => %s', key, gettype(key), jsonEncode(row)));
}
rows.sort();
echo(rows.join('\n'), '\n');

const names: string[] = [];
for (table.rewind(); table.valid(); table.next()) {
  names.push(table.current()!.name);
}
names.sort();
echo(names.join(', '), '\n');

// everything at once: iterator_to_array and array functions
const all = [...table].sort(([, a], [, b]) => b.age - a.age);
echo(jsonEncode(all.map(([, row]) => `${row.name} ${row.age}`)), '\n');

// changes while walking
for (const [key, row] of table) {
  if (row.age < 18) {
    table.del(key);
  } else {
    table.incr(key, 'age');
  }
}
const ages: Record<string, number> = {};
for (const [, row] of table) {
  ages[row.name] = row.age;
}
echo(jsonEncode(ksort(ages)), ' ', table.count(), '\n');

// one table has one position: a walk inside a walk disturbs the outer one, a copy of the keys does not
const keys: string[] = [];
for (const [key] of table) {
  keys.push(key);
}
for (const key of keys) {
  table.del(key);
}
printf('left: %d %s\n', table.count(), jsonEncode(Object.fromEntries(table)));
