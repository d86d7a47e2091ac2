/**
 * The boundary to whatever owns the sockets. An engine knows nothing of Swoole: it reports connections, requests and
 * messages to an {@link EngineListener} and does what it is told through {@link EngineConnection} and {@link Exchange}.
 */

/** Bytes to send: text is sent as UTF-8. */
export type Bytes = string | Uint8Array;

/** Bytes that were received. */
export type MessageBytes = ArrayBuffer | Buffer;

/** The head of an HTTP request, copied: it stays valid for as long as it is kept. */
export interface RequestHead {
  /** As sent: `GET`, `POST`, `M-SEARCH`… */
  readonly method: string;
  /** The request target without its query, as sent (percent-encoded). */
  readonly path: string;
  /** What follows the first `?`, as sent; empty when there is none. */
  readonly query: string;
  readonly version: '1.0' | '1.1' | '2';
  /** The number of an HTTP/2 stream. */
  readonly stream?: number;
  /** Name, value, name, value…; names in lower case, in the order received, repeats kept. */
  readonly headers: readonly string[];
}

/** One request and its response. After {@link open} turns false every method does nothing. */
export interface Exchange {
  readonly head: RequestHead;
  readonly connection: EngineConnection;
  /** False once the response has ended, the connection was upgraded, or the peer is gone. */
  readonly open: boolean;
  /** True once {@link start} was called. */
  readonly started: boolean;
  /** Slot for the owner of the exchange (the server keeps its Request and Response here). */
  owner: unknown;

  /**
   * Sends a whole response with its Content-Length.
   * @param status the code and the reason, for example `200 OK`
   * @param headers name, value, name, value…, already checked: no CR, LF or NUL
   * @param close true ends the connection after the response
   */
  respond(status: string, headers: readonly string[], body: Bytes, close?: boolean): void;
  /**
   * Sends a head and no body (HEAD, 204, 304).
   * @param length the Content-Length to announce, null for none
   */
  respondHead(status: string, headers: readonly string[], length: number | null, close?: boolean): void;
  /** Begins a chunked response. */
  start(status: string, headers: readonly string[]): void;
  /** Sends one chunk; returns false when the peer is slow and the chunk was buffered. Empty chunks are not sent. */
  write(chunk: Bytes): boolean;
  /**
   * Ends a chunked response.
   * @param trailers name, value, name, value…; left out by an engine that cannot send any
   */
  finish(chunk?: Bytes, close?: boolean, trailers?: readonly string[]): void;
  /**
   * Sends `length` bytes of a stream as the body, no faster than the peer reads.
   * @returns when all is sent; rejects when the stream fails or the peer goes away
   */
  stream(
    status: string,
    headers: readonly string[],
    length: number,
    body: AsyncIterable<Uint8Array>,
    close?: boolean,
  ): Promise<void>;
  /**
   * Turns the connection into a WebSocket, within this call or soon: {@link EngineListener.open} is called when it is one.
   * @param headers added to the 101 response
   * @param protocol the chosen subprotocol, empty for none
   * @param extensions the client's offer of extensions, empty to negotiate none
   * @returns false when the engine cannot upgrade this request
   */
  upgrade(key: string, headers: readonly string[], protocol: string, extensions: string): boolean;
  /** Sends a ping on the connection; absent but for HTTP/2. */
  ping?(): boolean;
  /** Tells the peer that the connection ends when what it has asked is answered; absent but for HTTP/2. */
  goaway?(code: number, data: string): boolean;
}

/** A TCP (or Unix, or TLS) connection, before and after it became a WebSocket. */
export interface EngineConnection {
  /** Slot for the owner of the connection (the server keeps its session here). */
  owner: unknown;
  /** Its fd when another thread has the socket and has given it one. */
  readonly fd?: number;
  readonly remoteAddress: string;
  /** 0 when the engine cannot tell. */
  readonly remotePort: number;
  /** False once the connection is closed. */
  readonly open: boolean;
  readonly isWebSocket: boolean;
  /**
   * Closes at once, with no close frame. {@link EngineListener.close} is called before this returns.
   * @param discard true throws away what was not sent yet
   */
  close(discard?: boolean): void;

