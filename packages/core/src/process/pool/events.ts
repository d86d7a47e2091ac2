import { callInCoroutine, callOutside } from '../../coroutine/lifecycle.js';
import type { Pool } from './pool.js';

/** What a pool calls back for, and with what. */
export interface PoolEvents {
  /** In the master, before the workers are made. */
  start: (pool: Pool) => unknown;
  /** In each worker. */
  workerStart: (pool: Pool, workerId: number) => unknown;
  /** In a worker that got a message: text as it was sent with `sendMessage()`, bytes from a queue or a socket. */
  message: (pool: Pool, data: string | Buffer) => unknown;
  /** In a worker that is to end and has work left; only with enable_coroutine. */
  workerExit: (pool: Pool, workerId: number) => unknown;
  /** In a worker that ends. */
  workerStop: (pool: Pool, workerId: number) => unknown;
  /** In the master, before the workers are told to end. */
  shutdown: (pool: Pool) => unknown;
}

const NAMES: ReadonlyMap<string, keyof PoolEvents> = new Map(
  (['start', 'workerStart', 'message', 'workerExit', 'workerStop', 'shutdown'] as const).map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/** The callbacks of a pool. */
export class PoolCallbacks {
  private readonly callbacks = new Map<keyof PoolEvents, (...args: never[]) => unknown>();

  /** @returns false for an event that there is not */
  set(name: string, callback: (...args: never[]) => unknown): boolean {
    const event = eventOf(name);
    if (event !== undefined) this.callbacks.set(event, callback);
    return event !== undefined;
  }

  has(event: keyof PoolEvents): boolean {
    return this.callbacks.has(event);
  }

  /** Calls back, if there is something to call. */
  raise<Event extends keyof PoolEvents>(
    event: Event,
    inCoroutine: boolean,
    ...args: Parameters<PoolEvents[Event]>
  ): unknown {
    const callback = this.callbacks.get(event) as ((...args: unknown[]) => unknown) | undefined;
    if (callback === undefined) return undefined;
    return (inCoroutine ? callInCoroutine : callOutside)(() => callback(...args), undefined, undefined);
  }
}

/** The event that a program means, in any case. */
export function eventOf(name: string): keyof PoolEvents | undefined {
  return NAMES.get(name.toLowerCase());
}
