import { fail } from '../errors/last-error.js';
import { swoole_strerror } from '../errors/strerror.js';
import { warn } from '../errors/warnings.js';
import { childOf } from './children.js';
import { lineToStarter } from './self.js';

/** The first number that a thread may have; Linux gives none of them to processes. */
const FIRST_OF_THREADS = 0x400000;
const ESRCH = 3;

/** Process.kill(). A process asks who has started it to send a signal to a thread. */
export function kill(pid: number, signal: number): boolean {
  const body = childOf(pid);
  if (body !== undefined) return body.kill(signal) || failed(pid, signal, ESRCH);
  if (pid > FIRST_OF_THREADS) return lineToStarter()?.post('kill', pid, signal) ?? failed(pid, signal, ESRCH);
  try {
    return process.kill(pid, signal);
  } catch (error) {
    return failed(pid, signal, -((error as NodeJS.ErrnoException).errno ?? 0));
  }
}

function failed(pid: number, signal: number, code: number): false {
  if (signal !== 0 || code !== ESRCH)
    warn(`Swoole\\Process::kill(): kill(${pid}, ${signal}) failed, Error: ${swoole_strerror(code)}[${code}]`);
  return fail(code);
}
