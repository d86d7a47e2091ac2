import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SWOOLE_MUTEX, SWOOLE_RWLOCK, SWOOLE_SPINLOCK } from '../../src/constants/lock.js';
import { setWarningHandler } from '../../src/errors/warnings.js';
import { Lock as OldLock } from '../../src/legacy/lock.js';
import { Atomic } from '../../src/memory/atomic.js';
import { LOCK_EX, LOCK_NB, LOCK_SH } from '../../src/memory/lock/operation.js';
import { Lock } from '../../src/memory/lock.js';
import { share, thread } from './threads.js';

const EBUSY = 16;
const EDEADLK = 35;
const ETIMEDOUT = 110;

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  setWarningHandler((_level, message) => warnings.push(message));
});
afterEach(() => {
  setWarningHandler(null);
});

const shared = (type: number) =>
  share(() => ({ lock: new Lock(type), value: new Atomic(), bell: new Atomic() }));

describe.each([
  ['a mutex', SWOOLE_MUTEX],
  ['a spin lock', SWOOLE_SPINLOCK],
  ['a read-write lock', SWOOLE_RWLOCK],
])('Lock as %s', (_name, type) => {
  it('is held by one, and free again afterwards', () => {
    const lock = new Lock(type);
    expect([lock.lock(), lock.lock(LOCK_EX | LOCK_NB), lock.errCode]).toEqual([true, false, EBUSY]);
    expect([lock.unlock(), lock.lock(LOCK_EX | LOCK_NB), lock.unlock()]).toEqual([true, true, true]);
    expect([lock.unlock(), lock.lock()]).toEqual([true, true]);
  });

  it('says that it would wait for itself instead of hanging', () => {
    const lock = new Lock(type);
    lock.lock();
    expect([lock.lock(), lock.errCode]).toEqual([false, EDEADLK]);
    expect(warnings).toEqual([
      'Swoole\\Lock::lock(): this thread has the lock already and would wait for ever',
    ]);
  });

  it('keeps threads apart', async () => {
    const { made, entries } = shared(type);
    const threads = [1, 2, 3].map(() => thread('lock', entries, { type, times: 3000 }));
    expect(await Promise.all(threads.map(({ result }) => result))).toEqual(['done', 'done', 'done']);
    expect(made.value.get()).toBe(9000);
  });

  it('is not to be had while another thread has it, and is when that one gives it back', async () => {
    const { made, entries } = shared(type);
    const { lock, bell } = made;
    const other = thread('lock', entries, { type, keep: [LOCK_EX] });
    await other.said;
    expect([lock.lock(LOCK_EX | LOCK_NB), lock.errCode]).toEqual([false, EBUSY]);
    const began = performance.now();
    expect([lock.lock(LOCK_EX, 0.05), lock.errCode]).toEqual([false, ETIMEDOUT]);
    expect(performance.now() - began).toBeGreaterThan(45);
    bell.wakeup();
    expect(lock.lock(LOCK_EX, 10)).toBe(true);
    expect(await other.result).toBe('done');
  });
});

describe('Lock', () => {
  it('lets readers in together, and no writer beside them', async () => {
    const { made, entries } = shared(SWOOLE_RWLOCK);
    const { lock, bell } = made;
    const other = thread('lock', entries, { type: SWOOLE_RWLOCK, keep: [LOCK_SH, LOCK_SH] });
    await other.said;
    expect([lock.lock(LOCK_SH), lock.lock(LOCK_SH | LOCK_NB), lock.lock(LOCK_EX | LOCK_NB)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([lock.lock(), lock.errCode]).toEqual([false, EDEADLK]);
    lock.unlock();
    lock.unlock();
    expect([lock.lock(LOCK_EX | LOCK_NB), lock.errCode]).toEqual([false, EBUSY]);
    bell.wakeup();
    expect(lock.lock(LOCK_EX, 10)).toBe(true);
    expect([lock.lock(LOCK_SH | LOCK_NB), lock.errCode]).toEqual([false, EBUSY]);
  });

  it('takes shared locks of a mutex alone', () => {
    const lock = new Lock();
    expect([lock.lock(LOCK_SH), lock.lock(LOCK_SH | LOCK_NB)]).toEqual([true, false]);
  });

  it('refuses an unknown type as Swoole does', () => {
    expect(() => new Lock(77)).toThrow(
      expect.objectContaining({ message: 'lock type[%d] is not support', code: 77 }),
    );
  });

  it('has the methods of Swoole 4 in swoole-ts/legacy', () => {
    const lock = new OldLock(SWOOLE_RWLOCK);
    expect([lock.lock_read(), lock.trylock_read(), lock.trylock(), lock.unlock(), lock.unlock()]).toEqual([
      true,
      true,
      false,
      true,
      true,
    ]);
    expect([lock.lockwait(0.01), lock.trylock(), lock.destroy()]).toEqual([true, false, undefined]);
    expect(lock).toBeInstanceOf(Lock);
  });
});
