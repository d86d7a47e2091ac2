import { AtomicLong } from './atomic-long.js';
import { claimShared, isRepeated } from './shared-memory.js';

/**
 * An unsigned integer of 32 bits that all threads share: it goes round at both ends. With `wait()` and `wakeup()` one
 * thread lets another wait, without using the processor.
 * @see Swoole\Atomic
 */
export class Atomic {
  static readonly phpName = 'Swoole\\Atomic';
  static readonly Long = AtomicLong;
  readonly #cell: Int32Array;

  /** @see Swoole\Atomic::__construct */
  constructor(value = 0) {
    this.#cell = new Int32Array(
      claimShared('Atomic', 4, (buffer) => {
        new Int32Array(buffer)[0] = value;
      }),
    );
  }

  /** Adds, and returns the new value. @see Swoole\Atomic::add */
  add(add_value = 1): number {
    if (isRepeated(this.#cell)) return this.get();
    const step = add_value | 0;
    return (Atomics.add(this.#cell, 0, step) + step) >>> 0;
  }

  /** Subtracts, and returns the new value. @see Swoole\Atomic::sub */
  sub(sub_value = 1): number {
    if (isRepeated(this.#cell)) return this.get();
    const step = sub_value | 0;
    return (Atomics.sub(this.#cell, 0, step) - step) >>> 0;
  }

  /** The value. @see Swoole\Atomic::get */
  get(): number {
    return Atomics.load(this.#cell, 0) >>> 0;
  }

  /** Sets the value, modulo 2^32. @see Swoole\Atomic::set */
  set(value: number): void {
    if (!isRepeated(this.#cell)) Atomics.store(this.#cell, 0, value);
  }

  /**
   * Sets a new value if the value is the expected one.
   * @returns false when it is another
   * @see Swoole\Atomic::cmpset
   */
  cmpset(cmp_value: number, new_value: number): boolean {
    if (isRepeated(this.#cell)) return true;
    return Atomics.compareExchange(this.#cell, 0, cmp_value, new_value) === (cmp_value | 0);
  }

  /**
   * Waits until the value is 1 and makes it 0. It blocks the whole thread, so in a server no event is handled meanwhile.
   * @param timeout in seconds; 0 or less is without end
   * @returns false when the time is over, or when the value is neither 0 nor 1
   * @see Swoole\Atomic::wait
   */
  wait(timeout = 1): boolean {
    if (this.cmpset(1, 0)) return true;
    const limit = timeout > 0 ? timeout * 1000 : Number.POSITIVE_INFINITY;
    return Atomics.wait(this.#cell, 0, 0, limit) !== 'timed-out' && this.cmpset(1, 0);
  }

  /**
   * Makes a 0 a 1 and wakes threads that wait; with nobody waiting the next `wait()` returns at once.
   * @param count how many to wake; the first of them gets the 1
   * @returns true
   * @see Swoole\Atomic::wakeup
   */
  wakeup(count = 1): boolean {
    if (!isRepeated(this.#cell) && this.cmpset(0, 1)) Atomics.notify(this.#cell, 0, count);
    return true;
  }
}

export namespace Atomic {
  export type Long = AtomicLong;
}
