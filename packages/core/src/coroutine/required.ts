import { Error as SwooleError } from '../errors/error.js';
import { SWOOLE_ERROR_CO_OUT_OF_COROUTINE } from '../errors/numbers.js';
import { currentRoutine } from './current.js';
import type { Routine } from './routine.js';

/** The coroutine that runs, for a call that makes no sense outside of one. */
export function requireRoutine(): Routine {
  const routine = currentRoutine();
  if (routine === null) {
    throw new SwooleError('API must be called in the coroutine', SWOOLE_ERROR_CO_OUT_OF_COROUTINE);
  }
  return routine;
}
