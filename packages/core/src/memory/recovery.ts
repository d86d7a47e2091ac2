import { MUTEX_LOCK, READ_WRITE_LOCK, SPIN_LOCK } from './lock/kind.js';
import { releaseReadWriteLock } from './lock/read-write-lock.js';
import { free, holderOf, markOf } from './mutex.js';
import { sharedInventory } from './shared-memory.js';
import { TABLE } from './table/contents.js';
import { repair } from './table/repair.js';

/**
 * @internal Gives back all that a thread held in shared memory, and makes whole the table rows that it was changing. To be called
 * by another thread when that one has ended, however it ended.
 * @param thread its `threadId`
 */
export function releaseLocksOf(thread: number): void {
  const mark = markOf(thread);
  for (const { kind, buffer } of sharedInventory())
    if (kind.startsWith(`${TABLE}(`)) repair(buffer, mark);
    else if (kind === READ_WRITE_LOCK) releaseReadWriteLock(buffer, mark);
    else if (kind === MUTEX_LOCK || kind === SPIN_LOCK) releaseWord(new Int32Array(buffer), mark);
}

function releaseWord(words: Int32Array, mark: number): void {
  if (holderOf(words, 0) === mark) free(words, 0);
  // It may have been the one that was woken to take the lock: let all others look.
  Atomics.notify(words, 0);
}
