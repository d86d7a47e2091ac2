import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { echo, toStdout } from '../output/buffer.js';
import { Resource } from './resource.js';

const CHUNK = 8192;
/** The most that is read at once. */
const MOST = 1024 * 1024;

/** Where a stream keeps its bytes. */
export interface Store {
  /** Up to `size` bytes from `position` on; empty at the end. */
  read(position: number, size: number): Buffer;
  write(position: number, data: Uint8Array): number;
  size(): number;
  truncate(size: number): void;
  close(): void;
  /** Whether a position means anything: not for a pipe or a terminal. */
  readonly seekable: boolean;
  readonly fd: number | null;
}

/** A file that is open: what `fopen` gives. */
export class Stream extends Resource {
  static override readonly phpName: string = 'stream';
  readonly uri: string;
  readonly mode: string;
  readonly store: Store;
  position = 0;
  ended = false;
  #held: Buffer = Buffer.alloc(0);

  constructor(store: Store, uri: string, mode: string, id?: number) {
    super('stream', id);
    this.store = store;
    this.uri = uri;
    this.mode = mode;
  }

  /** The number of the file, for what watches it. */
  get fd(): number | null {
    return this.store.fd;
  }

  read(size: number): Buffer {
    while (this.#held.length < size && this.#more(size - this.#held.length));
    if (this.#held.length < size) this.ended = true;
    return this.#take(Math.min(size, this.#held.length));
  }

  /** Up to and with the next `end`, at most `most` bytes; null at the end of the file. */
  line(most: number, end = 10): Buffer | null {
    let from = 0;
    for (;;) {
      const at = this.#held.indexOf(end, from);
      if (at >= 0 && at < most) return this.#take(at + 1);
      if (this.#held.length >= most) return this.#take(most);
      from = this.#held.length;
      if (!this.#more(CHUNK)) break;
    }
    this.ended = true;
    return this.#held.length === 0 ? null : this.#take(this.#held.length);
  }

  #more(size: number): boolean {
    const part = this.store.read(
      this.position + this.#held.length,
      Math.min(Math.max(size, this.store.seekable ? CHUNK : 1), MOST),
    );
    this.#held = this.#held.length === 0 ? part : Buffer.concat([this.#held, part]);
    return part.length > 0;
  }

  #take(size: number): Buffer {
    const part = this.#held.subarray(0, size);
    this.#held = this.#held.subarray(size);
    this.position += size;
    return part;
  }

  write(data: Uint8Array): number {
    this.#held = Buffer.alloc(0);
    if (this.mode.startsWith('a')) this.position = this.store.size();
    const written = this.store.write(this.position, data);
    this.position += written;
    return written;
  }

  seek(position: number): void {
    this.#held = Buffer.alloc(0);
    this.position = position;
    this.ended = false;
  }

  close(): void {
    this.closed = true;
    this.store.close();
  }
}

/** A file of the system. */
export function fileStore(fd: number): Store {
  const seekable = fstatSync(fd).isFile();
  return {
    fd,
    seekable,
    read: (position, size) => {
      const part = Buffer.allocUnsafe(Math.max(size, 1));
      return part.subarray(0, readSome(fd, part, seekable ? position : null));
    },
    write: (position, data) => {
      if (fd === 1) toStdout(data);
      else
        for (let at = 0; at < data.length; )
          at += writeSync(fd, data, at, data.length - at, seekable ? position + at : null);
      return data.length;
    },
    size: () => fstatSync(fd).size,
    truncate: (size) => ftruncateSync(fd, size),
    close: () => {
      if (fd > 2) closeSync(fd);
    },
  };
}

function readSome(fd: number, into: Buffer, position: number | null): number {
  for (;;) {
    try {
      return readSync(fd, into, 0, into.length, position);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      // Standard input that somebody set to non-blocking has nothing yet.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/** Bytes in memory: `php://memory` and `php://temp`. */
export function memoryStore(): Store {
  let held = Buffer.alloc(0);
  return {
    fd: null,
    seekable: true,
    read: (position, size) => held.subarray(position, position + size),
    write: (position, data) => {
      const next = Buffer.alloc(Math.max(held.length, position + data.length));
      held.copy(next);
      next.set(data, position);
      held = next;
      return data.length;
    },
    size: () => held.length,
    truncate: (size) => {
      const next = Buffer.alloc(size);
      held.copy(next);
      held = next;
    },
    close: () => {
      held = Buffer.alloc(0);
    },
  };
}

/** What goes through `echo`: `php://output`. */
export function outputStore(): Store {
  return {
    fd: null,
    seekable: false,
    read: () => Buffer.alloc(0),
    write: (_position, data) => {
      echo(data);
      return data.length;
    },
    size: () => 0,
    truncate: () => {},
    close: () => {},
  };
}

/** Opens a file, or throws Node's error. */
export function openStream(path: string, mode: string): Stream {
  const kind = mode.replace(/[bt]/g, '');
  const special = specialStore(path);
  if (special !== null) return new Stream(special, path, kind);
  const flags: { readonly [mode: string]: string } = {
    r: 'r',
    'r+': 'r+',
    w: 'w',
    'w+': 'w+',
    a: 'a',
    'a+': 'a+',
    x: 'wx',
    'x+': 'wx+',
  };
  const plain = path.replace(/^file:\/\//, '');
  if (kind === 'c' || kind === 'c+') return new Stream(fileStore(openExisting(plain)), path, kind);
  const stream = new Stream(fileStore(openSync(plain, flags[kind] ?? 'r')), path, kind);
  return stream;
}

function openExisting(path: string): number {
  try {
    return openSync(path, 'r+');
  } catch {
    return openSync(path, 'w+');
  }
}

function specialStore(path: string): Store | null {
  const name = path.toLowerCase();
  if (name === 'php://stdin') return fileStore(0);
  if (name === 'php://stdout') return fileStore(1);
  if (name === 'php://stderr') return fileStore(2);
  if (name === 'php://output') return outputStore();
  return /^php:\/\/(?:memory|temp)/.test(name) ? memoryStore() : null;
}
