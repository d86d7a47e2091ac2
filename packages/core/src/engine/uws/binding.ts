/** The part of uWebSockets.js that this engine calls, as builds 20.51 to 20.69 have it. */

export interface UwsResponse {
  writeStatus(status: string): UwsResponse;
  writeHeader(name: string, value: string): UwsResponse;
  write(chunk: string | Uint8Array): boolean;
  end(body?: string | Uint8Array, closeConnection?: boolean): UwsResponse;
  endWithoutBody(reportedContentLength?: number, closeConnection?: boolean): UwsResponse;
  tryEnd(chunk: Uint8Array, totalSize: number): [ok: boolean, done: boolean];
  close(): UwsResponse;
  /** Stops reading from the peer. */
  pause(): void;
  getWriteOffset(): number;
  onWritable(handler: (offset: number) => boolean): UwsResponse;
  onAborted(handler: () => void): UwsResponse;
  onData(handler: (chunk: ArrayBuffer, last: boolean) => void): UwsResponse;
  getRemoteAddressAsText(): ArrayBuffer;
  /** Newer builds only. */
  getRemotePort?(): number;
  cork(handler: () => void): UwsResponse;
  upgrade(
    userData: object,
    key: string,
    protocol: string,
    extensions: string,
    context: UwsSocketContext,
  ): void;
}

export interface UwsRequest {
  getCaseSensitiveMethod(): string;
  getUrl(): string;
  getQuery(): string;
  forEach(handler: (name: string, value: string) => void): void;
}

/** A socket's own properties are those of the user data given to `upgrade`. */
export interface UwsWebSocket<Data> {
  send(message: string | Uint8Array | ArrayBuffer, isBinary?: boolean, compress?: boolean): 0 | 1 | 2;
  sendFirstFragment(
    message: string | Uint8Array | ArrayBuffer,
    isBinary?: boolean,
    compress?: boolean,
  ): 0 | 1 | 2;
  sendFragment(message: string | Uint8Array | ArrayBuffer, compress?: boolean): 0 | 1 | 2;
  sendLastFragment(message: string | Uint8Array | ArrayBuffer, compress?: boolean): 0 | 1 | 2;
  ping(message?: string | Uint8Array | ArrayBuffer): 0 | 1 | 2;
  end(code?: number, reason?: string): void;
  close(): void;
  cork(handler: () => void): void;
  getBufferedAmount(): number;
  getUserData(): Data;
}

/** Opaque: what `upgrade` needs to find the WebSocket behaviour. */
export type UwsSocketContext = object;
/** Opaque: a listening socket. */
export type UwsListenSocket = object;

export interface UwsBehavior<Data> {
  compression: number;
  maxPayloadLength: number;
  idleTimeout: number;
  maxBackpressure: number;
  sendPingsAutomatically: boolean;
  upgrade(res: UwsResponse, req: UwsRequest, context: UwsSocketContext): void;
  open(ws: UwsWebSocket<Data> & Data): void;
  message(ws: UwsWebSocket<Data> & Data, message: ArrayBuffer, isBinary: boolean): void;
  ping(ws: UwsWebSocket<Data> & Data, message: ArrayBuffer): void;
  pong(ws: UwsWebSocket<Data> & Data, message: ArrayBuffer): void;
  drain(ws: UwsWebSocket<Data> & Data): void;
  close(ws: UwsWebSocket<Data> & Data, code: number, message: ArrayBuffer): void;
}

export interface UwsApp<Data> {
  ws(pattern: string, behavior: UwsBehavior<Data>): UwsApp<Data>;
  get(pattern: string, handler: (res: UwsResponse, req: UwsRequest) => void): UwsApp<Data>;
  any(pattern: string, handler: (res: UwsResponse, req: UwsRequest) => void): UwsApp<Data>;
  filter(handler: (res: UwsResponse, count: number) => void): UwsApp<Data>;
  listen(host: string, port: number, done: (socket: UwsListenSocket | false) => void): UwsApp<Data>;
  listen_unix(done: (socket: UwsListenSocket | false) => void, path: string): UwsApp<Data>;
  close(): UwsApp<Data>;
  /** What another thread's app needs to hand connections to this one. */
  getDescriptor(): unknown;
  addChildAppDescriptor(descriptor: unknown): UwsApp<Data>;
  removeChildAppDescriptor(descriptor: unknown): UwsApp<Data>;
}

export interface UwsTlsOptions {
  key_file_name: string;
  cert_file_name: string;
  passphrase?: string;
  ca_file_name?: string;
  ssl_ciphers?: string;
  dh_params_file_name?: string;
}

export interface UwsBinding {
  App<Data>(): UwsApp<Data>;
  SSLApp<Data>(options: UwsTlsOptions): UwsApp<Data>;
  us_listen_socket_close(socket: UwsListenSocket): void;
  _cfg(key: string): void;
  readonly DISABLED: number;
  readonly SHARED_COMPRESSOR: number;
  readonly SHARED_DECOMPRESSOR: number;
}
