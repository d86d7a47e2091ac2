import { PhpError } from '../errors/exceptions.js';
import { toStr } from '../value/convert.js';
import { type AnyArray, items } from '../value/kinds.js';
import type { Mixed } from '../value/mixed.js';
import { functionNamed, resolve } from './callable.js';

/** Calls what a callable stands for. */
export function call_user_func<R = Mixed>(
  callback: ((...args: never[]) => R) | unknown,
  ...args: unknown[]
): R {
  return resolve(callback, 'call_user_func')(...args) as R;
}

/** Calls with the values of an array as arguments. Named arguments are not known to JavaScript: their order counts. */
export function call_user_func_array<R = Mixed>(
  callback: ((...args: never[]) => R) | unknown,
  args: AnyArray,
): R {
  return resolve(callback, 'call_user_func_array')(...items(args)) as R;
}

export { call_user_func as forward_static_call, call_user_func_array as forward_static_call_array };

/** Whether a function of that name is known: one of PHP's that is here, or one made known by `define_function`. */
export function function_exists(name: unknown): boolean {
  return functionNamed(toStr(name)) !== null;
}

const shutdown: (() => unknown)[] = [];

/** Calls back when the process exits, in the order of registration. */
export function register_shutdown_function(callback: unknown, ...args: unknown[]): void {
  const call = resolve(callback, 'register_shutdown_function');
  if (shutdown.length === 0) process.once('exit', () => shutdown.forEach((run) => void run()));
  shutdown.push(() => call(...args));
}

/** Ends an expression that was not ported: it throws and says what. */
export function notPorted(what: string, ..._values: unknown[]): Mixed {
  throw new PhpError(`${what} was not ported`);
}
