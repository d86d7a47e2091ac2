import type { DatagramListener, DatagramPort } from '../datagram.js';
import type { Bytes } from '../engine.js';
import { systemError, UnixDatagramSocket } from './unix-socket.js';

/** How many datagrams are handed out before others have their turn. */
const MOST_AT_ONCE = 100;
/** In bytes: what Swoole's buffer has room for beside the sender's address. The rest of a longer datagram is lost. */
const LARGEST = 128 * 1024 - 128;

/** A port for datagrams over a Unix socket. */
export class UnixDatagramPort implements DatagramPort {
  readonly socket = null;
  readonly #socket = new UnixDatagramSocket();

  constructor(
    bufferSize: number,
    private readonly listener: DatagramListener,
  ) {
    this.#socket.setSendBufferSize(bufferSize);
    this.#socket.setRecvBufferSize(bufferSize);
  }

  /** Never called: it has a path. */
  listen(): Promise<number> {
    return Promise.reject(new Error('a Unix socket has no port'));
  }

  async listenUnix(path: string): Promise<void> {
    const error = this.#socket.bind(path);
    if (error !== 0) throw systemError(error);
    this.#socket.watch(() => this.#receive());
  }

  get share(): number {
    return this.#socket.fd;
  }

  send(data: Bytes, path: string): number {
    return this.#socket.send(data, path);
  }

  stopListening(): void {
    this.#socket.watch(null);
  }

  close(): void {
    this.#socket.close();
  }

  reloadCertificate(): void {}

  #receive(): void {
    for (let left = MOST_AT_ONCE; left > 0; left--) {
      const got = this.#socket.receive();
      // Whatever else has gone wrong is over with having been told.
      if (typeof got === 'number') return;
      this.listener.packet(got.data.subarray(0, LARGEST), got.path, 0);
    }
  }
}
