import type { Socket } from 'node:net';
import { ByteQueue } from '../server/protocol/byte-queue.js';
import type { Framer } from '../server/protocol/framer.js';
import { Direction } from './direction.js';

/** How many bytes may wait to be received before the peer has to wait. */
const MOST_WAITING = 1024 * 1024;
const CR = 0x0d;
const LF = 0x0a;
const EPIPE = 32;
const EBADMSG = 74;

/** What a receive ends with: bytes, none at the end of the stream, or an error number. */
export type Received = Buffer | '' | number;

/** A connected stream socket whose bytes wait until somebody receives them. */
export class ByteStream {
  readonly reading: Direction;
  readonly writing: Direction;
  readonly #queue = new ByteQueue();
  /** Bytes that one receive waits for: the peer must be let send as many. */
  #wanted = 0;
  #ended = false;
  #error = 0;

  /** @param fd the number that stands for the socket */
  constructor(
    fd: number,
    readonly socket: Socket,
  ) {
    let waiting = 0;
    const holder = {
      ref: () => ++waiting === 1 && socket.ref(),
      unref: () => --waiting === 0 && socket.unref(),
    };
    this.reading = new Direction(fd, 'reading', holder);
    this.writing = new Direction(fd, 'writing', holder);
    socket.on('data', this.#data).on('error', this.#failed).on('end', this.#end).on('close', this.#closed);
    // An accepted socket was paused; one that nobody waits for keeps no program from ending.
    socket.resume().unref();
  }

  /** Whether nothing more can be received. */
  get ended(): boolean {
    return this.#ended && this.#queue.length === 0;
  }

  /** Up to `length` bytes, once there are any. */
  some(what: string, length: number, seconds: number): Promise<Received> {
    return this.reading.until<Received>(what, seconds, () => this.#take(length) ?? this.#atEnd());
  }

  /** As many bytes; fewer at the end of the stream. What came of them before an error is kept: see {@link rest}. */
  async all(what: string, length: number, seconds: number): Promise<Received> {
    this.#want(length);
    try {
      return await this.reading.until<Received>(what, seconds, () => {
        if (this.#queue.length >= length) return this.#take(length);
        return this.#ended ? (this.#take(length) ?? this.#atEnd()) : null;
      });
    } finally {
      this.#want(0);
    }
  }

  /** A line with its end, LF or CR; at most `length` bytes of it. What there is, at the end of the stream. */
  line(what: string, length: number, seconds: number): Promise<Received> {
    let searched = 0;
    return this.reading.until<Received>(what, seconds, () => {
      const bytes = this.#queue.peek().subarray(0, length);
      const end = lineEnd(bytes, searched);
      searched = bytes.length;
      if (end > 0) return this.#take(end);
      if (bytes.length === length || this.#ended) return this.#take(length) ?? this.#atEnd();
      return null;
    });
  }

  /** The next packet. What the framer has taken in can only be received as packets. */
  packet(what: string, framer: Framer, seconds: number): Promise<Received> {
    return this.reading.until<Received>(what, seconds, () => {
      const packet = framer.next() ?? this.#nextPacket(framer);
      if (packet !== null) return packet;
      return framer.broken ? EBADMSG : this.#atEnd();
    });
  }

  /** What has come, without taking it; '' at the end of the stream, null for nothing yet. */
  peek(length: number): Received | null {
    return this.#queue.length > 0 ? this.#queue.peek().subarray(0, length) : this.#atEnd();
  }

  /** Up to `length` bytes, once there are any, without taking them. */
  peeked(what: string, length: number, seconds: number): Promise<Received> {
    return this.reading.until<Received>(what, seconds, () => this.peek(length));
  }

  /** What has come, at most `length` bytes; null for nothing. */
  rest(length: number): Buffer | null {
    return this.#take(length);
  }

  /** Sends, and waits until the system has taken all. @returns an error number, 0 for none */
  write(what: string, data: string | Uint8Array, seconds: number): Promise<number> {
    const { socket } = this;
    this.writing.claim();
    if (!socket.writable) return Promise.resolve(this.#error || EPIPE);
    socket.write(data, this.#written);
    return this.writing.until(what, seconds, () => {
      if (socket.writableLength === 0) return 0;
      return socket.destroyed ? this.#error || EPIPE : null;
    });
  }

  /** Receives nothing more. */
  endReading(): void {
    this.#end();
  }

  /** Lets go of the socket with all that has come, for what reads it from now on. */
  release(): Socket {
    const { socket } = this;
    socket
      .off('data', this.#data)
      .off('error', this.#failed)
      .off('end', this.#end)
      .off('close', this.#closed);
    socket.pause();
    const rest = this.#take(this.#queue.length);
    if (rest !== null) socket.unshift(rest);
    return socket.ref();
  }

  /** Ends the connection once what was written has left; who waits is told. */
  close(error: number): void {
    this.socket.off('data', this.#data);
    this.socket.ref().resume().destroySoon();
    this.reading.interrupt(error);
    this.writing.interrupt(error);
  }

  readonly #data = (chunk: Buffer): void => {
    this.#queue.append(chunk);
    if (this.#queue.length > Math.max(MOST_WAITING, this.#wanted)) this.socket.pause();
    this.reading.look();
  };

  readonly #failed = (error: NodeJS.ErrnoException): void => {
    this.#error = Math.abs(error.errno ?? 0);
  };

  readonly #end = (): void => {
    this.#ended = true;
    this.reading.look();
  };

  readonly #closed = (): void => {
    this.#end();
    this.writing.look();
  };

  readonly #written = (): void => this.writing.look();

  #want(length: number): void {
    this.#wanted = length;
    this.#readOn();
  }

  #readOn(): void {
    if (this.#queue.length <= Math.max(MOST_WAITING, this.#wanted) && this.socket.isPaused())
      this.socket.resume();
  }

  #take(length: number): Buffer | null {
    const queue = this.#queue;
    if (queue.length === 0 || length === 0) return null;
    const taken = queue.take(Math.min(length, queue.length));
    queue.settle();
    this.#readOn();
    return taken;
  }

  #nextPacket(framer: Framer): Buffer | null {
    const chunk = this.#take(this.#queue.length);
    if (chunk === null || framer.broken) return null;
    framer.push(chunk);
    return framer.next();
  }

  /** What a receive ends with when nothing has come; null when something may. */
  #atEnd(): '' | number | null {
    if (!this.#ended) return null;
    return this.#error === 0 ? '' : this.#error;
  }
}

/** Where the line in these bytes is over; 0 when it is not. */
function lineEnd(bytes: Buffer, from: number): number {
  const feed = bytes.indexOf(LF, from);
  const before = feed < 0 ? bytes : bytes.subarray(0, feed);
  const carriage = before.indexOf(CR, from);
  return (carriage < 0 ? feed : carriage) + 1;
}
