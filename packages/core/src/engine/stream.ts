import type net from 'node:net';
import type { Bytes, CloseInfo, EngineConnection, EnginePort, TlsOptions } from './engine.js';

/**
 * The boundary for connections that carry bytes and no protocol: raw TCP, TLS and Unix stream sockets. A port of this kind is an
 * {@link EnginePort} like any other. Its connections never become WebSockets, so the WebSocket methods answer false.
 */
export interface StreamConnection extends EngineConnection {
  /**
   * Queues bytes, which are copied. What is written in one turn of the event loop leaves together.
   * @returns false once the connection is closed
   */
  write(data: Bytes): boolean;
  /**
   * Queues a part of a file, read no faster than the peer takes it. What is written after it leaves after it.
   * @returns false once the connection is closed
   */
  writeFile(path: string, offset: number, length: number): boolean;
  /** Sees to it that {@link StreamListener.drain} is called once what waits now has left. */
  expectDrain(): void;
  /** Stops reading; what arrives meanwhile waits. */
  pause(): void;
  /** Reads again: what waited is reported in one piece, in a later turn. */
  resume(): void;
  /** The client's TLS certificate in PEM, null when it showed none. */
  readonly certificate: string | null;
}

/** What a stream engine reports. `close` is also called from inside the calls that bring it about. */
export interface StreamListener {
  /** A connection was accepted; with TLS, its handshake is done. */
  connect(connection: StreamConnection): void;
  /** Bytes as they came. The chunk belongs to the listener. */
  data(connection: StreamConnection, chunk: Buffer): void;
  /** What was buffered for a slow peer has left, as far as `connection.bufferedAmount()` tells. */
  drain(connection: StreamConnection): void;
  /** The client has sent its end. The connection is closed at once unless this says that the listener will do so. */
  ended?(connection: StreamConnection): boolean;
  /** Nothing has gone either way for as long as {@link StreamOptions.idleTimeout} says. */
  idle(connection: StreamConnection): void;
  /** The connection is gone: called once for each, whoever ended it. `code` is 1006 for a broken connection, else 0. */
  close(connection: StreamConnection, info: CloseInfo): void;
}

export interface StreamTlsOptions extends TlsOptions {
  /** Files of the authorities of client certificates. With any, clients are asked for one; one that nobody vouches for is refused. */
  authorities: readonly string[];
  /** Whether a client must show a certificate. */
  verifyPeer: boolean;
  /** Whether a certificate may have signed itself. */
  allowSelfSigned: boolean;
  /** Certificates for clients that ask for a host by its name; `*.example.com` is any name below. */
  names: readonly { name: string; certFile: string; keyFile: string }[];
}

export interface StreamOptions {
  tls: StreamTlsOptions | null;
  /** The most connections that wait to be accepted. */
  backlog: number;
  noDelay: boolean;
  /** Milliseconds of silence after which TCP asks whether the peer is there; 0 for never. */
  keepAlive: number;
  /** True leaves a new connection unread until {@link StreamConnection.resume}. */
  paused: boolean;
  /** Milliseconds without a byte in either direction after which {@link StreamListener.idle} is called; 0 for never. */
  idleTimeout: number;
  /** Whether several sockets may listen on the same port. */
  reusePort: boolean;
}

/** A listening port for raw connections. */
export interface StreamPort extends EnginePort {
  /** Node's own server. */
  readonly socket: net.Server;
}

export interface StreamEngine {
  createPort(options: StreamOptions, listener: StreamListener): StreamPort;
}
