// swoole-ts: one operation on shared memory, in one thread. Prints `RESULT per-second what-it-is`.
import * as Swoole from 'swoole-ts';

const [name, warmup, seconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const { Atomic, Lock, Table } = Swoole;
const ROWS = 1000;
const BATCH = 10_000;

const table = new Table(65536);
table.column('id', Table.TYPE_INT);
table.column('score', Table.TYPE_FLOAT);
table.column('name', Table.TYPE_STRING, 32);
table.create();
const keys = Array.from({ length: ROWS }, (_, i) => `user:${i}`);
for (const key of keys) table.set(key, { id: 1, score: 1.5, name: 'Alice Example' });
const atomic = new Atomic();
const lock = new Lock();

/** Each does a batch, and gives something of it so that it cannot be left out. */
const operations = {
  set() {
    for (let i = 0; i < BATCH; i++)
      table.set(keys[i % ROWS], { id: i, score: i + 0.5, name: 'Alice Example' });
    return 1;
  },
  get() {
    let sum = 0;
    for (let i = 0; i < BATCH; i++) sum += table.get(keys[i % ROWS]).id;
    return sum;
  },
  field() {
    let sum = 0;
    for (let i = 0; i < BATCH; i++) sum += table.get(keys[i % ROWS], 'id');
    return sum;
  },
  incr() {
    let sum = 0;
    for (let i = 0; i < BATCH; i++) sum += table.incr(keys[i % ROWS], 'id');
    return sum;
  },
  walk() {
    let sum = 0;
    for (let i = 0; i < BATCH / ROWS; i++) for (const [, row] of table) sum += row.id;
    return sum;
  },
  atomic() {
    let sum = 0;
    for (let i = 0; i < BATCH; i++) sum += atomic.add(1);
    return sum;
  },
  lock() {
    for (let i = 0; i < BATCH; i++) {
      lock.lock();
      lock.unlock();
    }
    return 1;
  },
};

const batch = operations[name];
const measure = (limit) => {
  const began = process.hrtime.bigint();
  let batches = 0;
  let elapsed = 0;
  for (; elapsed < limit; elapsed = Number(process.hrtime.bigint() - began) / 1e9) {
    if (batch() === 0) throw new Error('the batch has done nothing');
    batches++;
  }
  return (batches * BATCH) / elapsed;
};

measure(warmup);
console.log(`RESULT ${measure(seconds)} swoole-ts on Node ${process.versions.node}`);
