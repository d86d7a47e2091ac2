import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_CO_CANNOT_CANCEL,
  SWOOLE_ERROR_CO_NOT_EXISTS,
  SWOOLE_ERROR_CO_TIMEDOUT,
  SWOOLE_ERROR_INVALID_PARAMS,
  SWOOLE_ERROR_OPERATION_NOT_SUPPORT,
  SWOOLE_ERROR_PHP_FATAL_ERROR,
  SWOOLE_ERROR_WRONG_OPERATION,
} from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import { backTraceOf, type CallFrame, printFrames } from './back-trace.js';
import type { Context } from './context.js';
import { currentRoutine, useCoroutines } from './current.js';
import { CoroutineIterator } from './iterator.js';
import { type Callable, create } from './lifecycle.js';
import { type CoroutineOptions, givenOptions, setOptions } from './options.js';
import { requireRoutine } from './required.js';
import { type Routine, routineCounts, routines } from './routine.js';
import { System } from './system.js';
import { limitTime } from './time-limit.js';
import { afterTurn } from './turns.js';
import { Wait } from './wait.js';
import { Yield } from './yield.js';

/** What `Coroutine.stats()` tells. Counts of what Node does by itself are 0. */
export interface CoroutineStats {
  event_num: number;
  signal_listener_num: number;
  aio_task_num: number;
  aio_worker_num: number;
  aio_queue_size: number;
  c_stack_size: number;
  /** How many coroutines there are. */
  coroutine_num: number;
  /** How many there were at most at a time. */
  coroutine_peak_num: number;
  /** The id that was given last. */
  coroutine_last_cid: number;
}

/**
 * Coroutines: functions, mostly async ones, that take turns. A coroutine runs at once until it awaits something.
 * What waits in PHP gives a promise here; so does what lets another coroutine run first (`resume()`, `cancel()`).
 * @see Swoole\Coroutine
 */
export class Coroutine extends System {
  /**
   * Starts a coroutine, which runs at once until its first await.
   * @param func may be async; gets the params
   * @returns the coroutine's id; false, and a warning, when max_coroutine are running
   * @see Swoole\Coroutine::create
   */
  static create<Params extends unknown[]>(func: Callable<NoInfer<Params>>, ...param: Params): number | false {
    return create('Swoole\\Coroutine::create()', func, param);
  }

  /**
   * Calls back when the coroutine ends, also by an error; the last one deferred is called first. A callback may be async.
   * @throws Swoole.Error outside of a coroutine
   * @see Swoole\Coroutine::defer
   */
  static defer(callback: () => unknown): void {
    const routine = requireRoutine();
    routine.deferred ??= [];
    routine.deferred.push(callback);
  }

  /** Sets options for all coroutines of this thread; others than before stay. @see Swoole\Coroutine::set */
  static set(options: CoroutineOptions): void {
    setOptions(options);
  }

  /** The options that were set, null before any were. @see Swoole\Coroutine::getOptions */
  static getOptions(): CoroutineOptions | null {
    return givenOptions();
  }

  /** Whether a coroutine has not ended yet. @see Swoole\Coroutine::exists */
  static exists(cid: number): boolean {
    return routines.has(cid);
  }

  /**
   * Waits until another coroutine calls `resume()` with this one's id.
   * @returns true; false when it was cancelled
   * @throws Swoole.Error outside of a coroutine
   * @see Swoole\Coroutine::yield
   */
  static yield(): Promise<boolean> {
    requireRoutine();
    return new Yield().promise;
  }

  /** The same as {@link Coroutine.yield}. @see Swoole\Coroutine::suspend */
  static suspend(): Promise<boolean> {
    return Coroutine.yield();
  }

  /**
   * Wakes a coroutine that called `yield()`. Await it to let that one run first, as PHP does.
   * @returns true; false, and a warning, for one that does not yield
   * @see Swoole\Coroutine::resume
   */
  static resume(cid: number): Promise<boolean> {
    useCoroutines();
    for (const wait of routines.get(cid)?.waits ?? []) {
      if (!(wait instanceof Yield)) continue;
      wait.wake(true);
      return afterTurn(true);
    }
    warn(
      'Swoole\\Coroutine::resume(): can not resume the coroutine which is in IO operation or non-existent',
    );
    return Promise.resolve(fail(SWOOLE_ERROR_PHP_FATAL_ERROR));
  }

  /**
   * Ends what another coroutine waits for: its call gives false, and `isCanceled()` true. Await it to let that one run first.
   * @param throw_exception whether the waiting call throws a `CanceledException` instead
   * @returns true; false with 10016 for an unknown id, 10015 for one that does not wait or waits for a promise of others
   * @see Swoole\Coroutine::cancel
   */
  static cancel(cid: number, throw_exception = false): Promise<boolean> {
    useCoroutines();
    const routine = routines.get(cid);
    if (routine === undefined) return Promise.resolve(fail(SWOOLE_ERROR_CO_NOT_EXISTS));
    if (routine.waits.length === 0 || routine === currentRoutine()) {
      return Promise.resolve(fail(SWOOLE_ERROR_CO_CANNOT_CANCEL));
    }
    for (const wait of [...routine.waits]) wait.cancel(throw_exception);
    return afterTurn(true);
  }

