/** What a kind of lock does. The results are 0 or a number of the system. */
export interface LockKind {
  /**
   * @param shared whether others may read at the same time
   * @param limit in milliseconds; 0 not to wait, infinite to wait for ever
   */
  lock(shared: boolean, limit: number): number;
  unlock(): void;
}

export const EAGAIN = 11;
export const EBUSY = 16;
export const EDEADLK = 35;
export const ETIMEDOUT = 110;

/** @internal The beginning of the kinds under which locks are shared. */
export const MUTEX_LOCK = 'Lock(mutex)';
export const SPIN_LOCK = 'Lock(spinlock)';
export const READ_WRITE_LOCK = 'Lock(rwlock)';
