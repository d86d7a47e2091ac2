import { SWOOLE_MUTEX, SWOOLE_RWLOCK, SWOOLE_SPINLOCK } from '../constants/lock.js';
import { Exception } from '../errors/exception.js';
import { warn } from '../errors/warnings.js';
import { EDEADLK, type LockKind, MUTEX_LOCK, SPIN_LOCK } from './lock/kind.js';
import { MutexLock } from './lock/mutex-lock.js';
import { LOCK_EX, LOCK_NB, LOCK_SH } from './lock/operation.js';
import { ReadWriteLock } from './lock/read-write-lock.js';

/**
 * A lock between threads. Waiting for one blocks the whole thread: in a server no event is handled meanwhile, so hold it for short
 * work without `await`. What a worker held is free again when it has ended.
 * @see Swoole\Lock
 */
export class Lock {
  static readonly phpName = 'Swoole\\Lock';
  static readonly MUTEX = SWOOLE_MUTEX;
  static readonly RWLOCK = SWOOLE_RWLOCK;
  static readonly SPINLOCK = SWOOLE_SPINLOCK;

  /** The system's number of the last failure: 16 it is taken, 35 this thread has it, 110 the time is over. */
  errCode = 0;

  readonly #kind: LockKind;

  /**
   * @param type `SWOOLE_MUTEX`, `SWOOLE_SPINLOCK` (here the same) or `SWOOLE_RWLOCK`
   * @throws Swoole.Exception for another type
   * @see Swoole\Lock::__construct
   */
  constructor(type: number = SWOOLE_MUTEX) {
    this.#kind = makeKind(type);
  }

  /**
   * Takes the lock, and waits for it.
   * @param operation `LOCK_EX`; `LOCK_SH` to read together with others, which only a `SWOOLE_RWLOCK` can; with `| LOCK_NB` it does not
   *   wait
   * @param timeout in seconds; 0 or less is without end
   * @returns false, and `errCode`, when it is taken, when the time is over, and when this thread has it itself and would wait for ever
   * @see Swoole\Lock::lock
   */
  lock(operation: number = LOCK_EX, timeout = -1): boolean {
    const limit = timeout > 0 ? timeout * 1000 : Number.POSITIVE_INFINITY;
    const code = this.#kind.lock((operation & LOCK_SH) !== 0, (operation & LOCK_NB) !== 0 ? 0 : limit);
    if (code === 0) return true;
    if (code === EDEADLK)
      warn('Swoole\\Lock::lock(): this thread has the lock already and would wait for ever');
    this.errCode = code;
    return false;
  }

  /** Gives the lock back, whichever thread has it. @returns true @see Swoole\Lock::unlock */
  unlock(): boolean {
    this.#kind.unlock();
    return true;
  }
}

function makeKind(type: number): LockKind {
  if (type === SWOOLE_RWLOCK) return new ReadWriteLock();
  if (type === SWOOLE_MUTEX) return new MutexLock(MUTEX_LOCK);
  if (type === SWOOLE_SPINLOCK) return new MutexLock(SPIN_LOCK);
  throw new Exception('lock type[%d] is not support', type);
}
