import { constants } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { callInCoroutine } from '../coroutine/lifecycle.js';
import { reportCallbackError } from '../errors/callback-error.js';
import { fail } from '../errors/last-error.js';
import { warn } from '../errors/warnings.js';
import { assignment } from '../worker/thread.js';
import { isRepeating } from './answers.js';
import { lineToStarter } from './self.js';

/** Gets the number of the signal. */
export type SignalCallback = (signal: number) => unknown;

/** PHP's SIG_IGN: the signal does nothing. */
const SIG_IGN = 1;
const FIRST_INVALID = 128;
const EINVAL = 22;

const callbacks = new Map<number, SignalCallback>();
/** Signals that the library obeys itself. */
const claimed = new Map<number, SignalCallback>();
/** Those of them that the program may still take for itself. */
const yielding = new Set<number>();
const listeners = new Map<number, () => void>();

/** The name by which Node knows a signal. */
export function signalName(number: number): NodeJS.Signals | undefined {
  const names = Object.entries(constants.signals) as [NodeJS.Signals, number][];
  return names.find(([, value]) => value === number)?.[0];
}

/**
 * Lets the library have a signal, or gives it back. The program cannot listen to it meanwhile.
 * @param yields true lets the program take it for itself until {@link keepSignal}
 */
export function claimSignal(number: number, callback: SignalCallback | null, yields = false): void {
  if (callback === null) claimed.delete(number);
  else claimed.set(number, callback);
  if (yields) yielding.add(number);
  else yielding.delete(number);
  listen(number);
}

/** From now on the program cannot take the signal, if it has not. */
export function keepSignal(number: number): void {
  yielding.delete(number);
}

/** Process.signal(). */
export function setSignal(number: number, callback: SignalCallback | number | null): boolean {
  // What is set before a process starts is not its own.
  if (isRepeating()) return true;
  if (!(number >= 0 && number < FIRST_INVALID)) return refuse(`invalid signal number [${number}]`);
  if ((claimed.has(number) && !yielding.has(number)) || isTaken())
    return refuse(`signal [${number}] processor has been registered by the system`);
  if (callback === null) {
    if (!callbacks.delete(number)) return refuse(`unable to find the callback of signal [${number}]`);
  } else {
    if (yielding.delete(number)) claimed.delete(number);
    callbacks.set(number, callback === SIG_IGN ? () => {} : (callback as SignalCallback));
  }
  if (listen(number)) return true;
  callbacks.delete(number);
  return fail(EINVAL);
}

/** Calls who listens to a signal. @returns false when nobody does */
export function raiseSignal(number: number): boolean {
  const own = claimed.get(number);
  const callback = own ?? callbacks.get(number);
  if (callback === undefined) return false;
  if (own !== undefined) own(number);
  else call(callback, number);
  return true;
}

/** Whether somebody listens to a signal. */
function isHandled(number: number): boolean {
  return claimed.has(number) || callbacks.has(number);
}

/** The workers of a server get no signals: they go to its first thread. */
function isTaken(): boolean {
  return assignment !== null && assignment.role !== 'user';
}

/** Listens, where nobody does who should, and stops where nobody needs it. @returns false for a signal that nobody can listen to */
function listen(number: number): boolean {
  const wanted = isHandled(number);
  const line = lineToStarter();
  if (!isMainThread) {
    line?.post('handles', number, wanted);
    return true;
  }
  const name = signalName(number);
  // The end of processes is told when it is known how they ended.
  if (number === constants.signals.SIGCHLD || name === undefined) return true;
  const listening = listeners.get(number);
  if (wanted && listening === undefined) {
    const listener = (): void => void raiseSignal(number);
    try {
      process.on(name, listener);
    } catch {
      return false;
    }
    listeners.set(number, listener);
  } else if (!wanted && listening !== undefined) {
    process.off(name, listening);
    listeners.delete(number);
  }
  return true;
}

function call(callback: SignalCallback, number: number): void {
  try {
    const result = callInCoroutine(callback, number, undefined);
    if (result instanceof Promise) result.catch(reportCallbackError);
  } catch (error) {
    reportCallbackError(error);
  }
}

function refuse(message: string): false {
  warn(`Swoole\\Process::signal(): ${message}`);
  return fail(EINVAL);
}
