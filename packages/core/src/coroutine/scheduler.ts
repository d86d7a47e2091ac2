import { Error as SwooleError } from '../errors/error.js';
import { SWOOLE_ERROR_WRONG_OPERATION } from '../errors/numbers.js';
import { loopIdle } from '../event/loop.js';
import { currentRoutine, useCoroutines } from './current.js';
import { type Callable, create } from './lifecycle.js';
import { type CoroutineOptions, givenOptions, hookByDefault, setOptions } from './options.js';

/** Coroutines that begin together, and one promise for the end of all. @see Swoole\Coroutine\Scheduler */
export class Scheduler {
  static readonly phpName = 'Swoole\\Coroutine\\Scheduler';
  #starts: Array<() => unknown> = [];

  /** Adds a coroutine that `start()` will start. @see Swoole\Coroutine\Scheduler::add */
  add<Params extends unknown[]>(func: Callable<NoInfer<Params>>, ...param: Params): void {
    this.#starts.push(() => create('Swoole\\Coroutine\\Scheduler::start()', func, param));
  }

  /** Adds the same coroutine n times. @see Swoole\Coroutine\Scheduler::parallel */
  parallel<Params extends unknown[]>(n: number, func: Callable<NoInfer<Params>>, ...param: Params): void {
    for (let i = 0; i < n; i++) this.add(func, ...param);
  }

  /** The same as `Coroutine.set()`. @see Swoole\Coroutine\Scheduler::set */
  set(settings: CoroutineOptions): void {
    setOptions(settings);
  }

  /** The same as `Coroutine.getOptions()`. @see Swoole\Coroutine\Scheduler::getOptions */
  getOptions(): CoroutineOptions | null {
    return givenOptions();
  }

  /**
   * Starts the coroutines and waits until every coroutine and every timer of this thread has ended.
   * @returns true; false when there is nothing to start
   * @throws Swoole.Error in a coroutine
   * @see Swoole\Coroutine\Scheduler::start
   */
  async start(): Promise<boolean> {
    useCoroutines();
    if (currentRoutine() !== null) {
      throw new SwooleError('Unable to call Event::wait() in coroutine', SWOOLE_ERROR_WRONG_OPERATION);
    }
    const starts = this.#starts;
    this.#starts = [];
    if (starts.length === 0) return false;
    hookByDefault();
    for (const start of starts) start();
    await loopIdle();
    return true;
  }
}
