import { Fifo } from '../coroutine/fifo.js';
import { Wait } from '../coroutine/wait.js';
import { Error as SwooleError } from '../errors/error.js';
import { SWOOLE_ERROR_CO_HAS_BEEN_BOUND } from '../errors/numbers.js';
import type { Frame } from './frame.js';

const ETIMEDOUT = 110;
const ECANCELED = 125;
/** What a receive ends with: a frame, '' at the end of the connection, or an error number. */
export type Received = Frame | '' | number;

/** Frames that have come, until somebody receives them. */
export class Inbox {
  readonly #frames = new Fifo<Frame>();
  #waiting = 0;
  #over = false;
  #reader: Wait<Received> | null = null;

  /**
   * @param what the call that receives, as a report names it
   * @param full in bytes: how much may wait to be received
   * @param flow told to hold the other side back (true) and to let it go on (false)
   */
  constructor(
    private readonly what: string,
    private readonly full: number,
    private readonly flow: (hold: boolean) => void,
  ) {}

  put(frame: Frame): void {
    if (this.#over) return;
    const reader = this.#reader;
    if (reader !== null) {
      this.#reader = null;
      reader.wake(frame);
      return;
    }
    this.#frames.push(frame);
    const before = this.#waiting;
    this.#waiting += frame.data.length;
    if (before <= this.full && this.#waiting > this.full) this.flow(true);
  }

  /** The connection has ended: what has come can still be received. */
  end(): void {
    this.#over = true;
    const reader = this.#reader;
    this.#reader = null;
    reader?.wake('');
  }

  /** Forgets what has come. */
  clear(): void {
    while (this.#frames.shift() !== undefined);
    this.#waiting = 0;
    this.end();
  }

  /** @param seconds no limit from 0 down */
  take(seconds: number): Received | Promise<Received> {
    const frame = this.#frames.shift();
    if (frame !== undefined) {
      const before = this.#waiting;
      this.#waiting -= frame.data.length;
      if (before > this.full && this.#waiting <= this.full) this.flow(false);
      return frame;
    }
    if (this.#over) return '';
    if (this.#reader !== null)
      throw new SwooleError(
        'another coroutine is receiving from this connection',
        SWOOLE_ERROR_CO_HAS_BEEN_BOUND,
      );
    const leave = (error: number): number => {
      this.#reader = null;
      return error;
    };
    const ends = { canceled: () => leave(ECANCELED), timedOut: () => leave(ETIMEDOUT) };
    this.#reader = new Wait<Received>(this.what, ends, seconds);
    return this.#reader.promise;
  }
}
