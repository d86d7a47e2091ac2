import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_CO_CANCELED } from '../errors/numbers.js';
import type { TimerNode } from '../timer/node.js';
import { timers } from '../timer/queue.js';
import { CanceledException } from './canceled-exception.js';
import { currentRoutine, useCoroutines } from './current.js';
import type { Routine, Waiting } from './routine.js';
import { type Turn, takeTurn } from './turns.js';

/** What a wait ends with when nobody wakes it; both may have effects, and are called once. */
export interface WaitEnds<T> {
  canceled: () => T;
  timedOut?: () => T;
}

/** One wait of a coroutine: a promise that somebody else fulfils, that may be cancelled and may have a time limit. */
export class Wait<T> implements Turn, Waiting {
  readonly promise: Promise<T>;
  readonly owner: Routine | null = currentRoutine();
  over = false;
  #resolve!: (value: T) => void;
  #reject!: (error: unknown) => void;
  #value: T | undefined;
  #error: unknown = null;
  #timer: TimerNode | null = null;

  /**
   * @param what the call that waits, as a report names it
   * @param seconds the time limit, none from 0 down
   */
  constructor(
    readonly what: string,
    private readonly ends: WaitEnds<T>,
    seconds = -1,
  ) {
    useCoroutines();
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    if (this.owner !== null) {
      this.owner.canceled = false;
      this.owner.waits.push(this);
    }
    if (seconds > 0)
      this.#timer = timers.wake(Math.max(1, Math.round(seconds * 1000)), () => this.#timeOut());
  }

  /** Lets the coroutine go on in its turn. False when it does already. */
  wake(value: T): boolean {
    if (!this.#end()) return false;
    this.#value = value;
    takeTurn(this);
    return true;
  }

  /** Lets the coroutine go on with an exception. */
  fail(error: unknown): boolean {
    if (!this.#end()) return false;
    this.#error = error;
    takeTurn(this);
    return true;
  }

  cancel(throwing: boolean): boolean {
    if (this.over) return false;
    if (this.owner !== null) this.owner.canceled = true;
    const value = this.ends.canceled();
    if (throwing) return this.fail(new CanceledException());
    fail(SWOOLE_ERROR_CO_CANCELED);
    return this.wake(value);
  }

  /** @internal Its turn has come. */
  go(): void {
    if (!this.over) {
      this.#value = this.ends.timedOut?.();
      this.#end();
    }
    if (this.#error !== null) this.#reject(this.#error);
    else this.#resolve(this.#value as T);
  }

  /** Its time is over when its turn comes: until then whoever goes on before may still wake or cancel it. */
  #timeOut(): void {
    this.#timer = null;
    if (!this.over && this.ends.timedOut !== undefined) takeTurn(this);
  }

  #end(): boolean {
    if (this.over) return false;
    this.over = true;
    if (this.#timer !== null) timers.forget(this.#timer);
    const { owner } = this;
    if (owner !== null) {
      const { waits } = owner;
      const last = waits.pop();
      if (last !== undefined && last !== this) waits[waits.indexOf(this)] = last;
    }
    return true;
  }
}