  /**
   * Queues a WebSocket message. Messages of one turn of the event loop leave together, in order with {@link end}. What is
   * sent between {@link Exchange.upgrade} and {@link EngineListener.open} leaves first after the upgrade.
   * @param fin false for a part of a message that goes on with opcode 0
   * @returns false when the engine cannot send such a frame
   */
  send(data: Bytes, opcode: number, fin: boolean, compress: boolean): boolean;
  /**
   * Sends a text, whole, to the connection whose message is being delivered, when nothing else waits to be sent to it.
   * @param compress whether to, unless it is empty
   * @returns false when this is no such case, and nothing was sent: {@link send} is for all
   */
  answer(text: string, compress: boolean): boolean;
  /** The text of the message that is being delivered. A byte order mark stays, as in PHP. */
  decode(bytes: MessageBytes): string;
  /** Sends a close frame, then closes. {@link EngineListener.close} is called before this returns. */
  end(code: number, reason: string): void;
  /** Bytes accepted by {@link send} that have not left yet. */
  bufferedAmount(): number;
}

/** Why a connection ended. */
export interface CloseInfo {
  /** The WebSocket close code; 1006 when there was no close frame, 0 for a connection that was no WebSocket. */
  code: number;
  reason: string;
  /** True after a close frame from either side. */
  wasClean: boolean;
}

/** What an engine reports. Methods are called from the event loop; `close` and `open` also from inside the calls that bring them about. */
export interface EngineListener {
  connect(connection: EngineConnection): void;
  /** A request's head has arrived, with the first piece of its body (often all of it). `chunk` dies when this returns. */
  request(exchange: Exchange, chunk: Uint8Array, last: boolean): void;
  /** More of the body. `chunk` dies when this returns. */
  body(exchange: Exchange, chunk: Uint8Array, last: boolean): void;
  /** The connection has become a WebSocket. */
  open(connection: EngineConnection): void;
  /** A whole message. `data` dies when this returns. `compressed` is left out by an engine that does not know. */
  message(connection: EngineConnection, data: MessageBytes, binary: boolean, compressed?: boolean): void;
  ping(connection: EngineConnection, data: MessageBytes): void;
  pong(connection: EngineConnection, data: MessageBytes): void;
  /** What was buffered for a slow peer has left, as far as `connection.bufferedAmount()` tells. */
  drain(connection: EngineConnection): void;
  /**
   * The connection is gone: called once for each, whoever ended it. While `connection.open` is still true the engine has not answered
   * the peer's close frame, and what is sent within this call leaves before the answer.
   */
  close(connection: EngineConnection, info: CloseInfo): void;
}

export interface TlsOptions {
  certFile: string;
  keyFile: string;
  passphrase?: string;
  caFile?: string;
  ciphers?: string;
  dhParamsFile?: string;
}

/** What HTTP/2 calls settings (RFC 9113, section 6.5.2). */
export interface Http2Options {
  headerTableSize: number;
  maxConcurrentStreams: number;
  initialWindowSize: number;
  maxFrameSize: number;
  maxHeaderListSize: number;
}

export interface ListenOptions {
  tls: TlsOptions | null;
  /** The largest WebSocket message, in bytes. */
  maxPayload: number;
  /** Whether permessage-deflate may be negotiated. */
  compression: boolean;
  /** The most bytes buffered for one peer. */
  maxBackpressure: number;
  /** Whether pings are answered without the program; an engine that cannot leave them to it always does. */
  answerPings: boolean;
  /** HTTP/2 beside HTTP/1, null for none; an engine that does not speak it leaves it out. */
  http2: Http2Options | null;
  /** Whether several sockets may listen on the same port. */
  reusePort: boolean;
}

/** A listening port for streams. */
export interface EnginePort {
  /** Binds the port; rejects with a system error (`code`, `errno`) when that fails. Resolves to the port in use. */
  listen(host: string, port: number): Promise<number>;
  /** Binds a Unix socket. */
  listenUnix(path: string): Promise<void>;
  /** Stops listening; connections stay. */
  stopListening(): void;
  /** Stops listening and drops what is left. */
  close(): void;
  /** Reads the certificate and key files again, for connections to come. */
  reloadCertificate(): void;
  /** What an {@link EngineAcceptor} in another thread needs to give this port connections, asked for once: it can be cloned, or is a MessagePort. */
  readonly share?: unknown;
}

/** Listens in one thread, and hands each new connection to a port in another. */
export interface EngineAcceptor {
  /** Finds out whether the port can be bound; rejects as {@link EnginePort.listen}. Resolves to the port to listen on. */
  reserve(host: string, port: number): Promise<number>;
  reserveUnix(path: string): Promise<void>;
  /** From now on connections go to these ports in turn. Without any, nobody listens. */
  handTo(shares: readonly unknown[]): void;
  /** Stops listening for good. */
  close(): void;
}

export interface Engine {
  readonly name: string;
  /** Which build runs and why, for the debug log. */
  readonly description: string;
  createPort(options: ListenOptions, listener: EngineListener): EnginePort;
  createAcceptor(options: ListenOptions): EngineAcceptor;
}
