import { fail } from '../../errors/last-error.js';
import { answeredLater } from '../../process/answers.js';
import { type ProcessStatus, waitForChild } from '../../process/children.js';

const ETIMEDOUT = 110;

/** Waits for the end of a process. A script that is repeated for another process is told what the first one was. */
export function waitForEnd(
  method: string,
  pid: number | null,
  seconds: number,
): Promise<ProcessStatus | false> {
  const late = (): void => {
    fail(ETIMEDOUT);
  };
  const which = pid !== null && pid < 0 ? null : pid;
  return answeredLater(`${method} ${which}`, () =>
    waitForChild(`Swoole\\Coroutine\\System::${method}()`, which, seconds > 0 ? seconds : -1, late),
  );
}
