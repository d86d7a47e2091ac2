import { callInCoroutine } from '../coroutine/lifecycle.js';
import { reportCallbackError } from '../errors/callback-error.js';
import { holdLoop, releaseLoop } from './loop.js';

/** Calls a callback as a coroutine; what it throws, now or later, is reported as that of a timer is. */
export function perform<A, B = undefined>(callback: (a: A, b: B) => unknown, a: A, b?: B): void {
  try {
    const result = callInCoroutine(callback, a, b as B);
    if (!(result instanceof Promise)) return;
    holdLoop();
    result.then(releaseLoop, (error: unknown) => {
      releaseLoop();
      reportCallbackError(error);
    });
  } catch (error) {
    reportCallbackError(error);
  }
}
