import { UnixDatagramSocket } from '../engine/udp/index.js';
import { wrongPath } from '../server/address.js';
import { Direction } from '../socket/direction.js';
import { EAGAIN } from '../socket/numbers.js';
import type { Datagram, Datagrams } from './datagrams.js';

/** In milliseconds: how often one who waits for room tries again. The system tells only of that of a socket's own peer. */
const TRY_MS = 1;

/** A Unix datagram socket: what comes waits in the system, which has whoever sends wait. */
export class UnixDatagramLink implements Datagrams {
  readonly reading: Direction;
  readonly #writing: Direction;
  readonly #socket: UnixDatagramSocket;

  /** @param fd the number that stands for the socket @throws Error with `errno` when none can be made */
  constructor(fd: number, socket = new UnixDatagramSocket()) {
    this.#socket = socket;
    this.reading = new Direction(fd, 'reading', {
      ref: () => socket.watch(() => this.reading.look()),
      unref: () => socket.watch(null),
    });
    let trying: NodeJS.Timeout | undefined;
    this.#writing = new Direction(fd, 'writing', {
      ref: () => {
        trying = setInterval(() => this.#writing.look(), TRY_MS);
      },
      unref: () => clearInterval(trying),
    });
  }

  /** Binds it where Swoole binds the socket of a client, so that it can be answered. @returns an error number, 0 for none */
  bindAsClient(): number {
    return this.#socket.bindAnew(`/tmp/swoole-client.${process.pid}.${this.#socket.fd}.sock`);
  }

  bindNow(path: string): number {
    return wrongPath(path) || this.#socket.bind(path);
  }

  /** Lets as many bytes wait as the system allows, at most so many. */
  keepUpTo(bytes: number): void {
    this.#socket.setSendBufferSize(bytes);
    this.#socket.setRecvBufferSize(bytes);
  }

  get optioned(): UnixDatagramSocket {
    return this.#socket;
  }

  get isBound(): boolean {
    return this.#socket.name !== '';
  }

  get isReadable(): boolean {
    return this.#socket.receive(true) !== EAGAIN;
  }

  async bind(port: number, path: string): Promise<number> {
    return wrongPath(path, port) || this.bindNow(path);
  }

  async connect(port: number, path: string): Promise<number> {
    return wrongPath(path, port) || this.#socket.connect(path);
  }

  async send(
    what: string,
    seconds: number,
    data: string | Uint8Array,
    port?: number,
    path?: string,
  ): Promise<number> {
    return this.#writing.until(what, seconds, () => {
      const error = this.post(data, port, path);
      return error === EAGAIN ? null : error;
    });
  }

  post(data: string | Uint8Array, port?: number, path?: string): number {
    if (path === undefined) return this.#socket.send(data);
    return wrongPath(path, port) || this.#socket.send(data, path);
  }

  receive(what: string, seconds: number, keep = false): Promise<Datagram | number> {
    return this.reading.until<Datagram | number>(what, seconds, () => {
      const got = this.#socket.receive(keep);
      if (typeof got === 'number') return got === EAGAIN ? null : got;
      return { data: got.data, from: { address: got.path, port: 0 } };
    });
  }

  peek(): Buffer | number {
    const got = this.#socket.receive(true);
    return typeof got === 'number' ? got : got.data;
  }

  name(): { address: string; port: number } {
    return { address: this.#socket.name, port: 0 };
  }

  peer(): { address: string; port: number } | null {
    const path = this.#socket.peer;
    return path === null ? null : { address: path, port: 0 };
  }

  close(error: number): void {
    this.reading.interrupt(error);
    this.#writing.interrupt(error);
    this.#socket.close();
  }
}
