import { appendFileSync } from 'node:fs';
import {
  E_ALL,
  E_USER_DEPRECATED,
  E_USER_ERROR,
  E_USER_NOTICE,
  E_USER_WARNING,
} from '../constants/errors.js';
import { find } from '../functions/callable.js';
import { toStr } from '../value/convert.js';
import { ValueError } from './exceptions.js';
import { raise } from './raise.js';
import { type ErrorHandler, errors } from './state.js';

const handlers: { handler: ErrorHandler | null; mask: number }[] = [];

/**
 * Gives warnings to a handler instead of stderr.
 * @param callback gets level, message, file and line; false leaves the warning to the default. null restores it.
 * @returns the handler before
 */
export function set_error_handler(
  callback: ErrorHandler | string | readonly unknown[] | null,
  error_levels = E_ALL,
): ErrorHandler | null {
  const before = errors.handler;
  handlers.push({ handler: before, mask: errors.mask });
  errors.handler = callback === null ? null : find(callback);
  errors.mask = error_levels;
  share();
  return before;
}

export function restore_error_handler(): true {
  const before = handlers.pop();
  errors.handler = before?.handler ?? null;
  errors.mask = before?.mask ?? E_ALL;
  share();
  return true;
}

/** Lets the warnings of swoole-ts come to the handler as well. */
function share(): void {
  const taker = (level: number, message: string): void => {
    if ((errors.mask & level) !== 0) errors.handler?.(level, message, '', 0);
  };
  Object.assign(globalThis, {
    [Symbol.for('swoole-ts:warning-handler')]: errors.handler === null ? null : taker,
  });
}

/** Raises a warning of the program itself. */
export function trigger_error(message: unknown, error_level = E_USER_NOTICE): true {
  if (![E_USER_ERROR, E_USER_WARNING, E_USER_NOTICE, E_USER_DEPRECATED].includes(error_level))
    throw new ValueError(
      'trigger_error(): Argument #2 ($error_level) must be one of E_USER_ERROR, E_USER_WARNING, E_USER_NOTICE, or E_USER_DEPRECATED',
    );
  raise(error_level, toStr(message));
  return true;
}

export { trigger_error as user_error };

/** What PHP's `@` leaves on: errors that end the program. */
const NOT_SILENCED = 4437;

/** Sets which levels are shown, and gives which were. */
export function error_reporting(error_level: number | null = null): number {
  const before = errors.silenced > 0 ? errors.reporting & NOT_SILENCED : errors.reporting;
  if (error_level !== null) errors.reporting = error_level;
  return before;
}

/** The last warning that no handler took, null when there was none. */
export function error_get_last(): { type: number; message: string; file: string; line: number } | null {
  return errors.last;
}

export function error_clear_last(): void {
  errors.last = null;
}

/** PHP's `@`: warnings of the call are not shown, also while it waits. */
export function silence<T>(call: () => T): T {
  errors.silenced++;
  let waits = false;
  try {
    const value = call();
    if (!(value instanceof Promise)) return value;
    waits = true;
    return value.finally(() => errors.silenced--) as T;
  } finally {
    if (!waits) errors.silenced--;
  }
}

/** Writes a message to stderr (type 0 and 4) or to a file (type 3). */
export function error_log(message: unknown, message_type = 0, destination: unknown = null): boolean {
  if (message_type === 3) appendFileSync(toStr(destination), toStr(message));
  else process.stderr.write(`${toStr(message)}\n`);
  return true;
}

let exceptionHandler: ((error: unknown) => unknown) | null = null;

/** Gives exceptions that nobody catches to a handler, and gives the handler before. */
export function set_exception_handler(callback: unknown): ((error: unknown) => unknown) | null {
  const before = exceptionHandler;
  if (before !== null) process.off('uncaughtException', before);
  exceptionHandler = callback === null ? null : find(callback);
  if (exceptionHandler !== null) process.on('uncaughtException', exceptionHandler);
  return before;
}

export function restore_exception_handler(): true {
  set_exception_handler(null);
  return true;
}
