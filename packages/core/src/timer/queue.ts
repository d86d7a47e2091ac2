import { AsyncResource } from 'node:async_hooks';
import { callInCoroutine, noteCallback } from '../coroutine/lifecycle.js';
import { reportCallbackError } from '../errors/callback-error.js';
import { holdLoop, releaseLoop } from '../event/loop.js';
import { TimerHeap } from './heap.js';
import type { TimerNode } from './node.js';

/** The longest wait that setTimeout takes; a longer one is waited for in parts. */
const LONGEST_WAIT = 2 ** 31 - 1;

/**
 * All of Swoole's timers of this thread, on one timer of Node's. Node would keep no order between timers of different
 * lengths that are late together, and knows no wait above 24 days.
 */
export class TimerQueue {
  readonly #nodes = new Map<number, TimerNode>();
  readonly #heap = new TimerHeap();
  readonly #wake = (): void => this.#run();
  #nextId = 1;
  #round = 0;
  /** The clock's time at the first timer; expiries count from here. */
  #start = 0;
  #current: TimerNode | null = null;
  #timeout: NodeJS.Timeout | null = null;
  #wakeAt = Number.POSITIVE_INFINITY;
  #running = false;

  get size(): number {
    return this.#nodes.size;
  }

  get round(): number {
    return this.#round;
  }

  /** Whether there ever was a timer. */
  get initialized(): boolean {
    return this.#nextId > 1;
  }

  /** @param interval the wait again before each next run, 0 for none */
  add(ms: number, interval: number, callback: (...params: never[]) => unknown, params: unknown[]): number {
    const id = this.#nextId;
    // A tick gets its own id first.
    const own = interval > 0 ? [id, ...params] : params;
    const node = this.#push(ms, interval, callback, own, new AsyncResource('SwooleTimer'));
    this.#nodes.set(id, node);
    noteCallback(callback);
    holdLoop();
    return id;
  }

  /** Calls once after a time, for a coroutine that waits: no timer that a program sees, and the event loop does not wait for it. */
  wake(ms: number, callback: () => void): TimerNode {
    return this.#push(ms, 0, callback, [], null);
  }

  /** The wait is over before its time. */
  forget(node: TimerNode): void {
    if (node.place === -1) return;
    this.#heap.remove(node);
    this.#rest();
  }

  #push(
    ms: number,
    interval: number,
    callback: (...params: never[]) => unknown,
    params: unknown[],
    context: AsyncResource | null,
  ): TimerNode {
    if (this.#nextId === 1) this.#start = clock();
    const id = this.#nextId++;
    const expiry = clock() - this.#start + ms;
    const node: TimerNode = {
      id,
      interval,
      round: this.#round,
      callback,
      params,
      context,
      expiry,
      execCount: 0,
      removed: false,
      place: -1,
    };
    this.#heap.push(node);
    if (expiry < this.#wakeAt && !this.#running) this.#arm();
    return node;
  }

  get(id: number): TimerNode | undefined {
    return this.#nodes.get(id);
  }

  ids(): number[] {
    return [...this.#nodes.keys()];
  }

  /** The timer whose callback runs is only marked: it goes when the callback returns. */
  remove(node: TimerNode): boolean {
    if (node.removed) return false;
    node.removed = true;
    if (node !== this.#current) this.#drop(node);
    return true;
  }

  clear(): void {
    for (const node of [...this.#nodes.values()]) this.remove(node);
  }

  #drop(node: TimerNode): void {
    this.#nodes.delete(node.id);
    this.#heap.remove(node);
    releaseLoop();
    this.#rest();
  }

  /** Nothing to wake up for: let the process end. */
  #rest(): void {
    if (!this.#running && this.#heap.peek() === undefined) this.#arm();
  }

  #run(): void {
    const now = clock() - this.#start;
    this.#round++;
    this.#running = true;
    try {
      for (let node = this.#heap.peek(); node !== undefined && node.expiry <= now; node = this.#heap.peek()) {
        // What an async callback does up to its first real wait belongs before the next timer, and microtasks
        // run only when this returns.
        if (this.#fire(node, now)) break;
      }
    } finally {
      this.#running = false;
      this.#arm();
    }
  }

  /** @returns whether the callback goes on asynchronously */
  #fire(node: TimerNode, now: number): boolean {
    const { context } = node;
    if (context === null) {
      this.#heap.remove(node);
      call(node);
      // Those who only wait go on one after another by themselves.
      const next = this.#heap.peek();
      return next !== undefined && next.context !== null;
    }
    let result: unknown;
    this.#current = node;
    try {
      result = context.runInAsyncScope(callInCoroutine, undefined, call, node, undefined);
    } catch (error) {
      reportCallbackError(error);
    } finally {
      this.#current = null;
      if (node.interval > 0 && !node.removed) {
        // Ticks that a slow callback has missed are left out.
        node.expiry += Math.ceil((now + 1 - node.expiry) / node.interval) * node.interval;
        node.execCount++;
        this.#heap.delayed(node);
      } else {
        node.removed = true;
        this.#drop(node);
      }
    }
    if (!isPromise(result)) return false;
    holdLoop();
    result.then(releaseLoop, (error: unknown) => {
      releaseLoop();
      reportCallbackError(error);
    });
    return true;
  }

  #arm(): void {
    if (this.#timeout !== null) clearTimeout(this.#timeout);
    this.#timeout = null;
    this.#wakeAt = Number.POSITIVE_INFINITY;
    const next = this.#heap.peek();
    if (next === undefined) return;
    const wait = next.expiry - (clock() - this.#start);
    this.#wakeAt = next.expiry;
    if (wait <= 0) setImmediate(this.#wake);
    else this.#timeout = setTimeout(this.#wake, Math.min(wait, LONGEST_WAIT));
  }
}

function call(node: TimerNode): unknown {
  return node.callback(...(node.params as never[]));
}

/** The timers of this thread. */
export const timers = new TimerQueue();

/** Whole milliseconds of the clock that Node's own timers go by, so that a wake-up is never too early for its timer. */
function clock(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + Math.floor(nanoseconds / 1e6);
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}
