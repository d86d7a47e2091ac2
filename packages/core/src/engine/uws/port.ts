import type { CloseInfo, EngineListener, EnginePort, ListenOptions } from '../engine.js';
import { listenError, probe } from '../probe.js';
import type { UwsApp, UwsBinding, UwsListenSocket, UwsResponse } from './binding.js';
import { closeInfo } from './close-info.js';
import { enterCork, type SocketData, type UwsConnection } from './connection.js';
import { copyHead } from './head.js';
import { Identity } from './identity.js';
import { Peers } from './peers.js';
import { uwsTls } from './tls.js';

/** A listening port on uWebSockets.js. */
export class UwsPort implements EnginePort {
  readonly identity = new Identity(this);
  readonly peers = new Peers(this);
  private app: UwsApp<SocketData>;
  private listening: UwsListenSocket[] = [];
  private bound: { host: string; port: number } | null = null;
  private readonly sockets = new Set<UwsConnection>();
  /** The connection whose response is being ended, which may close it with no other word. */
  private endingNow: UwsConnection | null = null;
  private ended: { connection: UwsConnection; info: CloseInfo } | null = null;

  constructor(
    private readonly binding: UwsBinding,
    private readonly options: ListenOptions,
    readonly listener: EngineListener,
  ) {
    this.app = this.createApp();
  }

  async listen(host: string, port: number): Promise<number> {
    // uWebSockets.js shares ports silently, tells no reason when it fails, and lets nobody share a port that the system chose.
    const chosen = this.options.reusePort && port !== 0 ? port : await probe({ host, port });
    if (!(await this.bind(host, chosen))) {
      await probe({ host, port: chosen });
      throw listenError(`${host}:${chosen}`);
    }
    this.bound = { host, port: chosen };
    return chosen;
  }

  async listenUnix(path: string): Promise<void> {
    const listening = await new Promise<boolean>((resolve) => {
      this.app.listen_unix((socket) => {
        if (socket) this.listening.push(socket);
        resolve(Boolean(socket));
      }, path);
    });
    if (listening) return;
    await probe({ path });
    throw listenError(path);
  }

  private bind(host: string, port: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.app.listen(host, port, (socket) => {
        if (socket) this.listening.push(socket);
        resolve(Boolean(socket));
      });
    });
  }

  get share(): unknown {
    return this.app.getDescriptor();
  }

  stopListening(): void {
    for (const socket of this.listening.splice(0)) this.binding.us_listen_socket_close(socket);
  }

  close(): void {
    this.stopListening();
    for (const connection of [...this.peers.all(), ...this.sockets]) connection.close();
    this.app.close();
  }

  /** uWebSockets.js cannot swap a certificate, so a second app takes over the port; the connections of the first go on. */
  reloadCertificate(): void {
    if (this.options.tls === null || this.bound === null) return;
    const app = this.createApp();
    const { host, port } = this.bound;
    app.listen(host, port, (socket) => {
      if (!socket) return;
      this.stopListening();
      this.listening.push(socket);
      this.app = app;
    });
  }

  beginEnd(connection: UwsConnection | null): void {
    this.endingNow = connection;
  }

  endedByServer(connection: UwsConnection, code: number, reason: string): void {
    this.ended = { connection, info: { code, reason, wasClean: true } };
  }

  closed(connection: UwsConnection, info: CloseInfo): void {
    this.peers.forget(connection);
    this.sockets.delete(connection);
    this.listener.close(connection, info);
  }

  private createApp(): UwsApp<SocketData> {
    const { binding, options, listener } = this;
    const app =
      options.tls === null ? binding.App<SocketData>() : binding.SSLApp<SocketData>(uwsTls(options.tls));
    app.filter((res, count) => this.filter(res, count));
    app.ws('/*', {
      compression: options.compression
        ? binding.SHARED_COMPRESSOR | binding.SHARED_DECOMPRESSOR
        : binding.DISABLED,
      maxPayloadLength: options.maxPayload,
      maxBackpressure: options.maxBackpressure,
      // Swoole's heartbeat is the server's own; nothing is sent or closed by itself.
      idleTimeout: 0,
      sendPingsAutomatically: false,
      upgrade: (res, req, context) => {
        this.context = context;
        this.identity.upgradeHead(res, copyHead(req, 'GET'), context);
      },
      open: (ws) => {
        const { connection } = ws;
        this.peers.forget(connection);
        // It may have been ended before it was a WebSocket; then its close was reported already.
        if (connection.open) this.sockets.add(connection);
        enterCork(connection);
        connection.opened(ws);
        if (connection.open) listener.open(connection);
        enterCork(null);
      },
      message: (ws, message, isBinary) => ws.connection.deliver(message, isBinary),
      ping: (ws, message) => {
        if (!ws.connection.open) return;
        enterCork(ws.connection);
        ws.connection.pinged = true;
        listener.ping(ws.connection, message);
        enterCork(null);
      },
      pong: (ws, message) => {
        if (!ws.connection.open) return;
        enterCork(ws.connection);
        listener.pong(ws.connection, message);
        enterCork(null);
      },
      drain: (ws) => ws.connection.drained(),
      close: (ws, code, message) => {
        const info = this.ended?.connection === ws.connection ? this.ended.info : closeInfo(code, message);
        this.ended = null;
        ws.connection.lost(info);
      },
    });
    app.get('/*', (res, req) => this.identity.head(res, copyHead(req, 'GET'), this.context));
    app.any('/*', (res, req) => this.identity.head(res, copyHead(req), this.context));
    return app;
  }

  private context: object | null = null;

  private filter(res: UwsResponse, count: number): void {
    this.identity.settle();
    if (count > 0) {
      const connection = this.peers.accept(res);
      // As inside a cork: the native object must outlive this report.
      enterCork(connection);
      this.listener.connect(connection);
      enterCork(null);
    } else if (this.endingNow !== null) {
      const connection = this.endingNow;
      this.endingNow = null;
      connection.lost();
    }
  }
}
