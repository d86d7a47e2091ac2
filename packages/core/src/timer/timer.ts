import { SWOOLE_TIMER_MIN_MS } from '../constants/timer.js';
import { beginWork } from '../coroutine/begun-work.js';
import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_PHP_FATAL_ERROR } from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import { TimerIterator } from './iterator.js';
import { timers as queue } from './queue.js';

/** What `Timer.info()` tells. */
export interface TimerInfo {
  /** When it runs next, in milliseconds since the first timer of this thread. */
  exec_msec: number;
  /** How often a tick has run; 0 during its first run. */
  exec_count: number;
  /** Milliseconds between ticks, 0 for a timer that runs once. */
  interval: number;
  /** How often timers had been looked after when this one was made. */
  round: number;
  /** True inside a callback that has cleared its own timer. */
  removed: boolean;
}

/** What `Timer.stats()` tells. */
export interface TimerStats {
  /** Whether there ever was a timer in this thread. */
  initialized: boolean;
  /** How many timers there are. */
  num: number;
  /** How often timers have been looked after. */
  round: number;
}

type Callback<Params extends unknown[]> = (...params: Params) => unknown;
type TickCallback<Params extends unknown[]> = (timer_id: number, ...params: Params) => unknown;

/** Timers in milliseconds. Callbacks may be async; a tick does not wait for the one before it. @see Swoole\Timer */
export class Timer {
  static readonly Iterator = TimerIterator;

  private constructor() {}

  /**
   * Runs a callback again and again.
   * @param ms from 1 up; ticks that a slow callback has missed are left out
   * @param callback gets the timer's id, then the params
   * @returns the timer's id; false, and a warning, for an impossible time
   * @see Swoole\Timer::tick
   */
  static tick<Params extends unknown[]>(
    ms: number,
    callback: TickCallback<Params>,
    ...params: Params
  ): number | false {
    return add('Swoole\\Timer::tick()', ms, true, callback, params);
  }

  /**
   * Runs a callback once.
   * @param ms from 1 up, without an upper limit
   * @param callback gets the params
   * @returns the timer's id; false, and a warning, for an impossible time
   * @see Swoole\Timer::after
   */
  static after<Params extends unknown[]>(
    ms: number,
    callback: Callback<Params>,
    ...params: Params
  ): number | false {
    return add('Swoole\\Timer::after()', ms, false, callback, params);
  }

  /** Whether the timer is still to run, or runs now for the last time. @see Swoole\Timer::exists */
  static exists(timer_id: number): boolean {
    const node = queue.get(timer_id);
    return node !== undefined && !node.removed;
  }

  /** Times and counts of a timer; null for an unknown id. @see Swoole\Timer::info */
  static info(timer_id: number): TimerInfo | null {
    const node = queue.get(timer_id);
    if (node === undefined) return null;
    return {
      exec_msec: node.expiry,
      exec_count: node.execCount,
      interval: node.interval,
      round: node.round,
      removed: node.removed,
    };
  }

  /** Counts of this thread's timers. @see Swoole\Timer::stats */
  static stats(): TimerStats {
    return { initialized: queue.initialized, num: queue.size, round: queue.round };
  }

  /** The ids of this thread's timers. @see Swoole\Timer::list */
  static list(): TimerIterator {
    return new TimerIterator(queue.ids());
  }

  /** Ends a timer, also from its own callback. False when there is none of this id. @see Swoole\Timer::clear */
  static clear(timer_id: number): boolean {
    const node = queue.get(timer_id);
    return node !== undefined && queue.remove(node);
  }

  /** Ends all timers of this thread. False when there never was one. @see Swoole\Timer::clearAll */
  static clearAll(): boolean {
    queue.clear();
    return queue.initialized;
  }
}

/** @see swoole_timer_tick */
export function swoole_timer_tick<Params extends unknown[]>(
  ms: number,
  callback: TickCallback<Params>,
  ...params: Params
): number | false {
  return add('swoole_timer_tick()', ms, true, callback, params);
}

/** @see swoole_timer_after */
export function swoole_timer_after<Params extends unknown[]>(
  ms: number,
  callback: Callback<Params>,
  ...params: Params
): number | false {
  return add('swoole_timer_after()', ms, false, callback, params);
}

function add(
  caller: string,
  ms: number,
  repeat: boolean,
  callback: (...params: never[]) => unknown,
  params: unknown[],
): number | false {
  if (typeof callback !== 'function') {
    throw new TypeError(`${caller}: Argument #2 ($callback) must be a valid callback, no function given`);
  }
  const whole = Math.trunc(ms);
  if (Number.isNaN(whole)) throw new TypeError(`${caller}: Argument #1 ($ms) must be of type int`);
  if (whole < SWOOLE_TIMER_MIN_MS) {
    warn(`${caller}: Timer must be greater than or equal to ${SWOOLE_TIMER_MIN_MS}`);
    return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
  }
  beginWork();
  return queue.add(whole, repeat ? whole : 0, callback, params);
}

/** @see swoole_timer_exists */
export const swoole_timer_exists = Timer.exists;
/** @see swoole_timer_info */
export const swoole_timer_info = Timer.info;
/** @see swoole_timer_stats */
export const swoole_timer_stats = Timer.stats;
/** @see swoole_timer_list */
export const swoole_timer_list = Timer.list;
/** @see swoole_timer_clear */
export const swoole_timer_clear = Timer.clear;
/** @see swoole_timer_clear_all */
export const swoole_timer_clear_all = Timer.clearAll;
