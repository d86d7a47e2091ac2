import { expect, it } from 'vitest';
import { Atomic } from '../../src/memory/atomic.js';
import { LOCK_EX, LOCK_NB } from '../../src/memory/lock/operation.js';
import { Lock } from '../../src/memory/lock.js';
import { makeCoherentTable, whole } from './coherent-table.js';
import { share, thread } from './threads.js';

it('is changed once by what stands before start(), though every thread runs it', async () => {
  const { made, entries } = share(() => ({
    table: makeCoherentTable(),
    atomic: new Atomic(1),
    long: new Atomic.Long(2),
    lock: new Lock(),
    readWriteLock: new Lock(Lock.RWLOCK),
  }));
  const { table, atomic, long, lock, readWriteLock } = made;
  table.set('a', { ...whole(5), hits: 3 });
  lock.lock();
  readWriteLock.lock();
  expect(await thread('repeated', entries).result).toEqual([
    ...[true, true, true, true, 3, 0, 5, true],
    ...[1, 1, true, true, true],
    ...[2, 2, true],
    ...[true, true, true, true],
    4,
  ]);
  expect(Object.fromEntries(table)).toEqual({ a: { ...whole(5), hits: 4 } });
  expect([atomic.get(), long.get()]).toEqual([2, 2]);
  expect([lock.lock(LOCK_EX | LOCK_NB), readWriteLock.lock(LOCK_EX | LOCK_NB)]).toEqual([false, false]);
});
