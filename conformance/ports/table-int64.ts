// Integer columns hold 64 bits: the largest and smallest values, going round at both ends, large values as text, and the same from
// an Atomic.Long beside an Atomic of 32 bits. Values are printed with %d, never as floats.
import * as Swoole from 'swoole-ts';
import { Table } from 'swoole-ts';
import { jsonEncode, PHP_INT_MAX, PHP_INT_MIN, printf } from '../lib/php.ts';

const table = new Table(64);
table.column('n', Table.TYPE_INT, 4);
table.create();

table.set('a', { n: PHP_INT_MAX });
printf(
  'largest %d, plus one %d, minus one %d\n',
  table.get('a', 'n'),
  table.incr('a', 'n'),
  table.decr('a', 'n'),
);
table.set('a', { n: PHP_INT_MIN });
printf('smallest %d, minus one %d\n', table.get('a', 'n'), table.decr('a', 'n'));
table.set('a', { n: 4611686018427387904n });
printf('2^62 %d, doubled %d\n', table.get('a', 'n'), table.incr('a', 'n', 4611686018427387904n));
table.set('a', { n: '9007199254740993' });
printf('2^53 + 1 from text %d, plus two %d\n', table.get('a', 'n'), table.incr('a', 'n', 2));

const long = new Swoole.Atomic.Long(PHP_INT_MAX);
printf('Long: %d, add one %d, sub one %d\n', long.get(), long.add(1), long.sub(1));
long.set(-5);
printf(
  'Long: %d, cmpset %s, now %d\n',
  long.get(),
  jsonEncode(long.cmpset(-5, 9007199254740993n)),
  long.get(),
);
printf('Long add 10: %d, sub 20: %d\n', long.add(10), long.sub(20));

const atomic = new Swoole.Atomic(4294967295);
printf('Atomic: %d, add one %d, sub one %d\n', atomic.get(), atomic.add(1), atomic.sub(1));
atomic.set(-1);
printf('Atomic: set -1 is %d\n', atomic.get());
atomic.set(4294967296 + 7);
printf('Atomic: set 2^32 + 7 is %d\n', atomic.get());
