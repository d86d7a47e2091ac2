import { Exception } from './exception.js';
import { brand } from './throwable.js';

/** What `exit()` throws where it must not end the process: in a server and in a coroutine. @see Swoole\ExitException */
export class ExitException extends Exception {
  static {
    brand(ExitException, 'Swoole\\ExitException');
  }

  readonly #status: number | string | null;
  readonly #flags: number;

  /**
   * @param status what `exit()` was given, null for nothing
   * @param flags bits of `SWOOLE_EXIT_IN_COROUTINE` and `SWOOLE_EXIT_IN_SERVER`
   */
  constructor(status: number | string | null, flags: number) {
    super('swoole exit');
    this.#status = status;
    this.#flags = flags;
  }

  /** What `exit()` was given: a number, a text, or null for nothing. @see Swoole\ExitException::getStatus */
  getStatus(): number | string | null {
    return this.#status;
  }

  /** Where `exit()` was called: `SWOOLE_EXIT_IN_*` bits. @see Swoole\ExitException::getFlags */
  getFlags(): number {
    return this.#flags;
  }
}
