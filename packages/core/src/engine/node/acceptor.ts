import net from 'node:net';
import { MessagePort } from 'node:worker_threads';
import type { EngineAcceptor } from '../engine.js';
import { ReservedAddress } from '../reserved-address.js';
import { ThreadLink } from './thread-link.js';

/** How long a client may take to read the last words of a worker that is gone, in milliseconds. */
const LINGER_MS = 5_000;

/**
 * Accepts for ports in other threads. Node cannot hand a socket to another thread: the bytes of each connection go to and fro,
 * those of TLS as they are, no faster than they are read.
 */
export class NodeAcceptor extends ReservedAddress implements EngineAcceptor {
  private server: net.Server | null = null;
  private links: readonly ThreadLink[] = [];
  private readonly known = new Map<MessagePort, ThreadLink>();
  private readonly sockets = new Set<net.Socket>();
  /** How many connections the links in force have been given. */
  private given = 0;

  constructor() {
    // Node shares ports from version 22.12 on only.
    super(false);
  }

  handTo(shares: readonly unknown[]): void {
    this.links = shares.filter((share) => share instanceof MessagePort).map((port) => this.linkOf(port));
    this.given = 0;
    if (this.links.length > 0) this.listen();
    else this.stopListening();
  }

  close(): void {
    this.handTo([]);
    for (const link of this.known.values()) link.close();
    for (const socket of this.sockets) socket.destroySoon();
  }

  private linkOf(port: MessagePort): ThreadLink {
    const known = this.known.get(port);
    if (known !== undefined) return known;
    const link = new ThreadLink(
      port,
      (stranger) => stranger.destroy(),
      () => this.known.delete(port),
    );
    this.known.set(port, link);
    return link;
  }

  private listen(): void {
    if (this.server !== null || this.address === null) return;
    // The worker ends a connection whose client has ended its side, after what it still has to say.
    const server = net.createServer({ noDelay: true, allowHalfOpen: true }, (socket) => this.accept(socket));
    // A failed accept (too many open files) concerns the one who wanted in.
    server.on('error', () => {});
    server.listen({ ...this.address, exclusive: true });
    this.server = server;
  }

  private stopListening(): void {
    this.server?.close();
    this.server = null;
  }

  private accept(socket: net.Socket): void {
    const link = this.next();
    if (link === null) {
      socket.destroy();
      return;
    }
    const twin = link.connect(socket.remoteAddress, socket.remotePort);
    this.sockets.add(socket);
    socket
      .on('error', () => {})
      .on('close', () => {
        this.sockets.delete(socket);
        twin.destroy();
      });
    // With all said, what has not left still leaves; a connection that was broken off is broken off here, too.
    twin
      .on('error', () => {})
      .on('close', () => (twin.readableEnded ? socket.destroySoon() : socket.destroy()));
    // What a client still sends to a worker that is gone is thrown away, for a while.
    twin.on('end', () => {
      if (!link.open) setTimeout(() => socket.destroy(), LINGER_MS).unref();
    });
    socket.pipe(twin).pipe(socket);
  }

  /** The link whose turn it is; one whose thread has just died is passed over. */
  private next(): ThreadLink | null {
    const { links } = this;
    for (let tries = 0; tries < links.length; tries++) {
      const link = links[this.given++ % links.length];
      if (link?.open === true) return link;
    }
    return null;
  }
}
