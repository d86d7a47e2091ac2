import { SWOOLE_EXIT_IN_COROUTINE } from '../constants/coroutine.js';
import { ExitException } from './exit-exception.js';

let whereabouts: () => number = () => 0;
let inCoroutine: () => boolean = () => false;

/**
 * @internal Tells `exit()` how to learn where it is called.
 * @param source gives `SWOOLE_EXIT_IN_*` bits; 0 means that nothing of Swoole runs, and the process ends
 */
export function setExitFlags(source: () => number): void {
  whereabouts = source;
}

/** @internal Tells `exit()` whether a coroutine calls it. */
export function setExitInCoroutine(source: () => boolean): void {
  inCoroutine = source;
}

/**
 * PHP's `exit()`: in a server or a coroutine it throws, so that `finally` blocks run and a caller may catch it.
 * Elsewhere it ends the process; a text is printed and counts as status 0.
 * @param status an exit code, or a text
 * @throws ExitException
 */
export function exit(status: number | string | null = null): never {
  const flags = whereabouts() | (inCoroutine() ? SWOOLE_EXIT_IN_COROUTINE : 0);
  if (flags !== 0) throw new ExitException(status, flags);
  if (typeof status === 'string') process.stdout.write(status);
  process.exit(typeof status === 'number' ? status : 0);
}
