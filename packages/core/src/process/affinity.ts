import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_OPERATION_NOT_SUPPORT } from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';

/** Lets this process run on some processors only. Node has no call for it: on Linux the program taskset does it. */
export function setAffinity(processors: readonly number[]): boolean {
  if (processors.length === 0) return false;
  const all = cpus().length;
  if (processors.length > all) {
    warn('Swoole\\Process::setAffinity(): More than the number of CPU');
    return false;
  }
  const wrong = processors.find((one) => !Number.isInteger(one) || one < 0 || one >= all);
  if (wrong !== undefined) {
    warn(`Swoole\\Process::setAffinity(): invalid cpu id [${wrong}]`);
    return false;
  }
  const { status } = spawnSync('taskset', ['-a', '-p', '-c', processors.join(','), String(process.pid)], {
    stdio: 'ignore',
  });
  return status === 0 || fail(SWOOLE_ERROR_OPERATION_NOT_SUPPORT);
}

/** The processors that this process may run on. Where the system does not tell, all. */
export function getAffinity(): number[] {
  let text: string | undefined;
  try {
    text = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  } catch {
    text = undefined;
  }
  if (text === undefined) return cpus().map((_cpu, number) => number);
  return text.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_one, i) => first + i);
  });
}
