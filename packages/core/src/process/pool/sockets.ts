import { createServer, type Server, type Socket } from 'node:net';

/** Where a pool takes packets. */
export type Listening =
  | { readonly path: string; readonly backlog: number }
  | { readonly host: string; readonly port: number; readonly backlog: number };

/** The length before a packet, in bytes. */
const HEAD = 4;
/** How long a client may take for its packet, in milliseconds. */
const PATIENCE_MS = 60_000;

interface Packet {
  readonly socket: Socket;
  readonly bytes: Uint8Array;
}

/** The clients of a pool: each sends one packet, which the first worker without work gets, and is sent its answer. */
export class PoolSockets {
  private readonly servers: Server[] = [];
  private readonly clients = new Set<Socket>();
  private readonly waiting: Packet[] = [];
  private readonly free = new Map<number, (bytes: Uint8Array) => void>();
  private readonly served = new Map<number, Socket>();

  /** @param most the largest packet, in bytes */
  constructor(private readonly most: number) {}

  /** @throws Error when the address is taken */
  listen(where: Listening): Promise<void> {
    const server = createServer((socket) => this.accept(socket));
    this.servers.push(server);
    return new Promise((resolve, reject) => {
      server.once('error', reject).listen(where, () => {
        server.off('error', reject).on('error', () => {});
        resolve();
      });
    });
  }

  /** A worker has nothing to do. */
  idle(worker: number, give: (bytes: Uint8Array) => void): void {
    this.free.set(worker, give);
    this.next();
  }

  /** A worker has handled its packet. */
  answer(worker: number, bytes: Uint8Array): void {
    const socket = this.served.get(worker);
    this.served.delete(worker);
    if (socket === undefined) return;
    if (bytes.length === 0) {
      socket.end();
      return;
    }
    const head = Buffer.alloc(HEAD);
    head.writeUInt32BE(bytes.length);
    socket.end(Buffer.concat([head, bytes]));
  }

  /** A worker has ended; whom it served is closed. */
  gone(worker: number): void {
    this.free.delete(worker);
    this.served.get(worker)?.destroy();
    this.served.delete(worker);
  }

  close(): void {
    for (const server of this.servers) server.close();
    for (const socket of this.clients) if (![...this.served.values()].includes(socket)) socket.destroy();
  }

  private accept(socket: Socket): void {
    this.clients.add(socket);
    let come = Buffer.alloc(0);
    socket
      .setTimeout(PATIENCE_MS, () => socket.destroy())
      .on('error', () => {})
      .on('close', () => this.clients.delete(socket))
      .on('data', (bytes: Buffer) => {
        come = Buffer.concat([come, bytes]);
        if (come.length < HEAD) return;
        const length = come.readUInt32BE();
        if (length === 0 || length > this.most) socket.destroy();
        else if (come.length >= HEAD + length) {
          socket.removeAllListeners('data').setTimeout(0);
          socket.resume();
          this.waiting.push({ socket, bytes: new Uint8Array(come.subarray(HEAD, HEAD + length)) });
          this.next();
        }
      });
  }

  private next(): void {
    for (const [worker, give] of this.free) {
      const packet = this.waiting.shift();
      if (packet === undefined) return;
      this.free.delete(worker);
      this.served.set(worker, packet.socket);
      give(packet.bytes);
    }
  }
}
