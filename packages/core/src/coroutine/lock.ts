import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_CO_CANCELED, SWOOLE_ERROR_CO_OUT_OF_COROUTINE } from '../errors/numbers.js';
import { currentRoutine } from './current.js';
import type { Routine } from './routine.js';
import { Wait } from './wait.js';

const LOCK_EX = 2;
const LOCK_NB = 4;
const EBUSY = 16;

/** One coroutine at a time, those who wait in the order in which they came. @see Swoole\Coroutine\Lock */
export class Lock {
  static readonly phpName = 'Swoole\\Coroutine\\Lock';
  /** Why the last call failed, 0 when it did not. */
  errCode = 0;
  #owner: Routine | null = null;
  readonly #waiting = new Set<Wait<boolean>>();

  /** @param shared ignored: coroutines of other threads do not share it, for them there is `Swoole.Lock` */
  constructor(shared = false) {
    void shared;
  }

  /**
   * Takes the lock, waiting for it if need be. Whoever has it gets true again.
   * @param operation LOCK_EX (2) or LOCK_SH (1), which are the same; with LOCK_NB (4) it does not wait
   * @returns true; false with errCode 16 when another one has it, 10017 when cancelled, 10001 outside of a coroutine
   * @see Swoole\Coroutine\Lock::lock
   */
  lock(operation = LOCK_EX): Promise<boolean> {
    const routine = currentRoutine();
    this.errCode = 0;
    if (routine === null) return this.#fail(SWOOLE_ERROR_CO_OUT_OF_COROUTINE);
    if (this.#owner === routine) return Promise.resolve(true);
    if (this.#owner === null) {
      this.#owner = routine;
      return Promise.resolve(true);
    }
    if ((operation & LOCK_NB) !== 0) return this.#fail(EBUSY);
    const canceled = (): false => {
      this.#waiting.delete(wait);
      this.errCode = SWOOLE_ERROR_CO_CANCELED;
      return false;
    };
    const wait = new Wait<boolean>('Swoole\\Coroutine\\Lock->lock()', { canceled });
    this.#waiting.add(wait);
    return wait.promise;
  }

  /**
   * Lets the lock go; the next one has it at once, and goes on when this one waits or ends.
   * @returns true, also when nobody had it; false with errCode 10001 outside of a coroutine
   * @see Swoole\Coroutine\Lock::unlock
   */
  unlock(): boolean {
    this.errCode = 0;
    if (currentRoutine() === null) {
      this.errCode = SWOOLE_ERROR_CO_OUT_OF_COROUTINE;
      return fail(SWOOLE_ERROR_CO_OUT_OF_COROUTINE);
    }
    this.#owner = null;
    for (const wait of this.#waiting) {
      this.#waiting.delete(wait);
      this.#owner = wait.owner;
      wait.wake(true);
      break;
    }
    return true;
  }

  #fail(code: number): Promise<false> {
    this.errCode = code;
    return Promise.resolve(fail(code));
  }
}
