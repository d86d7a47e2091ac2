import type { Socket } from 'node:net';
import { Wait } from '../../coroutine/wait.js';
import { SWOOLE_ERROR_HTTP_INVALID_PROTOCOL } from '../../errors/numbers.js';
import type { BodyPart } from './request-body.js';
import { sendParts } from './request-body.js';
import type { ResponseReader } from './response-reader.js';

const ECONNRESET = 104;
const ETIMEDOUT = 110;
const ECANCELED = 125;
const NOTHING: Buffer = Buffer.alloc(0);

/** One connection to a server, with one question on its way at a time. */
export class HttpConnection {
  #reader: ResponseReader | null = null;
  #wait: Wait<number> | null = null;
  /** How the answer ended that nobody has asked for yet: 0, or an error number; null while it is on its way. */
  #outcome: number | null = null;
  #broken = false;
  /** What came behind the answer. */
  #rest = NOTHING;
  readonly #data = (bytes: Buffer): void => this.#arrived(bytes);
  readonly #end = (): void => this.#ended(ECONNRESET);

  constructor(readonly socket: Socket) {
    socket.on('data', this.#data).on('end', this.#end).on('close', this.#end);
    socket.on('error', ({ errno }: NodeJS.ErrnoException) => this.#ended(Math.abs(errno ?? ECONNRESET)));
  }

  /** Whether it can take a question. */
  get alive(): boolean {
    return !this.#broken && this.socket.writable && this.#reader === null;
  }

  /** Whether a question was sent whose answer nobody has waited for yet. */
  get asked(): boolean {
    return this.#reader !== null || this.#outcome !== null;
  }

  /**
   * Sends a question.
   * @param head the request up to its body
   * @param body what follows, null for nothing
   * @param reader gets the answer
   */
  ask(head: string, body: readonly BodyPart[] | null, reader: ResponseReader): void {
    this.#reader = reader;
    this.#outcome = null;
    const { socket } = this;
    socket.ref();
    if (body === null) socket.write(head);
    else sendParts(socket, [head, ...body], () => this.#ended(ECONNRESET));
  }

  /** Waits for the answer. @param seconds no limit from 0 down @returns 0, or an error number: then the connection is of no use any more */
  answer(what: string, seconds: number): number | Promise<number> {
    const outcome = this.#outcome;
    if (outcome !== null) {
      this.#outcome = null;
      return outcome;
    }
    const leave = (error: number): number => {
      this.#reader = null;
      this.#broken = true;
      return error;
    };
    const ends = { canceled: () => leave(ECANCELED), timedOut: () => leave(ETIMEDOUT) };
    const wait = new Wait<number>(what, ends, seconds);
    this.#wait = wait;
    return wait.promise;
  }

  /** Gives the socket away, with what came behind the last answer. */
  release(): Buffer {
    this.socket.off('data', this.#data).off('end', this.#end).off('close', this.#end);
    this.#broken = true;
    return this.#rest;
  }

  close(): void {
    this.#broken = true;
    this.socket.destroySoon();
  }

  #arrived(bytes: Buffer): void {
    const reader = this.#reader;
    if (reader === null) {
      // An answer that nobody has asked for must not become that to the next question.
      this.#broken = true;
      this.socket.destroy();
      return;
    }
    this.#rest = reader.push(bytes);
    if (reader.done) {
      const upgraded = reader.head?.status === 101;
      if (this.#rest.length > 0 && !upgraded) this.#broken = true;
      if (upgraded) this.socket.pause();
      this.#settle(0);
    } else if (reader.failed) this.#ended(SWOOLE_ERROR_HTTP_INVALID_PROTOCOL);
  }

  #ended(error: number): void {
    this.#broken = true;
    const reader = this.#reader;
    if (reader !== null) this.#settle(reader.end() ? 0 : error);
  }

  #settle(outcome: number): void {
    this.#reader = null;
    // Nobody waits for it between two questions.
    this.socket.unref();
    const wait = this.#wait;
    this.#wait = null;
    if (wait === null) this.#outcome = outcome;
    else wait.wake(outcome);
  }
}
