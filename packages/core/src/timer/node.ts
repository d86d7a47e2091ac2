import type { AsyncResource } from 'node:async_hooks';

/** One timer: what `Timer.info()` tells of it, and what it calls. */
export interface TimerNode {
  readonly id: number;
  /** Milliseconds between ticks; 0 for a timer that runs once. */
  readonly interval: number;
  /** How often the queue had run when the timer was made. */
  readonly round: number;
  readonly callback: (...params: never[]) => unknown;
  readonly params: readonly unknown[];
  /**
   * The context of whoever made the timer: its callback runs there, as with Node's own timers.
   * null for the end of a coroutine's wait, which is no timer of the program's.
   */
  readonly context: AsyncResource | null;
  /** When it runs next, in milliseconds of the queue's clock. */
  expiry: number;
  execCount: number;
  removed: boolean;
  /** Its index in the heap, -1 outside. */
  place: number;
}
