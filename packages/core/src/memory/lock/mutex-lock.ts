import { acquire, free, holderOf, ownMark, tryAcquire } from '../mutex.js';
import { claimShared, isRepeated } from '../shared-memory.js';
import { EBUSY, EDEADLK, ETIMEDOUT, type LockKind } from './kind.js';

/** One thread at a time. Readers are alone as well. */
export class MutexLock implements LockKind {
  private readonly words: Int32Array;

  constructor(kind: string) {
    this.words = new Int32Array(claimShared(kind, 4));
  }

  lock(_shared: boolean, limit: number): number {
    if (isRepeated(this.words)) return 0;
    if (tryAcquire(this.words, 0)) return 0;
    if (limit === 0) return EBUSY;
    // Nobody could free it: this thread would sleep for ever.
    if (limit === Number.POSITIVE_INFINITY && holderOf(this.words, 0) === ownMark) return EDEADLK;
    return acquire(this.words, 0, limit) ? 0 : ETIMEDOUT;
  }

  unlock(): void {
    if (!isRepeated(this.words)) free(this.words, 0);
  }
}
