import { acquireBrief, ownMark, release, takeOver } from '../mutex.js';
import { claimShared, isRepeated } from '../shared-memory.js';
import { EAGAIN, EBUSY, EDEADLK, ETIMEDOUT, type LockKind, READ_WRITE_LOCK } from './kind.js';

/** Guards all that follows. */
const GUARD = 0;
/** The mark of the writer, 0 for none. */
const WRITER = 1;
/** Changes whenever somebody gives back; who waits sleeps on it. */
const CHANGES = 2;
/** Pairs of a thread's mark and how often it reads. */
const READERS = 4;
const MOST_READERS = 128;
const END = READERS + 2 * MOST_READERS;

/** Many readers or one writer. A thread may read several times. */
export class ReadWriteLock implements LockKind {
  private readonly words: Int32Array;

  constructor() {
    this.words = new Int32Array(claimShared(READ_WRITE_LOCK, END * 4));
  }

  lock(shared: boolean, limit: number): number {
    if (isRepeated(this.words)) return 0;
    const end = performance.now() + limit;
    for (;;) {
      acquireBrief(this.words, GUARD);
      const seen = this.words[CHANGES]!;
      const result = shared ? this.tryRead() : this.tryWrite(limit === Number.POSITIVE_INFINITY);
      release(this.words, GUARD);
      if (result !== EBUSY || limit === 0) return result === EDEADLK && limit === 0 ? EBUSY : result;
      const left = end - performance.now();
      if (left <= 0) return ETIMEDOUT;
      Atomics.wait(this.words, CHANGES, seen, left);
    }
  }

  private tryRead(): number {
    const { words } = this;
    if (words[WRITER] !== 0) return words[WRITER] === ownMark ? EDEADLK : EBUSY;
    let at = slotOf(words, ownMark);
    if (at < 0) at = slotOf(words, 0);
    if (at < 0) return EAGAIN;
    words[at] = ownMark;
    words[at + 1]!++;
    return 0;
  }

  private tryWrite(forEver: boolean): number {
    const { words } = this;
    if (words[WRITER] === ownMark) return EDEADLK;
    if (words[WRITER] !== 0) return EBUSY;
    for (let at = READERS; at < END; at += 2) {
      if (words[at] === 0) continue;
      // A thread that reads and waits for all readers to end would wait for itself.
      return forEver && slotOf(words, ownMark) >= 0 ? EDEADLK : EBUSY;
    }
    words[WRITER] = ownMark;
    return 0;
  }

  unlock(): void {
    const { words } = this;
    if (isRepeated(words)) return;
    acquireBrief(words, GUARD);
    if (words[WRITER] !== 0) words[WRITER] = 0;
    else endReading(words);
    wakeAll(words);
    release(words, GUARD);
  }
}

function slotOf(words: Int32Array, mark: number): number {
  for (let at = READERS; at < END; at += 2) if (words[at] === mark) return at;
  return -1;
}

/** One reading less, of this thread if it reads, else of any. */
function endReading(words: Int32Array): void {
  let at = slotOf(words, ownMark);
  for (let other = READERS; at < 0 && other < END; other += 2) if (words[other] !== 0) at = other;
  if (at >= 0 && --words[at + 1]! === 0) words[at] = 0;
}

function wakeAll(words: Int32Array): void {
  Atomics.add(words, CHANGES, 1);
  Atomics.notify(words, CHANGES);
}

/** @internal Gives back what a dead thread held. */
export function releaseReadWriteLock(buffer: SharedArrayBuffer, mark: number): void {
  const words = new Int32Array(buffer);
  if (!takeOver(words, GUARD, mark)) acquireBrief(words, GUARD);
  const at = slotOf(words, mark);
  if (words[WRITER] === mark) words[WRITER] = 0;
  if (at >= 0) words.fill(0, at, at + 2);
  wakeAll(words);
  release(words, GUARD);
  // It may have been the one that was woken to take the guard: let all others look.
  Atomics.notify(words, GUARD);
}
