import { SWOOLE_HOOK_ALL } from '../constants/coroutine-hook.js';
import { options, setOptions } from './options.js';

/**
 * Which blocking functions of PHP become functions of coroutines. Here the flags are only kept for those who ask: a function
 * of Node's that waits gives a promise and blocks nobody, and one that blocks (`*Sync`) cannot be made to wait.
 * @see Swoole\Runtime
 */
export class Runtime {
  static readonly phpName = 'Swoole\\Runtime';

  private constructor() {}

  /** The same as {@link Runtime.setHookFlags}. @see Swoole\Runtime::enableCoroutine */
  static enableCoroutine(flags: number = SWOOLE_HOOK_ALL): boolean {
    return Runtime.setHookFlags(flags);
  }

  /** The flags that were set; `run()` sets them all where none were. @see Swoole\Runtime::getHookFlags */
  static getHookFlags(): number {
    return options.hookFlags;
  }

  /** Keeps flags, bits of SWOOLE_HOOK_*. @returns true @see Swoole\Runtime::setHookFlags */
  static setHookFlags(flags: number): boolean {
    setOptions({ hook_flags: flags });
    return true;
  }
}
