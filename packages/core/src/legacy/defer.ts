import { reportCallbackError } from '../errors/callback-error.js';

/** Calls back at the end of this turn of the event loop. What the callback throws is reported as that of a timer is. */
export function defer(callback: () => unknown): true {
  if (typeof callback !== 'function')
    throw new TypeError('defer(): Argument #1 ($callback) must be a valid callback, no function given');
  setImmediate(() => {
    try {
      const result = callback();
      if (result instanceof Promise) result.catch(reportCallbackError);
    } catch (error) {
      reportCallbackError(error);
    }
  });
  return true;
}
