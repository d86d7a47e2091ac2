import { getPriority as ask, constants, setPriority as set } from 'node:os';
import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_INVALID_PARAMS, SWOOLE_ERROR_OPERATION_NOT_SUPPORT } from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';

const PRIO_PROCESS = 0;
const PRIO_USER = 2;
const EINVAL = 22;
const { PRIORITY_HIGHEST, PRIORITY_LOW } = constants.priority;

/** The priority of a process. Of groups and users Node cannot tell it. */
export function getPriority(which: number, who: number | null, own: number): number | false {
  const pid = target('getPriority', which, who, own);
  return pid === false ? false : attempt(() => ask(pid));
}

/** Sets the priority of a process: -20 the highest, 19 the lowest. */
export function setPriority(which: number, priority: number, who: number | null, own: number): boolean {
  const pid = target('setPriority', which, who, own);
  if (pid === false) return false;
  const level = Math.max(PRIORITY_HIGHEST, Math.min(PRIORITY_LOW, Math.trunc(priority)));
  return attempt(() => {
    set(pid, level);
    return true;
  });
}

function target(method: string, which: number, who: number | null, own: number): number | false {
  if (which === PRIO_PROCESS) return who ?? own;
  if (who === null) {
    warn(`Swoole\\Process::${method}(): $who parameter must not be null`);
    return fail(SWOOLE_ERROR_INVALID_PARAMS);
  }
  return fail(which > 0 && which <= PRIO_USER ? SWOOLE_ERROR_OPERATION_NOT_SUPPORT : EINVAL);
}

function attempt<T>(work: () => T): T | false {
  try {
    return work();
  } catch (error) {
    return fail(
      Math.abs((error as NodeJS.ErrnoException & { info?: { errno: number } }).info?.errno ?? EINVAL),
    );
  }
}
