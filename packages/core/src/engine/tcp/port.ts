import type { X509Certificate } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import { secureContextOptions } from '../secure-context.js';
import type { StreamListener, StreamOptions, StreamPort, StreamTlsOptions } from '../stream.js';
import { TcpConnection } from './connection.js';

/** In milliseconds: how long a client may take for its TLS handshake. */
const HANDSHAKE_TIMEOUT = 10_000;
/** In milliseconds: how long the last bytes may take once the port is closed. */
const PATIENCE = 1_000;

/** A listening port for raw connections. */
export class TcpPort implements StreamPort {
  readonly socket: net.Server;
  /** Those in their TLS handshake too. */
  private readonly sockets = new Set<net.Socket>();

  constructor(
    private readonly options: StreamOptions,
    private readonly listener: StreamListener,
  ) {
    const common = {
      allowHalfOpen: true,
      noDelay: options.noDelay,
      keepAlive: options.keepAlive > 0,
      keepAliveInitialDelay: options.keepAlive,
    };
    const { tls: secure } = options;
    if (secure === null) {
      this.socket = net.createServer({ ...common, pauseOnConnect: options.paused }, (socket) => {
        this.keep(socket);
        this.accept(socket, null);
      });
    } else {
      const server = tls.createServer({
        ...common,
        ...secureContext(secure, secure),
        handshakeTimeout: HANDSHAKE_TIMEOUT,
        requestCert: secure.verifyPeer || secure.authorities.length > 0,
        // Judged by admits(): those without a certificate may be welcome.
        rejectUnauthorized: false,
      });
      for (const files of secure.names) server.addContext(files.name, secureContext(secure, files));
      server.on('connection', (socket) => this.keep(socket));
      server.on('secureConnection', (socket) => {
        const certificate = socket.getPeerX509Certificate() ?? null;
        if (admits(secure, socket, certificate)) this.accept(socket, certificate?.toString() ?? null);
        else socket.destroy();
      });
      this.socket = server;
    }
    // Nobody can be told of a connection that was not made; the next may be.
    this.socket.on('error', () => {});
  }

  listen(host: string, port: number): Promise<number> {
    const { backlog, reusePort } = this.options;
    const options = { host, port, backlog, ...(reusePort ? { reusePort } : {}) };
    return this.bind(options, () => (this.socket.address() as net.AddressInfo).port);
  }

  listenUnix(path: string): Promise<void> {
    return this.bind({ path, backlog: this.options.backlog }, () => undefined);
  }

  stopListening(): void {
    this.socket.close();
  }

  close(): void {
    this.stopListening();
    for (const socket of this.sockets) {
      if (socket.writableLength === 0) socket.destroy();
      else setTimeout(() => socket.destroy(), PATIENCE);
    }
  }

  reloadCertificate(): void {
    const { tls: secure } = this.options;
    if (secure === null) return;
    const server = this.socket as tls.Server;
    server.setSecureContext(secureContext(secure, secure));
    // The context that was added last wins.
    for (const files of secure.names) server.addContext(files.name, secureContext(secure, files));
  }

  private bind<T>(options: net.ListenOptions, result: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.socket.once('error', reject);
      this.socket.listen(options, () => {
        this.socket.off('error', reject);
        resolve(result());
      });
    });
  }

  private keep(socket: net.Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
  }

  private accept(socket: net.Socket, certificate: string | null): void {
    const { paused, idleTimeout } = this.options;
    new TcpConnection(socket, this.listener, paused, idleTimeout, certificate).begin();
  }
}

function secureContext(
  secure: StreamTlsOptions,
  files: { certFile: string; keyFile: string },
): tls.SecureContextOptions {
  return secureContextOptions(secure, files, secure.authorities);
}

/** Whether a client may stay, by the certificate that it has shown. */
function admits(
  secure: StreamTlsOptions,
  socket: tls.TLSSocket,
  certificate: X509Certificate | null,
): boolean {
  if (certificate === null) return !secure.verifyPeer;
  if (socket.authorized) return true;
  // Node's types have an Error here, Node has its code.
  return secure.allowSelfSigned && String(socket.authorizationError) === 'DEPTH_ZERO_SELF_SIGNED_CERT';
}
