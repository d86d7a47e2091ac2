import { Exception } from '../errors/exception.js';
import { requireRoutine } from './required.js';
import type { Routine } from './routine.js';
import { Wait } from './wait.js';

/**
 * Waits for the coroutines that were started since it was made. In PHP every coroutine that uses the variable holds the
 * barrier; JavaScript does not tell when a variable is let go, so here it is held by every coroutine that its maker starts
 * between `make()` and `wait()`, until that one ends.
 * @see Swoole\Coroutine\Barrier
 */
export class Barrier {
  static readonly phpName = 'Swoole\\Coroutine\\Barrier';
  readonly #maker: Routine;
  #holders = 0;
  #wait: Wait<void> | null = null;
  #waited = false;

  private constructor(maker: Routine) {
    this.#maker = maker;
  }

  /**
   * A new barrier, held by the coroutines that this one starts from now on.
   * @throws Swoole.Error outside of a coroutine
   * @see Swoole\Coroutine\Barrier::make
   */
  static make(): Barrier {
    const maker = requireRoutine();
    const barrier = new Barrier(maker);
    maker.barriers ??= [];
    maker.barriers.push(barrier);
    return barrier;
  }

  /**
   * Waits until all coroutines that hold the barrier have ended.
   * @param timeout in seconds, no limit from 0 down
   * @returns null, for the variable that PHP sets to null: `barrier = await Barrier.wait(barrier)`
   * @throws Swoole.Exception when it was waited for already
   * @see Swoole\Coroutine\Barrier::wait
   */
  static async wait(barrier: Barrier, timeout = -1): Promise<null> {
    if (barrier.#waited) throw new Exception('The barrier is waiting, cannot wait again.');
    barrier.#waited = true;
    const rest = barrier.#maker.barriers?.filter((one) => one !== barrier) ?? [];
    barrier.#maker.barriers = rest.length > 0 ? rest : null;
    if (barrier.#holders === 0) return null;
    const ends = { canceled: () => undefined, timedOut: () => undefined };
    barrier.#wait = new Wait<void>('Swoole\\Coroutine\\Barrier::wait()', ends, timeout);
    await barrier.#wait.promise;
    return null;
  }

  /** @internal A coroutine holds the barrier until it ends. */
  hold(routine: Routine): void {
    this.#holders++;
    routine.watchers ??= new Set();
    routine.watchers.add(() => {
      if (--this.#holders === 0) this.#wait?.wake();
    });
  }
}
