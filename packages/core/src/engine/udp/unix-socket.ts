import { unlinkSync } from 'node:fs';
import { type Libc, libc } from './libc.js';
import { ADDRESS_BYTES, pathIn, unixAddress } from './unix-address.js';

const LINUX = process.platform === 'linux' || process.platform === 'android';
const AF_UNIX = 1;
/** No program that is started inherits it; elsewhere Node sees to that itself. */
const SOCK_DGRAM = LINUX ? 2 | 0x80000 : 2;
const MSG_PEEK = 2;
const MSG_DONTWAIT = LINUX ? 0x40 : 0x80;
const SOL_SOCKET = LINUX ? 1 : 0xffff;
const SO_SNDBUF = LINUX ? 7 : 0x1001;
const SO_RCVBUF = LINUX ? 8 : 0x1002;
const EINTR = 4;
/** In bytes: more than a datagram has where nobody has raised the system's limits. */
const LARGEST = 1024 * 1024;

const received = Buffer.allocUnsafeSlow(LARGEST);
const address = Buffer.alloc(ADDRESS_BYTES);
const length = new Uint32Array(1);

/** What is to be released with a socket. */
interface Owned {
  /** -1 once it is closed. */
  fd: number;
  /** The file that it was bound to. */
  path: string | null;
  /** What calls back when there is something to receive. The event loop must not be left with a socket that is closed. */
  watch: { close(): void } | null;
}

const open = new Set<Owned>();
let exitIsAwaited = false;
/** Swoole closes a socket with the last variable that holds it. */
const forgotten = new FinalizationRegistry<Owned>(release);

/** A datagram, and the path of the socket that it came from: '' when it has none. */
export interface UnixDatagram {
  readonly data: Buffer;
  readonly path: string;
}

/**
 * A Unix datagram socket. Nothing waits: what cannot be done at once ends with the number of EAGAIN. While nobody watches it, it keeps
 * no program from ending.
 */
export class UnixDatagramSocket {
  readonly #libc: Libc;
  readonly #owned: Owned;

  /** @param fd one that was made; else one is @throws Error with `errno` when it cannot be made */
  constructor(fd?: number) {
    const calls = available();
    this.#libc = calls;
    this.#owned = {
      fd: fd ?? checked(calls, calls.socket(AF_UNIX, SOCK_DGRAM, 0)),
      path: null,
      watch: null,
    };
    if (!exitIsAwaited) process.once('exit', releaseAll);
    exitIsAwaited = true;
    open.add(this.#owned);
    forgotten.register(this, this.#owned, this);
  }

  /** Two that are connected to each other. @throws Error with `errno` when they cannot be made */
  static pair(): [UnixDatagramSocket, UnixDatagramSocket] {
    const calls = available();
    const fds = new Int32Array(2);
    checked(calls, calls.socketpair(AF_UNIX, SOCK_DGRAM, 0, fds));
    return [new UnixDatagramSocket(fds[0]), new UnixDatagramSocket(fds[1])];
  }

  /** Sends at once from a socket of another thread, which has the files of its process in common. @returns an error number, 0 for none */
  static sendFrom(fd: number, data: string | Uint8Array, path: string): number {
    return send(available(), fd, data, path);
  }

  /** The number of the socket in this process, -1 once it is closed. */
  get fd(): number {
    return this.#owned.fd;
  }

  /** @returns an error number, 0 for none */
  bind(path: string): number {
    const error = this.#result(this.#libc.bind(this.fd, unixAddress(path), ADDRESS_BYTES));
    if (error === 0) this.#owned.path = path;
    return error;
  }

  /** Binds it to a path that is its own: what is left there goes. @returns an error number, 0 for none */
  bindAnew(path: string): number {
    remove(path);
    return this.bind(path);
  }

  /** Sends there from now on, and takes datagrams from there only. @returns an error number, 0 for none */
  connect(path: string): number {
    return this.#result(this.#libc.connect(this.fd, unixAddress(path), ADDRESS_BYTES));
  }

  /** @param path where to, left out for where it is connected @returns an error number, 0 for none */
  send(data: string | Uint8Array, path: string | null = null): number {
    return send(this.#libc, this.fd, data, path);
  }

  /** @param keep leaves it to be received again @returns an error number when there is none */
  receive(keep = false): UnixDatagram | number {
    const flags = keep ? MSG_DONTWAIT | MSG_PEEK : MSG_DONTWAIT;
    for (;;) {
      length[0] = ADDRESS_BYTES;
      const got = this.#libc.recvfrom(this.fd, received, LARGEST, flags, address, length);
      if (got >= 0) {
        const data = Buffer.allocUnsafeSlow(got);
        received.copy(data, 0, 0, got);
        return { data, path: pathIn(address, length[0]) };
      }
      const error = this.#libc.errno();
      if (error !== EINTR) return error;
    }
  }

  /** Calls back once for each turn of the event loop in which there is something to receive; null for no more. */
  watch(callback: (() => void) | null): void {
    const owned = this.#owned;
    unwatch(owned);
    if (callback === null || owned.fd < 0) return;
    let asked = false;
    const call = (): void => {
      asked = false;
      if (owned.watch === watch) callback();
    };
    // What calls here is no part of Node, which would not look for what callbacks have promised.
    const watch = this.#libc.whenReadable(this.fd, () => {
      if (!asked) setImmediate(call);
      asked = true;
    });
    owned.watch = watch;
  }

