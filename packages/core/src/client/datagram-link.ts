import { createSocket, type Socket } from 'node:dgram';
import { Fifo } from '../coroutine/fifo.js';
import { Direction } from '../socket/direction.js';
import { errorNumber } from '../socket/error-number.js';
import { EAGAIN } from '../socket/numbers.js';
import type { Datagram, Datagrams } from './datagrams.js';

/** How many datagrams wait to be received; more are dropped, as the system does. */
const MOST_WAITING = 1024;

/** A UDP socket. */
export class DatagramLink implements Datagrams {
  readonly socket: Socket;
  readonly reading: Direction;
  readonly #received = new Fifo<Datagram>();

  /** @param fd the number that stands for the socket */
  constructor(fd: number, version6: boolean, reusePort = false) {
    this.socket = createSocket({ type: version6 ? 'udp6' : 'udp4', ...(reusePort ? { reusePort } : {}) });
    this.reading = new Direction(fd, 'reading', this.socket);
    this.socket.unref();
    this.socket.on('message', (data, from) => {
      if (this.#received.length < MOST_WAITING) this.#received.push({ data, from });
      this.reading.look();
    });
    // A refused datagram: who waits for an answer is told by the time.
    this.socket.on('error', () => {});
  }

  bind(port: number, address: string): Promise<number> {
    return this.#result((done) => this.socket.bind(port, address, done));
  }

  connect(port: number, host: string): Promise<number> {
    return this.#result((done) => this.socket.connect(port, host, done));
  }

  send(
    _what: string,
    _seconds: number,
    data: string | Uint8Array,
    port?: number,
    address?: string,
  ): Promise<number> {
    return new Promise((resolve) => {
      const done = (error: Error | null): void => resolve(error === null ? 0 : errorNumber(error));
      if (port === undefined) this.socket.send(data, done);
      else this.socket.send(data, port, address, done);
    });
  }

  /** What becomes of it nobody is told. */
  post(data: string | Uint8Array, port?: number, address?: string): number {
    void this.send('', -1, data, port, address);
    return 0;
  }

  receive(what: string, seconds: number, keep = false): Promise<Datagram | number> {
    const received = this.#received;
    return this.reading.until(what, seconds, () => (keep ? received.first : received.shift()) ?? null);
  }

  get isReadable(): boolean {
    return this.#received.length > 0;
  }

  peek(): Buffer | number {
    return this.#received.first?.data ?? EAGAIN;
  }

  get isBound(): boolean {
    return this.name() !== null;
  }

  get optioned(): Socket | null {
    return this.isBound ? this.socket : null;
  }

  name(): { address: string; port: number } | null {
    try {
      return this.socket.address();
    } catch {
      return null;
    }
  }

  peer(): { address: string; port: number } | null {
    try {
      return this.socket.remoteAddress();
    } catch {
      return null;
    }
  }

  close(error: number): void {
    this.socket.close();
    this.reading.interrupt(error);
  }

  #result(begin: (done: (error?: Error) => void) => void): Promise<number> {
    const { socket } = this;
    return new Promise((resolve) => {
      const failed = (error: Error): void => resolve(errorNumber(error));
      socket.once('error', failed);
      begin((error) => {
        socket.off('error', failed);
        resolve(error instanceof Error ? errorNumber(error) : 0);
      });
    });
  }
}
