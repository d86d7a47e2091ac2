import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { Fifo } from '../coroutine/fifo.js';
import { Direction } from '../socket/direction.js';
import { errorNumber } from '../socket/error-number.js';

/** How many datagrams wait to be received; more are dropped, as the system does. */
const MOST_WAITING = 1024;

/** A datagram, and where it came from. */
export interface Datagram {
  readonly data: Buffer;
  readonly from: RemoteInfo;
}

/** A datagram socket whose datagrams wait until somebody receives them. */
export class DatagramLink {
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

  /** @returns an error number, 0 for none */
  bind(port: number, address: string): Promise<number> {
    return this.#result((done) => this.socket.bind(port, address, done));
  }

  /** @returns an error number, 0 for none */
  connect(port: number, host: string): Promise<number> {
    return this.#result((done) => this.socket.connect(port, host, done));
  }

  /** @returns an error number, 0 when the system took it */
  send(data: string | Uint8Array, port?: number, address?: string): Promise<number> {
    return new Promise((resolve) => {
      const done = (error: Error | null): void => resolve(error === null ? 0 : errorNumber(error));
      if (port === undefined) this.socket.send(data, done);
      else this.socket.send(data, port, address, done);
    });
  }

  /**
   * @param seconds no limit from 0 down
   * @param keep leaves it to be received again
   * @returns an error number when nothing came
   */
  receive(what: string, seconds: number, keep = false): Promise<Datagram | number> {
    const received = this.#received;
    return this.reading.until(what, seconds, () => (keep ? received.first : received.shift()) ?? null);
  }

  /** Whether a datagram has come. */
  get isReadable(): boolean {
    return this.#received.length > 0;
  }

  /** The address of this side; null before anything was sent. */
  name(): { address: string; port: number } | null {
    try {
      return this.socket.address();
    } catch {
      return null;
    }
  }

  /** The address of the other side; null when it is not connected. */
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
