import { fromInt64, type Int64, toInt64 } from './int64.js';
import { claimShared, isRepeated } from './shared-memory.js';

/**
 * A signed integer of 64 bits that all threads share; it goes round at both ends. Values are numbers up to 2^53 - 1 on both sides
 * of 0 and bigints beyond, so none is ever inexact; arguments may be either.
 * @see Swoole\Atomic\Long
 */
export class AtomicLong {
  static readonly phpName = 'Swoole\\Atomic\\Long';
  readonly #cell: BigInt64Array;

  /** @see Swoole\Atomic\Long::__construct */
  constructor(value: Int64 = 0) {
    const start = toInt64(value);
    this.#cell = new BigInt64Array(
      claimShared('Atomic.Long', 8, (buffer) => {
        new BigInt64Array(buffer)[0] = start;
      }),
    );
  }

  /** Adds, and returns the new value. @see Swoole\Atomic\Long::add */
  add(add_value: Int64 = 1): Int64 {
    if (isRepeated(this.#cell)) return this.get();
    const step = toInt64(add_value);
    return fromInt64(BigInt.asIntN(64, Atomics.add(this.#cell, 0, step) + step));
  }

  /** Subtracts, and returns the new value. @see Swoole\Atomic\Long::sub */
  sub(sub_value: Int64 = 1): Int64 {
    if (isRepeated(this.#cell)) return this.get();
    const step = toInt64(sub_value);
    return fromInt64(BigInt.asIntN(64, Atomics.sub(this.#cell, 0, step) - step));
  }

  /** The value. @see Swoole\Atomic\Long::get */
  get(): Int64 {
    return fromInt64(Atomics.load(this.#cell, 0));
  }

  /** Sets the value. @see Swoole\Atomic\Long::set */
  set(value: Int64): void {
    if (!isRepeated(this.#cell)) Atomics.store(this.#cell, 0, toInt64(value));
  }

  /**
   * Sets a new value if the value is the expected one.
   * @returns false when it is another
   * @see Swoole\Atomic\Long::cmpset
   */
  cmpset(cmp_value: Int64, new_value: Int64): boolean {
    if (isRepeated(this.#cell)) return true;
    const expected = toInt64(cmp_value);
    return Atomics.compareExchange(this.#cell, 0, expected, toInt64(new_value)) === expected;
  }
}
