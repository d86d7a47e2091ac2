import type { Barrier } from './barrier.js';
import { Context } from './context.js';

/** Something that a coroutine waits for. */
export interface Waiting {
  /** The call that waits, as a report names it. */
  readonly what: string;
  /** Ends the wait before its time. @param throwing whether with an exception */
  cancel(throwing: boolean): boolean;
  /** Ends the wait with an exception. */
  fail(error: unknown): boolean;
}

/** A coroutine as the library sees it: its id and whatever belongs to it until it ends. */
export class Routine {
  readonly started = performance.now();
  /** What it waits for. More than one only where a program waits for several promises at once. */
  readonly waits: Waiting[] = [];
  /** Whether what it waited for last was cancelled. */
  canceled = false;
  /** Whether its function has returned, or its promise was settled, and its deferred functions have run. */
  ended = false;
  /** Whether it keeps the event loop going. */
  holds = false;
  deferred: Array<() => unknown> | null = null;
  /** Called at its end. */
  watchers: Set<() => void> | null = null;
  /** The barriers that it has made and not yet waited for: coroutines that it starts hold them. */
  barriers: Barrier[] | null = null;
  #context: Context | null = null;
  #id = 0;

  /** @param parent the id of the coroutine that started it, -1 for none */
  constructor(readonly parent: number) {}

  /** Given when it is first asked for: most callbacks of a server end before anybody does. */
  get id(): number {
    if (this.#id === 0 && !this.ended) {
      this.#id = ++lastId;
      routines.set(this.#id, this);
      if (routines.size > peak) peak = routines.size;
    }
    return this.#id;
  }

  get context(): Context {
    this.#context ??= new Context();
    return this.#context;
  }

  /** No longer a coroutine that exists. */
  bury(): void {
    this.ended = true;
    if (this.#id !== 0) routines.delete(this.#id);
    if (this.watchers !== null) for (const watcher of this.watchers) watcher();
  }
}

/** The coroutines of this thread that have not ended, by their ids. */
export const routines = new Map<number, Routine>();
let lastId = 0;
let peak = 0;

/** The id that was given last, and how many coroutines there were at most at a time. */
export function routineCounts(): { last: number; peak: number } {
  return { last: lastId, peak };
}
