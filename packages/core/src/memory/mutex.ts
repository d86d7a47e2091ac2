/**
 * A mutex in one word of shared memory. The word is 0 when it is free, else the mark of the thread that holds it, with a bit for
 * "somebody sleeps until it is free". The mark tells which locks a thread held that has died.
 */
import { threadId } from 'node:worker_threads';

/** How a thread signs what it holds. */
export const markOf = (thread: number): number => thread + 1;
/** The mark of this thread. */
export const ownMark = markOf(threadId);

const SLEEPERS = 1 << 30;
/** Looks before sleeping: who holds a lock mostly gives it back at once. */
const LOOKS = 100;
/** Whoever keeps a mutex that is held for microseconds for two seconds, which is Swoole's limit too, has died with it. */
const PATIENCE = 100;
const ATTEMPTS = 20;

/** The mark of the holder, 0 when it is free. */
export function holderOf(words: Int32Array, at: number): number {
  return Atomics.load(words, at) & ~SLEEPERS;
}

export function tryAcquire(words: Int32Array, at: number): boolean {
  return Atomics.compareExchange(words, at, 0, ownMark) === 0;
}

/**
 * Waits until the mutex is free, and takes it.
 * @param limit in milliseconds
 * @returns false when the time is over
 */
export function acquire(words: Int32Array, at: number, limit = Number.POSITIVE_INFINITY): boolean {
  if (Atomics.compareExchange(words, at, 0, ownMark) === 0) return true;
  for (let look = 0; look < LOOKS; look++)
    if (Atomics.load(words, at) === 0 && tryAcquire(words, at)) return true;
  return sleepFor(words, at, limit);
}

function sleepFor(words: Int32Array, at: number, limit: number): boolean {
  const end = performance.now() + limit;
  for (;;) {
    const word = Atomics.load(words, at);
    if (word === 0) {
      // Others may sleep as well, and only the bit reminds release() of them.
      if (Atomics.compareExchange(words, at, 0, ownMark | SLEEPERS) === 0) return true;
      continue;
    }
    const awaited = word | SLEEPERS;
    if (word !== awaited && Atomics.compareExchange(words, at, word, awaited) !== word) continue;
    const left = end - performance.now();
    if (left <= 0) return false;
    Atomics.wait(words, at, awaited, left);
  }
}

/**
 * Takes a mutex that nobody holds for longer than a moment, if need be from a thread that has died.
 * @returns whether it had to be taken from its holder
 */
export function acquireBrief(words: Int32Array, at: number): boolean {
  if (acquire(words, at, PATIENCE)) return false;
  let holder = holderOf(words, at);
  for (let attempt = 1; !acquire(words, at, PATIENCE); attempt++) {
    const now = holderOf(words, at);
    if (now !== holder) {
      holder = now;
      attempt = 0;
    } else if (attempt >= ATTEMPTS && holder !== 0 && takeOver(words, at, holder)) return true;
  }
  return false;
}

/** Gives back what this thread holds; nothing happens when another thread has taken it over. */
export function release(words: Int32Array, at: number): void {
  if (Atomics.compareExchange(words, at, ownMark, 0) === ownMark) return;
  if (holderOf(words, at) === ownMark) free(words, at);
}

/** Gives back, whoever holds it. */
export function free(words: Int32Array, at: number): void {
  if (Atomics.exchange(words, at, 0) & SLEEPERS) Atomics.notify(words, at, 1);
}

/**
 * Takes over what another thread holds, without its being free in between.
 * @returns false when that thread does not hold it
 */
export function takeOver(words: Int32Array, at: number, holder: number): boolean {
  for (;;) {
    const word = Atomics.load(words, at);
    if ((word & ~SLEEPERS) !== holder) return false;
    if (Atomics.compareExchange(words, at, word, ownMark | SLEEPERS) === word) return true;
  }
}
