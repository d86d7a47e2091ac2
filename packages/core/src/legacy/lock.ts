import { LOCK_EX, LOCK_NB, LOCK_SH } from '../memory/lock/operation.js';
import { Lock as CurrentLock } from '../memory/lock.js';

/** Swoole.Lock with the methods that `lock()` and its arguments have replaced. */
export class Lock extends CurrentLock {
  static override readonly phpName = 'Swoole\\Lock';

  /** Takes the lock to read, and waits for it. */
  lock_read(): boolean {
    return this.lock(LOCK_SH);
  }

  /** Takes the lock if it is free. */
  trylock(): boolean {
    return this.lock(LOCK_EX | LOCK_NB);
  }

  /** Takes the lock to read if it is free. */
  trylock_read(): boolean {
    return this.lock(LOCK_SH | LOCK_NB);
  }

  /**
   * Takes the lock, and waits for it for some time.
   * @param timeout in seconds
   */
  lockwait(timeout = 1): boolean {
    return this.lock(LOCK_EX, timeout);
  }

  /** Does nothing: the memory goes with the program. */
  destroy(): void {}
}
