import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { Channel } from '../coroutine/channel.js';

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
  readonly #received = new Channel<Datagram>(MOST_WAITING);

  constructor(version6: boolean) {
    this.socket = createSocket(version6 ? 'udp6' : 'udp4');
    this.socket.on('message', (data, from) => {
      if (!this.#received.isFull()) void this.#received.push({ data, from });
    });
    // A refused datagram: who waits for an answer is told by the time.
    this.socket.on('error', () => {});
  }

  async connect(port: number, host: string): Promise<void> {
    this.socket.connect(port, host);
    await once(this.socket, 'connect');
  }

  /** @returns whether the system took it */
  send(data: string | Uint8Array, port?: number, address?: string): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (error: Error | null): void => resolve(error === null);
      if (port === undefined) this.socket.send(data, done);
      else this.socket.send(data, port, address, done);
    });
  }

  /** @param seconds no limit from 0 down */
  receive(seconds: number): Promise<Datagram | false> {
    return this.#received.pop(seconds);
  }

  /** The address of this side; null before anything was sent. */
  name(): { address: string; port: number } | null {
    try {
      return this.socket.address();
    } catch {
      return null;
    }
  }

  close(): void {
    this.socket.close();
    void this.#received.close();
  }
}