  /** The path that it is bound to, '' for none. */
  get name(): string {
    length[0] = ADDRESS_BYTES;
    return this.#libc.getsockname(this.fd, address, length) === 0 ? pathIn(address, length[0]) : '';
  }

  /** The path that it is connected to, '' for a socket without one; null when it is not connected. */
  get peer(): string | null {
    length[0] = ADDRESS_BYTES;
    return this.#libc.getpeername(this.fd, address, length) === 0 ? pathIn(address, length[0]) : null;
  }

  /** How many bytes the system keeps of what is sent. More than it allows is as much as it allows. */
  setSendBufferSize(bytes: number): void {
    this.#libc.setsockopt(this.fd, SOL_SOCKET, SO_SNDBUF, Int32Array.of(bytes), 4);
  }

  /** How many bytes the system keeps of what has come. */
  setRecvBufferSize(bytes: number): void {
    this.#libc.setsockopt(this.fd, SOL_SOCKET, SO_RCVBUF, Int32Array.of(bytes), 4);
  }

  /** Closes it, once, and removes the file that it was bound to. */
  close(): void {
    if (this.fd < 0) return;
    forgotten.unregister(this);
    release(this.#owned);
  }

  #result(returned: number): number {
    return returned === 0 ? 0 : this.#libc.errno();
  }
}

/** Why there are none here; null where there are. */
export function unixDatagramsMissing(): string | null {
  const found = libc();
  return typeof found === 'string' ? found : null;
}

/** An error as those of Node's own sockets are. */
export function systemError(errno: number): NodeJS.ErrnoException {
  return Object.assign(new Error(`error ${errno} of a Unix datagram socket`), { errno: -errno });
}

function send(calls: Libc, fd: number, data: string | Uint8Array, path: string | null): number {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  const to = path === null ? null : unixAddress(path);
  const size = to === null ? 0 : ADDRESS_BYTES;
  for (;;) {
    if (calls.sendto(fd, bytes, bytes.length, MSG_DONTWAIT, to, size) >= 0) return 0;
    const error = calls.errno();
    if (error !== EINTR) return error;
  }
}

function available(): Libc {
  const found = libc();
  if (typeof found === 'string') throw new Error(`there are no Unix datagram sockets: ${found}`);
  return found;
}

function checked(calls: Libc, returned: number): number {
  if (returned < 0) throw systemError(calls.errno());
  return returned;
}

function unwatch(owned: Owned): void {
  owned.watch?.close();
  owned.watch = null;
}

function release(owned: Owned): void {
  open.delete(owned);
  unwatch(owned);
  available().close(owned.fd);
  owned.fd = -1;
  if (owned.path !== null) remove(owned.path);
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is not there, or not to be removed, as binding it will tell.
  }
}

function releaseAll(): void {
  for (const owned of open) release(owned);
}
