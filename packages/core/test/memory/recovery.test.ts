import { describe, expect, it, onTestFinished } from 'vitest';
import { SWOOLE_MUTEX, SWOOLE_RWLOCK } from '../../src/constants/lock.js';
import { setWarningHandler } from '../../src/errors/warnings.js';
import { Atomic } from '../../src/memory/atomic.js';
import { LOCK_EX, LOCK_NB, LOCK_SH } from '../../src/memory/lock/operation.js';
import { Lock } from '../../src/memory/lock.js';
import { releaseLocksOf } from '../../src/memory/recovery.js';
import { isWhole, makeCoherentTable, whole } from './coherent-table.js';
import { share, type Thread, thread } from './threads.js';

/** Ends a thread wherever it is, and gives back what it held. */
async function kill({ worker }: Thread): Promise<void> {
  const { threadId } = worker;
  await worker.terminate();
  releaseLocksOf(threadId);
}

describe('releaseLocksOf()', () => {
  it.each([
    ['a mutex', SWOOLE_MUTEX, [LOCK_EX]],
    ['a read-write lock to write', SWOOLE_RWLOCK, [LOCK_EX]],
    ['a read-write lock to read, twice', SWOOLE_RWLOCK, [LOCK_SH, LOCK_SH]],
  ])('frees %s that a killed thread held', async (_what, type, keep) => {
    const { made, entries } = share(() => ({
      lock: new Lock(type),
      value: new Atomic(),
      bell: new Atomic(),
    }));
    const holder = thread('lock', entries, { type, keep });
    await holder.said;
    expect(made.lock.lock(LOCK_EX | LOCK_NB)).toBe(false);
    const waiting = thread('lock', entries, { type, times: 100 });
    await waiting.said;
    await kill(holder);
    expect(await waiting.result).toBe('done');
    expect([made.value.get(), made.lock.lock(LOCK_EX | LOCK_NB)]).toEqual([100, true]);
  });

  it('leaves alone what others hold', async () => {
    const { made, entries } = share(() => ({ lock: new Lock(), value: new Atomic(), bell: new Atomic() }));
    made.lock.lock();
    const waiting = thread('lock', entries, { type: SWOOLE_MUTEX, times: 1 });
    await waiting.said;
    await kill(waiting);
    expect(made.lock.lock(LOCK_EX | LOCK_NB)).toBe(false);
    const { made: readers, entries: others } = share(() => ({
      lock: new Lock(SWOOLE_RWLOCK),
      value: new Atomic(),
      bell: new Atomic(),
    }));
    readers.lock.lock(LOCK_SH);
    const reader = thread('lock', others, { type: SWOOLE_RWLOCK, keep: [LOCK_SH] });
    await reader.said;
    await kill(reader);
    expect(readers.lock.lock(LOCK_EX | LOCK_NB)).toBe(false);
  });

  it('gives a row that was half written its old values again', async () => {
    const { made: table, entries } = share(() => makeCoherentTable());
    table.set('a', { ...whole(1), hits: 5 });
    const writer = thread('table-interrupted', entries, 'writing');
    await writer.said;
    await kill(writer);
    expect(table.get('a')).toEqual({ ...whole(1), hits: 5 });
    expect(table.set('a', whole(4))).toBe(true);
    expect(table.get('a')).toEqual({ ...whole(4), hits: 5 });
  });

  it.each([
    ['before it was linked', 'writing'],
    ['while it was taken from the free ones', 'allocating'],
  ])('loses no place when a thread dies making a row, %s', async (_what, where) => {
    const { made: table, entries } = share(() => makeCoherentTable());
    if (where === 'allocating') table.set('a', whole(2));
    // So that the thread makes its row of one that was used.
    table.set('b', {});
    table.del('b');
    const writer = thread('table-interrupted', entries, where);
    await writer.said;
    await kill(writer);
    const before = [...table].map(([key]) => key);
    const kept = where === 'allocating' ? ['a'] : [];
    expect([table.count(), before]).toEqual([kept.length, kept]);
    for (let i = table.count(); i < 76; i++) expect(table.set(i, {})).toBe(true);
    expect([table.count(), [...table].length]).toEqual([76, 76]);
  });

  it('is not needed to get at a row again: after two seconds the lock is taken from its holder', async () => {
    const warnings: string[] = [];
    setWarningHandler((_level, message) => warnings.push(message));
    onTestFinished(() => void setWarningHandler(null));
    const { made: table, entries } = share(() => makeCoherentTable());
    table.set('a', whole(1));
    const writer = thread('table-interrupted', entries, 'writing');
    await writer.said;
    const { threadId } = writer.worker;
    await writer.worker.terminate();
    expect(table.get('a')).toEqual({ ...whole(1), hits: 0 });
    await Promise.resolve();
    expect(warnings).toEqual(['Swoole\\Table: timeout, force unlock']);
    expect(table.set('a', whole(2))).toBe(true);
    releaseLocksOf(threadId);
    expect([table.get('a'), table.count()]).toEqual([{ ...whole(2), hits: 0 }, 1]);
  });

  it('does not wait for ever for what a second dead thread holds', async () => {
    const { made: table, entries } = share(() => makeCoherentTable());
    table.set('a', whole(1));
    const writer = thread('table-interrupted', entries, 'writing');
    await writer.said;
    // One dies with a stripe, the other with a stripe and a row that it has taken from the free ones.
    table.set('b', {});
    table.del('b');
    const maker = thread('table-interrupted', entries, 'making');
    await maker.said;
    const ids = [writer, maker].map(({ worker }) => worker.threadId);
    await Promise.all([writer, maker].map(({ worker }) => worker.terminate()));
    for (const id of ids) releaseLocksOf(id);
    expect([table.get('a'), table.count()]).toEqual([{ ...whole(1), hits: 0 }, 1]);
  });

  it('keeps a table whole and usable when threads that write are killed at any moment', async () => {
    const { made: table, entries } = share(() => makeCoherentTable());
    const writers = [1, 2, 3].map((seed) => thread('table-writer', entries, seed));
    for (let round = 0; round < 9; round++) {
      const at = round % writers.length;
      await writers[at]!.said;
      await kill(writers[at]!);
      writers[at] = thread('table-writer', entries, round * 11);
      for (let look = 0; look < 60; look++)
        for (const [key, row] of table) expect(isWhole(row), `${key} ${JSON.stringify(row)}`).toBe(true);
    }
    for (const writer of writers) await kill(writer);
    const keys = [...table].map(([key]) => key);
    expect(table.count()).toBe(keys.length);
    for (const key of keys) expect(table.del(key)).toBe(true);
    for (let i = 0; i < 76; i++) expect(table.set(i, {})).toBe(true);
  }, 60_000);
});
