// The limits of a Table: keys up to 63 bytes, the number of rows (powers of two, at least 64, plus some for conflicts), what set()
// says when it is full, sizes before and after create(), stats(), and destroy().
import * as Swoole from 'swoole-ts';
import { Table, type TableStats } from 'swoole-ts';
import { echo, gettype, jsonEncode, printf, strlen } from '../lib/php.ts';

Swoole.swoole_async_set({ log_level: Swoole.SWOOLE_LOG_NONE });
Swoole.setWarningHandler((_level, message) => {
  echo('  warning: ', message.replace(/key\d+/, 'keyN'), '\n');
  return true;
});

for (const rows of [0, 1, 63, 64, 65, 1000, 1024, 1025]) {
  const table = new Table(rows);
  table.column('n', Table.TYPE_INT);
  const before = [table.size, table.memorySize, table.getSize()];
  table.create();
  printf(
    '%d rows: before %s, after size %d, getSize %d, memory %s\n',
    rows,
    jsonEncode(before),
    table.size,
    table.getSize(),
    jsonEncode(table.memorySize === table.getMemorySize() && table.memorySize > table.size! * 8),
  );
  table.destroy();
}

const table = new Table(64);
table.column('n', Table.TYPE_INT);
table.create();
for (const key of ['', 'k', 'k'.repeat(63), 'k'.repeat(64), 'with\0zero', 'żółć', ' ']) {
  printf('set a key of %d bytes: %s\n', strlen(key), jsonEncode(table.set(key, { n: strlen(key) })));
}
printf('get: %s\n', jsonEncode([table.get('k'.repeat(63)), table.get('żółć', 'n'), table.get(' ')]));
printf(
  'zero bytes count: %s %s\n',
  jsonEncode(table.get('with\0zero', 'n')),
  jsonEncode(table.exist('with')),
);
printf(
  'too long: exist %s, get %s, del %s\n',
  jsonEncode(table.exist('k'.repeat(64))),
  jsonEncode(table.get('k'.repeat(64))),
  jsonEncode(table.del('k'.repeat(64))),
);
printf('empty: incr %s\n', jsonEncode(table.incr('', 'n')));

// numbers as keys are strings
table.set(5, { n: 5 });
table.set('5', { n: 6 });
for (const [key, row] of table) {
  if (row.n === 6) {
    printf('the key five is a %s\n', gettype(key));
  }
}

const full = new Table(64);
full.column('n', Table.TYPE_INT);
full.create();
let stored = 0;
while (stored < 1000 && full.set(`key${stored}`, { n: stored })) {
  stored++;
}
printf(
  'full after more than 32 and fewer than 128: %s, count is that: %s\n',
  jsonEncode(stored > 32 && stored < 128),
  jsonEncode(full.count() === stored),
);
printf(
  'an old row can still be changed: %s %d\n',
  jsonEncode(full.set('key0', { n: 77 })),
  full.get('key0', 'n'),
);
printf('the failed one is not there: %s\n', jsonEncode(full.exist(`key${stored}`)));
for (let i = 0; i < stored; i++) {
  full.del(`key${i}`);
}
printf('emptied: count %d, set %s\n', full.count(), jsonEncode(full.set('key0', { n: 1 })));

const stats = table.stats();
printf('stats %s\n', Object.keys(stats).join(' '));
const small = new Table(64);
small.column('n', Table.TYPE_INT);
small.create();
for (const key of ['a', 'b', 'c']) {
  small.set(key, { n: 1 });
}
small.set('a', { n: 2 });
small.incr('b', 'n');
small.del('c');
small.del('c');
const { num, insert_count, update_count, delete_count } = small.stats() as TableStats;
echo(jsonEncode({ num, insert_count, update_count, delete_count }), '\n');
echo('destroy: ', jsonEncode(small.destroy()), '\n');