  /**
   * Waits until coroutines have ended.
   * @param timeout in seconds, no limit from 0 down
   * @returns true; false when none of them exists, or with 10018 when the time is over
   * @see Swoole\Coroutine::join
   */
  static join(cid_array: readonly number[], timeout = -1): Promise<boolean> {
    const current = requireRoutine();
    if (cid_array.includes(current.id)) {
      warn('Swoole\\Coroutine::join(): can not join self');
      return Promise.resolve(fail(SWOOLE_ERROR_WRONG_OPERATION));
    }
    const running = new Set(cid_array.map((cid) => routines.get(cid)).filter((one) => one !== undefined));
    if (running.size === 0) return Promise.resolve(fail(SWOOLE_ERROR_INVALID_PARAMS));
    return joinAll(running, timeout);
  }

  /** Whether the wait of this coroutine that ended last was cancelled. @see Swoole\Coroutine::isCanceled */
  static isCanceled(): boolean {
    return requireRoutine().canceled;
  }

  /**
   * Limits how long this coroutine may still take: a call that waits when the time is over throws a `TimeoutException`.
   * @param timeout in seconds; 0 or less takes the limit away
   * @see Swoole\Coroutine::setTimeLimit
   */
  static setTimeLimit(timeout: number): boolean {
    limitTime(requireRoutine(), timeout);
    return true;
  }

  /** Counts of this thread's coroutines. @see Swoole\Coroutine::stats */
  static stats(): CoroutineStats {
    Coroutine.getCid();
    const { last, peak } = routineCounts();
    return {
      event_num: 0,
      signal_listener_num: 0,
      aio_task_num: 0,
      aio_worker_num: 0,
      aio_queue_size: 0,
      c_stack_size: 0,
      coroutine_num: routines.size,
      coroutine_peak_num: peak,
      coroutine_last_cid: last,
    };
  }

  /** The id of the coroutine that runs, -1 outside of all. @see Swoole\Coroutine::getCid */
  static getCid(): number {
    return currentRoutine()?.id ?? -1;
  }

  /** The same as {@link Coroutine.getCid}. @see Swoole\Coroutine::getuid */
  static getuid(): number {
    return Coroutine.getCid();
  }

  /**
   * The id of the coroutine that started this one, -1 when none did.
   * @param cid of another coroutine than this
   * @returns false outside of coroutines and for an unknown id
   * @see Swoole\Coroutine::getPcid
   */
  static getPcid(cid = 0): number | false {
    return find(cid)?.parent ?? false;
  }

  /**
   * What the coroutine keeps for itself until it ends.
   * @param cid of another coroutine than this
   * @returns null outside of coroutines and for an unknown id
   * @see Swoole\Coroutine::getContext
   */
  static getContext(cid = 0): Context | null {
    return find(cid)?.context ?? null;
  }

  /**
   * The calls that have led here, innermost first. Of a coroutine that waits only the call in which it waits is known.
   * @param options ignored: JavaScript does not tell objects and arguments
   * @param limit how many at most, 0 for all
   * @returns false for an unknown id
   * @see Swoole\Coroutine::getBackTrace
   */
  static getBackTrace(cid = 0, options = 0, limit = 0): CallFrame[] | false {
    void options;
    const routine = find(cid);
    if (routine === null) return false;
    return backTraceOf(routine, limit);
  }

  /** Prints what {@link Coroutine.getBackTrace} gives. @see Swoole\Coroutine::printBackTrace */
  static printBackTrace(cid = 0, options = 0, limit = 0): void {
    printFrames(Coroutine.getBackTrace(cid, options, limit) || []);
  }

  /** Milliseconds since the coroutine began; -1 for an unknown id. @see Swoole\Coroutine::getElapsed */
  static getElapsed(cid = 0): number {
    const routine = find(cid);
    if (routine === null) {
      fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
      return -1;
    }
    return Math.floor(performance.now() - routine.started);
  }

  /** False: no coroutine has a stack of its own here. @see Swoole\Coroutine::getStackUsage */
  static getStackUsage(cid = 0): number | false {
    void cid;
    return fail(SWOOLE_ERROR_OPERATION_NOT_SUPPORT);
  }

  /** The ids of this thread's coroutines. @see Swoole\Coroutine::list */
  static list(): CoroutineIterator {
    Coroutine.getCid();
    return new CoroutineIterator([...routines.keys()]);
  }

  /** The same as {@link Coroutine.list}. @see Swoole\Coroutine::listCoroutines */
  static listCoroutines(): CoroutineIterator {
    return Coroutine.list();
  }

  /** False: JavaScript cannot be interrupted in favour of another coroutine. @see Swoole\Coroutine::enableScheduler */
  static enableScheduler(): boolean {
    return fail(SWOOLE_ERROR_OPERATION_NOT_SUPPORT);
  }

  /** True: no coroutine is ever interrupted. @see Swoole\Coroutine::disableScheduler */
  static disableScheduler(): boolean {
    return true;
  }
}

function find(cid: number): Routine | null {
  return cid === 0 ? currentRoutine() : (routines.get(cid) ?? null);
}

function joinAll(running: Set<Routine>, timeout: number): Promise<boolean> {
  const leave = (): void => {
    for (const [routine, watcher] of watchers) routine.watchers?.delete(watcher);
  };
  const giveUp = (code: number): false => {
    leave();
    return fail(code);
  };
  const wait = new Wait<boolean>(
    'Swoole\\Coroutine::join()',
    { canceled: () => giveUp(0), timedOut: () => giveUp(SWOOLE_ERROR_CO_TIMEDOUT) },
    timeout,
  );
  const watchers = new Map<Routine, () => void>();
  for (const routine of running) {
    const watcher = (): void => {
      running.delete(routine);
      if (running.size === 0) wait.wake(true);
    };
    watchers.set(routine, watcher);
    routine.watchers ??= new Set();
    routine.watchers.add(watcher);
  }
  return wait.promise;
}
