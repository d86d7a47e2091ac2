import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import type { StreamListener, StreamOptions, StreamPort, StreamTlsOptions } from '../stream.js';
import { TcpConnection } from './connection.js';

/** In milliseconds: how long a client may take for its TLS handshake. */
const HANDSHAKE_TIMEOUT = 10_000;
/** Without these a list of ciphers would turn TLS 1.3 off. */
const TLS_1_3 = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256';
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
      const server = tls.createServer({ ...common, ...secureContext(secure), ...verification(secure) });
      server.on('connection', (socket) => this.keep(socket));
      server.on('secureConnection', (socket) => this.accept(socket, pemOf(socket.getPeerX509Certificate())));
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
    if (secure !== null) (this.socket as tls.Server).setSecureContext(secureContext(secure));
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

function secureContext(secure: StreamTlsOptions): tls.SecureContextOptions {
  return {
    cert: readFileSync(secure.certFile),
    key: readFileSync(secure.keyFile),
    minVersion: 'TLSv1.2',
    honorCipherOrder: true,
    ...(secure.passphrase === undefined ? {} : { passphrase: secure.passphrase }),
    ...(secure.caFile === undefined ? {} : { ca: readFileSync(secure.caFile) }),
    ...(secure.ciphers === undefined ? {} : { ciphers: `${TLS_1_3}:${secure.ciphers}` }),
    ...(secure.dhParamsFile === undefined ? {} : { dhparam: readFileSync(secure.dhParamsFile) }),
  };
}

function verification(secure: StreamTlsOptions): tls.TlsOptions {
  return {
    handshakeTimeout: HANDSHAKE_TIMEOUT,
    requestCert: secure.verifyPeer || secure.caFile !== undefined,
    rejectUnauthorized: secure.verifyPeer && !secure.allowSelfSigned,
  };
}

function pemOf(certificate: { toString(): string } | undefined): string | null {
  return certificate === undefined ? null : certificate.toString();
}
