import { SWOOLE_EXIT_IN_SERVER } from '../constants/coroutine.js';
import { reportCallbackError } from '../errors/callback-error.js';
import { ExitException } from '../errors/exit-exception.js';
import { warn } from '../errors/warnings.js';
import { holdLoop, releaseLoop } from '../event/loop.js';
import { beginWork } from './begun-work.js';
import {
  coroutinesUsed,
  currentRoutine,
  enterSlot,
  leaveSlot,
  runIn,
  type Slot,
  useCoroutines,
} from './current.js';
import { watchForDeadlock } from './deadlock.js';
import { options } from './options.js';
import { Routine, routines } from './routine.js';

export type Callable<Params extends unknown[] = unknown[]> = (...params: Params) => unknown;

/** Starts a coroutine: it runs at once up to its first wait. @returns its id; false, and a warning, when there are too many */
export function create<Params extends unknown[]>(
  caller: string,
  func: Callable<Params>,
  params: Params,
): number | false {
  if (typeof func !== 'function') {
    throw new TypeError(`${caller}: Argument #1 ($func) must be a valid callback, no function given`);
  }
  useCoroutines();
  if (routines.size >= options.maxCoroutine) {
    warn(`${caller}: exceed max number of coroutine ${options.maxCoroutine}`);
    return false;
  }
  const parent = currentRoutine();
  const routine = new Routine(parent === null ? -1 : parent.id);
  const { id } = routine;
  for (const barrier of parent?.barriers ?? []) barrier.hold(routine);
  runIn(routine, () => {
    try {
      settle(routine, func(...params));
    } catch (error) {
      const rest = finish(routine);
      if (rest === null) uncaught(error);
      else rest.then(() => uncaught(error), uncaught);
    }
  });
  return id;
}

/** The function of a coroutine of `go()` has returned: what is left to do now, or when its promise is settled. */
function settle(routine: Routine, result: unknown): void {
  if (!isPromise(result)) {
    const rest = finish(routine);
    if (rest === null) return;
    hold(routine);
    rest.then(undefined, uncaught);
    return;
  }
  hold(routine);
  result.then(
    () => finish(routine)?.then(undefined, uncaught),
    (error: unknown) => {
      const rest = finish(routine);
      if (rest === null) uncaught(error);
      else rest.then(() => uncaught(error), uncaught);
    },
  );
}

function uncaught(error: unknown): void {
  if (error instanceof ExitException && (error.getFlags() & SWOOLE_EXIT_IN_SERVER) === 0) {
    const status = error.getStatus();
    if (typeof status === 'string') process.stdout.write(status);
    process.exit(typeof status === 'number' ? status : 0);
  }
  reportCallbackError(error);
}

/** It goes on later: the event loop has to wait for it. */
function hold(routine: Routine): void {
  if (routine.ended) return;
  beginWork();
  routine.holds = true;
  holdLoop();
  watchForDeadlock();
}

/** Runs the deferred functions, last first. @returns a promise when one of them waits, else null: the coroutine has ended */
export function finish(routine: Routine): Promise<void> | null {
  const { deferred } = routine;
  if (deferred === null) {
    bury(routine);
    return null;
  }
  return runIn(routine, async () => {
    try {
      for (let next = deferred.pop(); next !== undefined; next = deferred.pop()) await next();
    } finally {
      bury(routine);
    }
  });
}

function bury(routine: Routine): void {
  tellForgotten(routine);
  routine.bury();
  if (!routine.holds) return;
  routine.holds = false;
  releaseLoop();
}

const told = new Set<string>();

/** A coroutine cannot end while it waits, unless nobody awaited: most often by mistake. Told once for each function. */
function tellForgotten(routine: Routine): void {
  for (const { what } of routine.waits) {
    if (told.has(what)) continue;
    told.add(what);
    warn(`coroutine ${routine.id} has ended while its ${what} still waits; is an await missing?`);
  }
}

/**
 * Calls a callback of a server or a timer as a coroutine.
 * @returns what it returned; for a promise, one that is settled when its deferred functions have run, too
 */
export function callInCoroutine<A, B>(callback: (a: A, b: B) => unknown, a: A, b: B): unknown {
  if (!callbacksHaveSlots()) return callWithoutSlot(callback, a, b);
  const before = enterSlot();
  let result: unknown;
  try {
    result = callback(a, b);
  } catch (error) {
    return leaveThrowing(before, error);
  }
  return leave(before, result);
}

/** Whether a callback runs between {@link enterSlot} and {@link leave}; else it goes through {@link callInCoroutine}. */
export function callbacksHaveSlots(): boolean {
  return options.callbacks && !coroutinesUsed();
}

function callWithoutSlot<A, B>(callback: (a: A, b: B) => unknown, a: A, b: B): unknown {
  return options.callbacks ? callInNew(callback, a, b) : callOutside(callback, a, b);
}

/** A callback has thrown. @throws the error, unless deferred functions come first: then the promise rejects */
export function leaveThrowing(before: Slot, error: unknown): Promise<never> {
  return rethrow(leaveSlot(before), error);
}

/** Calls a callback that is no coroutine, nor part of the one that made it. */
export function callOutside<A, B>(callback: (a: A, b: B) => unknown, a: A, b: B): unknown {
  if (currentRoutine() === null) return callback(a, b);
  return runIn(undefined, () => callback(a, b));
}

/** A callback is registered: one that is async may ask for its coroutine after an await, so it has to have one from its start. */
export function noteCallback(callback: object): void {
  if (callback instanceof AsyncFunction) useCoroutines();
}

/** A callback has returned. @returns what {@link callInCoroutine} does */
export function leave(before: Slot, result: unknown): unknown {
  const routine = leaveSlot(before);
  if (routine !== null) return settleCallback(routine, result);
  // The next one may ask for its coroutine after an await.
  if (isPromise(result)) useCoroutines();
  return result;
}

function callInNew<A, B>(callback: (a: A, b: B) => unknown, a: A, b: B): unknown {
  const routine = new Routine(-1);
  let result: unknown;
  try {
    result = runIn(routine, () => callback(a, b));
  } catch (error) {
    return rethrow(routine, error);
  }
  return settleCallback(routine, result);
}

/** The same as {@link settle}, but what goes wrong is the caller's to report. */
function settleCallback(routine: Routine, result: unknown): unknown {
  if (!isPromise(result)) return finish(routine) ?? result;
  // It goes on: others may look for it.
  void routine.id;
  return result.then(
    (value) => {
      const rest = finish(routine);
      return rest === null ? value : rest.then(() => value);
    },
    (error: unknown) => rethrow(routine, error),
  );
}

function rethrow(routine: Routine | null, error: unknown): Promise<never> {
  const rest = routine === null ? null : finish(routine);
  if (rest === null) throw error;
  return rest.then(() => {
    throw error;
  });
}

const AsyncFunction = (async () => {}).constructor;

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as PromiseLike<unknown>).then === 'function'
  );
}
