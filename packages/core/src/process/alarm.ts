import { constants } from 'node:os';
import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_OPERATION_NOT_SUPPORT } from '../errors/numbers.js';
import { isRepeating } from './answers.js';
import { raiseSignal } from './signals.js';

const ITIMER_REAL = 0;

let timer: NodeJS.Timeout | null = null;

/** Process.alarm(): raises SIGALRM again and again; who does not listen to it is ended by it. */
export function setAlarm(microseconds: number, type: number): boolean {
  // Node does not tell how much time of the processor was used in the meantime.
  if (type !== ITIMER_REAL) return fail(SWOOLE_ERROR_OPERATION_NOT_SUPPORT);
  if (isRepeating()) return true;
  if (timer !== null) clearInterval(timer);
  timer = null;
  if (microseconds <= 0) return true;
  timer = setInterval(() => {
    if (!raiseSignal(constants.signals.SIGALRM)) process.kill(process.pid, 'SIGALRM');
  }, microseconds / 1000);
  timer.unref();
  return true;
}
