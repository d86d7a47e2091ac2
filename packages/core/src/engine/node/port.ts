import net from 'node:net';
import tls from 'node:tls';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { CloseInfo, EngineListener, EnginePort, ListenOptions, TlsOptions } from '../engine.js';
import { secureContextOptions } from '../secure-context.js';
import { NodeConnection } from './connection.js';
import type { DuplexSocket } from './duplex-socket.js';
import { Http2 } from './http2.js';
import { ThreadLink } from './thread-link.js';

/** How often connections that stand still are looked for, in milliseconds. */
const SWEEP_MS = 5_000;
/** How long nothing may come of a request that has begun, in milliseconds. */
const SILENCE_MS = 10_000;
/** How long the head of a request may take, in milliseconds. */
const HEAD_MS = 60_000;

/** A listening port on node:net, with TLS on node:tls. */
export class NodePort implements EnginePort {
  /** Null when the port speaks HTTP/1 only. */
  readonly http2: Http2 | null;
  private server: net.Server | null = null;
  private context: tls.SecureContext | null;
  private readonly connections = new Set<NodeConnection>();
  /** Closed, with bytes that the peer has not read yet. */
  private readonly leaving = new Set<NodeConnection>();
  private sweeper: NodeJS.Timeout | null = null;
  /** Where connections come from that another thread accepts. */
  private link: ThreadLink | null = null;

  constructor(
    readonly options: ListenOptions,
    readonly listener: EngineListener,
  ) {
    this.http2 = options.http2 === null ? null : new Http2(options.http2, listener);
    this.context = options.tls === null ? null : secureContext(options.tls);
  }

  async listen(host: string, port: number): Promise<number> {
    const { reusePort } = this.options;
    const server = await this.bind({ host, port, ...(reusePort ? { reusePort } : {}) });
    return (server.address() as net.AddressInfo).port;
  }

  async listenUnix(path: string): Promise<void> {
    await this.bind({ path });
  }

  /** The end of a way by which another thread gives it connections. */
  get share(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.link = new ThreadLink(
      port1,
      (socket) => this.accept(socket),
      () => {},
    );
    return port2;
  }

  stopListening(): void {
    this.server?.close();
    this.server = null;
  }

  close(): void {
    this.stopListening();
    for (const connection of [...this.connections]) connection.close();
    this.link?.close();
  }

  reloadCertificate(): void {
    if (this.options.tls !== null) this.context = secureContext(this.options.tls);
  }

  /** Reports the end of a connection. */
  closed(connection: NodeConnection, info: CloseInfo): void {
    this.connections.delete(connection);
    this.leaving.add(connection);
    this.listener.close(connection, info);
  }

  /** Its socket is closed. */
  gone(connection: NodeConnection): void {
    this.leaving.delete(connection);
    this.rest();
  }

  private bind(where: net.ListenOptions): Promise<net.Server> {
    return new Promise((resolve, reject) => {
      const server = net.createServer({ noDelay: true }, (socket) => this.accept(socket));
      server.once('error', reject);
      server.listen({ ...where, exclusive: true }, () => {
        server.off('error', reject);
        // A failed accept (too many open files) concerns the one who wanted in.
        server.on('error', () => {});
        this.server = server;
        resolve(server);
      });
    });
  }

  private accept(socket: DuplexSocket): void {
    const connection = new NodeConnection(this, socket);
    this.connections.add(connection);
    this.sweeper ??= setInterval(() => this.sweep(), SWEEP_MS).unref();
    this.listener.connect(connection);
    if (connection.open) connection.begin(this.context === null ? socket : this.secure(socket, this.context));
  }

  private secure(socket: DuplexSocket, secureContext: tls.SecureContext): tls.TLSSocket {
    return new tls.TLSSocket(socket, {
      isServer: true,
      secureContext,
      ...(this.http2 === null ? {} : { ALPNProtocols: ['h2', 'http/1.1'] }),
    });
  }

  /** Ends what stands still: requests that do not go on, and peers that do not read what is left for them. */
  private sweep(): void {
    const now = Date.now();
    for (const connection of this.connections)
      if (connection.dawdles(now, SILENCE_MS, HEAD_MS)) connection.close();
    for (const connection of this.leaving)
      if (connection.transport.standsStill()) connection.transport.destroy();
    this.rest();
  }

  /** No timer is left behind when nobody is there. */
  private rest(): void {
    if (this.connections.size + this.leaving.size > 0 || this.sweeper === null) return;
    clearInterval(this.sweeper);
    this.sweeper = null;
  }
}

/** @throws Error when a file cannot be read or used */
function secureContext(options: TlsOptions): tls.SecureContext {
  return tls.createSecureContext(secureContextOptions(options, options, []));
}
