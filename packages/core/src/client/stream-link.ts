import type { Socket } from 'node:net';
import { Fifo } from '../coroutine/fifo.js';
import { Wait } from '../coroutine/wait.js';
import type { Framer } from '../server/protocol/framer.js';

/** How many bytes may wait to be received before the peer has to wait. */
const MOST_WAITING = 1024 * 1024;
/** How many bytes one receive gives at most where nothing says how they belong together. */
const MOST_AT_ONCE = 65536;
const ETIMEDOUT = 110;
const ECANCELED = 125;
const EBADMSG = 74;

/** What a receive ends with: bytes, none at the end of the stream, or an error number. */
export type Received = Buffer | '' | number;

/** A connected stream socket whose bytes wait until somebody receives them. */
export class StreamLink {
  readonly #chunks = new Fifo<Buffer>();
  #first: Buffer | null = null;
  #waiting = 0;
  #ended = false;
  #error = 0;
  #reader: Wait<Received> | null = null;

  /** @param framer cuts the stream into packets, null to give bytes as they come */
  constructor(
    readonly socket: Socket,
    private readonly framer: Framer | null,
  ) {
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#waiting += chunk.length;
      if (this.#waiting > MOST_WAITING) socket.pause();
      this.#tell();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#error = Math.abs(error.errno ?? 0);
    });
    const end = (): void => {
      this.#ended = true;
      this.#tell();
    };
    socket.on('end', end).on('close', end);
  }

  /** Whether somebody waits for bytes. */
  get busy(): boolean {
    return this.#reader !== null;
  }

  /** @param seconds no limit from 0 down */
  receive(seconds: number): Promise<Received> {
    const now = this.#take();
    if (now !== null) return Promise.resolve(now);
    const leave = (error: number): number => {
      this.#reader = null;
      return error;
    };
    const ends = { canceled: () => leave(ECANCELED), timedOut: () => leave(ETIMEDOUT) };
    this.#reader = new Wait<Received>('Swoole\\Coroutine\\Client->recv()', ends, seconds);
    return this.#reader.promise;
  }

  /** What has come, without taking it; null for nothing. */
  peek(length: number): Buffer | null {
    this.#first ??= this.#chunks.shift() ?? null;
    return this.#first?.subarray(0, length) ?? null;
  }

  #tell(): void {
    const reader = this.#reader;
    if (reader === null) return;
    const received = this.#take();
    if (received === null) return;
    this.#reader = null;
    reader.wake(received);
  }

  /** What can be given now, null for nothing yet. */
  #take(): Received | null {
    const data = this.framer === null ? this.#takeBytes() : this.#takePacket(this.framer);
    if (data !== null) return data;
    if (this.framer?.broken) return EBADMSG;
    if (!this.#ended) return null;
    return this.#error === 0 ? '' : this.#error;
  }

  #takeBytes(): Buffer | null {
    const chunk = this.#shift();
    if (chunk === null || chunk.length <= MOST_AT_ONCE) return chunk;
    this.#first = chunk.subarray(MOST_AT_ONCE);
    this.#waiting += this.#first.length;
    return chunk.subarray(0, MOST_AT_ONCE);
  }

  #takePacket(framer: Framer): Buffer | null {
    for (;;) {
      const packet = framer.next();
      if (packet !== null || framer.broken) return packet;
      const chunk = this.#shift();
      if (chunk === null) return null;
      framer.push(chunk);
    }
  }

  #shift(): Buffer | null {
    const chunk = this.#first ?? this.#chunks.shift() ?? null;
    this.#first = null;
    if (chunk === null) return null;
    this.#waiting -= chunk.length;
    if (this.#waiting <= MOST_WAITING && this.socket.isPaused()) this.socket.resume();
    return chunk;
  }
}
