import { once } from 'node:events';
import { Duplex, finished } from 'node:stream';
import { E_NOTICE } from '../constants/errors.js';
import { raise } from '../errors/raise.js';
import { Resource } from './resource.js';
import { type Store, Stream } from './stream.js';

const NOTHING = Buffer.alloc(0);

/** A stream of Node's, such as one of `stream_socket_pair()`, as PHP's functions for streams see it. */
export class DuplexStream extends Stream {
  static override readonly phpName: string = 'stream';
  readonly socket: Duplex;
  /** Whether reading waits: the forms that are awaited, for only they can. */
  blocking = true;
  /** Nothing comes any more. */
  #over = false;
  /** What was read of a socket that has ended, which takes nothing back. */
  #left: Buffer = NOTHING;

  constructor(socket: Duplex) {
    super(STORE, '', 'r+');
    this.socket = socket;
    // What goes wrong is told by what is read and written.
    socket.on('error', () => {});
    finished(socket, { writable: false }, () => {
      this.#over = true;
    });
  }

  /** What is there now, at most so much. */
  override read(size: number): Buffer {
    const all = this.#takeAll();
    const some = all.subarray(0, size);
    this.#giveBack(all.subarray(some.length));
    if (some.length < size) this.ended = this.#isOver;
    return some;
  }

  /** A line, or what is there of it. */
  override line(most: number, end = 10): Buffer | null {
    const all = this.#takeAll();
    const size = lineIn(all, most, end);
    const some = size === null ? all : all.subarray(0, size);
    this.#giveBack(all.subarray(some.length));
    if (size === null) this.ended = this.#isOver;
    return some.length === 0 ? null : some;
  }

  /** Waits until as much is there as is asked for, or nothing comes any more; not at all where reading does not wait. */
  async arrival(enough: (held: Buffer) => boolean): Promise<void> {
    let held: Buffer = NOTHING;
    for (;;) {
      const part = this.#takeAll();
      held = held.length === 0 ? part : Buffer.concat([held, part]);
      if (enough(held) || this.#isOver || !this.blocking) break;
      await readable(this.socket);
    }
    this.#giveBack(held);
  }

  #takeAll(): Buffer {
    const left = this.#left;
    const part = this.socket.read() as Buffer | null;
    this.#left = NOTHING;
    return part === null ? left : Buffer.concat([left, part]);
  }

  #giveBack(rest: Buffer): void {
    if (rest.length === 0) return;
    if (this.socket.readable) this.socket.unshift(rest);
    else this.#left = rest;
  }

  override write(data: Uint8Array): number {
    const { socket } = this;
    if (socket.writable) {
      socket.write(data);
      return data.length;
    }
    raise(E_NOTICE, `fwrite(): Send of ${data.length} bytes failed with errno=32 Broken pipe`);
    return -1;
  }

  /** Closes it when all is sent. */
  override close(): void {
    this.closed = true;
    const { socket } = this;
    if (socket.writableLength === 0) socket.destroy();
    else socket.end(() => socket.destroy());
  }

  get #isOver(): boolean {
    return this.#over || !this.socket.readable;
  }
}

/** How much of what is there is a line; null while it is none. */
export function lineIn(held: Buffer, most: number, end = 10): number | null {
  const at = held.indexOf(end);
  if (at >= 0 && at < most) return at + 1;
  return held.length >= most ? most : null;
}

async function readable(socket: Duplex): Promise<void> {
  const gone = new AbortController();
  const { signal } = gone;
  try {
    await Promise.race(['readable', 'end', 'close'].map((event) => once(socket, event, { signal })));
  } catch {
    // An error is the end of it, too.
  } finally {
    gone.abort();
  }
}

/** A stream of Node's has no positions. */
const STORE: Store = {
  fd: null,
  seekable: false,
  read: () => NOTHING,
  write: (_position, data) => data.length,
  size: () => 0,
  truncate: () => {},
  close: () => {},
};

const known = new WeakMap<Duplex, DuplexStream>();

/** The stream that PHP's functions use for one of Node's. */
export function streamOf(socket: Duplex): DuplexStream {
  const found = known.get(socket);
  if (found !== undefined) return found;
  const made = new DuplexStream(socket);
  known.set(socket, made);
  return made;
}

/** What PHP sees as a resource; null for all else. */
export function resourceOf(value: unknown): Resource | null {
  if (value instanceof Duplex) return streamOf(value);
  return value instanceof Resource ? value : null;
}
