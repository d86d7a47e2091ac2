let count = 0;

/** The program has begun something that goes on by itself: a coroutine that waits, a timer, a task. */
export function beginWork(): void {
  count++;
}

/** How much was begun in this thread so far: who asks before and after a callback knows whether that has begun something. */
export function workBegun(): number {
  return count;
}
