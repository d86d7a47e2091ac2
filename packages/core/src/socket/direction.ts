import { currentRoutine } from '../coroutine/current.js';
import { Wait } from '../coroutine/wait.js';
import { Error as SwooleError } from '../errors/error.js';
import { SWOOLE_ERROR_CO_HAS_BEEN_BOUND } from '../errors/numbers.js';

const ETIMEDOUT = 110;
const ECANCELED = 125;

/** What keeps the program going, or not. */
interface Holder {
  ref(): unknown;
  unref(): unknown;
}

/**
 * One way of a socket, in or out, in which one coroutine at a time may wait. While nobody does, the socket should keep no program
 * from ending: in PHP it would be closed with the last variable that holds it.
 */
export class Direction {
  #look: (() => void) | null = null;
  #end: ((error: number) => boolean) | null = null;
  #cid = 0;

  constructor(
    private readonly fd: number,
    private readonly way: 'reading' | 'writing',
    private readonly holder: Holder,
  ) {}

  /** The id of the coroutine that waits, 0 for none. */
  get cid(): number {
    return this.#cid;
  }

  /** @throws SwooleError when a coroutine waits: two would not know whose bytes they get */
  claim(): void {
    if (this.#look === null) return;
    throw new SwooleError(
      `Socket#${this.fd} has already been bound to another coroutine#${this.#cid}, ` +
        `${this.way} of the same socket in coroutine#${currentRoutine()?.id ?? -1} at the same time is not allowed`,
      SWOOLE_ERROR_CO_HAS_BEEN_BOUND,
    );
  }

  /**
   * Waits until `take` gives something.
   * @param what the call that waits, as a report names it
   * @param seconds no limit from 0 down
   * @param take is asked now, and whenever something has happened; null for nothing yet
   * @returns what `take` gave; an error number when the time is over or the wait was cancelled
   * @throws SwooleError when another coroutine waits
   */
  until<T>(what: string, seconds: number, take: () => T | null): Promise<T | number> {
    this.claim();
    const now = take();
    if (now !== null) return Promise.resolve(now);
    const leave = (error: number): number => {
      this.#leave();
      return error;
    };
    const ends = { canceled: () => leave(ECANCELED), timedOut: () => leave(ETIMEDOUT) };
    const wait = new Wait<T | number>(what, ends, seconds);
    this.#cid = wait.owner?.id ?? -1;
    this.#look = () => {
      try {
        const found = take();
        if (found !== null && wait.wake(found)) this.#leave();
      } catch (error) {
        if (wait.fail(error)) this.#leave();
      }
    };
    this.#end = (error) => wait.wake(leave(error));
    this.holder.ref();
    return wait.promise;
  }

  /** Something has happened: who waits may find what it waits for. */
  look(): void {
    this.#look?.();
  }

  /** Ends the wait with an error number. False when nobody waits. */
  interrupt(error: number): boolean {
    return this.#end?.(error) ?? false;
  }

  #leave(): void {
    this.#look = null;
    this.#end = null;
    this.#cid = 0;
    this.holder.unref();
  }
}
