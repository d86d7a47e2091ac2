import { BadMethodCallException, InvalidArgumentException } from '../errors/php-exceptions.js';
import { Channel } from './channel.js';

/** Waits until as many calls of `done()` as were announced with `add()`. @see Swoole\Coroutine\WaitGroup */
export class WaitGroup {
  static readonly phpName = 'Swoole\\Coroutine\\WaitGroup';
  readonly #channel = new Channel<true>(1);
  #count = 0;
  #waiting = false;

  /** @param delta how many to wait for at once */
  constructor(delta = 0) {
    if (delta > 0) this.add(delta);
  }

  /**
   * Announces more to wait for.
   * @throws BadMethodCallException while somebody waits
   * @throws InvalidArgumentException when fewer than none would be left
   * @see Swoole\Coroutine\WaitGroup::add
   */
  add(delta = 1): void {
    if (this.#waiting) {
      throw new BadMethodCallException('WaitGroup misuse: add called concurrently with wait');
    }
    const count = this.#count + delta;
    if (count < 0) throw new InvalidArgumentException('WaitGroup misuse: negative counter');
    this.#count = count;
  }

  /**
   * One of them is done. Await it to let the one that waits run first.
   * @throws BadMethodCallException when all are done already
   * @see Swoole\Coroutine\WaitGroup::done
   */
  async done(): Promise<void> {
    const count = this.#count - 1;
    if (count < 0) throw new BadMethodCallException('WaitGroup misuse: negative counter');
    this.#count = count;
    if (count === 0 && this.#waiting) await this.#channel.push(true);
  }

  /**
   * Waits until all are done.
   * @param timeout in seconds, no limit from 0 down
   * @returns true; false when the time is over
   * @throws BadMethodCallException when somebody waits already
   * @see Swoole\Coroutine\WaitGroup::wait
   */
  async wait(timeout = -1): Promise<boolean> {
    if (this.#waiting) {
      throw new BadMethodCallException('WaitGroup misuse: reused before previous wait has returned');
    }
    if (this.#count === 0) return true;
    this.#waiting = true;
    try {
      return await this.#channel.pop(timeout);
    } finally {
      this.#waiting = false;
    }
  }

  /** How many are not done. @see Swoole\Coroutine\WaitGroup::count */
  count(): number {
    return this.#count;
  }
}
