import http from 'node:http';
import https from 'node:https';
import { TLSSocket } from 'node:tls';
import {
  SWOOLE_HTTP_CLIENT_ESTATUS_REQUEST_TIMEOUT,
  SWOOLE_HTTP_CLIENT_ESTATUS_SEND_FAILED,
} from '../../constants/http.js';
import { SWOOLE_WEBSOCKET_FLAG_FIN, SWOOLE_WEBSOCKET_OPCODE_TEXT } from '../../constants/websocket.js';
import { Wait } from '../../coroutine/wait.js';
import { Error as SwooleError } from '../../errors/error.js';
import { fail } from '../../errors/last-error.js';
import { SWOOLE_ERROR_CO_HAS_BEEN_BOUND } from '../../errors/numbers.js';
import { swoole_strerror } from '../../errors/strerror.js';
import { warn } from '../../errors/warnings.js';
import { urlDecode } from '../../http/parse/url-decode.js';
import type { CloseFrame, Frame } from '../../websocket/frame.js';
import { tlsSettings } from '../tls-settings.js';
import { DownloadFile } from './download-file.js';
import type { FormFields } from './form-body.js';
import { HttpClientRequest } from './http-client-request.js';
import { type Answer, type Failure, HttpExchange } from './http-exchange.js';
import { WebSocketLink } from './websocket-link.js';

const EINVAL = 22;
const ETIMEDOUT = 110;
const DEFAULT_TIMEOUT = 60;
const EMPTY = Buffer.alloc(0);

/** An address of a socket. */
export interface SocketName {
  address: string;
  port: number;
}

/**
 * An HTTP client that keeps its connection, its cookies and its headers from request to request, one request at a time.
 * After a request its properties have what came back. Redirections are not followed.
 * @see Swoole\Coroutine\Http\Client
 */
export class HttpClient extends HttpClientRequest {
  static readonly phpName = 'Swoole\\Coroutine\\Http\\Client';
  /** Why the last call failed, 0 when it did not. */
  errCode = 0;
  /** The text of errCode. */
  errMsg = '';
  /** Whether there is a connection that the next request can use. */
  connected = false;
  /** The status of the answer; negative, `SWOOLE_HTTP_CLIENT_ESTATUS_*`, when there was none. */
  statusCode = 0;
  /** The headers of the answer by their names in small letters; of several with one name, a list. */
  headers: Record<string, string | string[]> | null = null;
  /** The Set-Cookie headers of the answer. */
  set_cookie_headers: string[] | null = null;
  /** The body of the answer. */
  body: Buffer = EMPTY;
  #deferred = false;
  #pending: Promise<boolean> | null = null;
  #agent: http.Agent | null = null;
  #exchange: HttpExchange | null = null;
  #head: string | false = false;
  /** A server that has closed once is not trusted to keep a connection. */
  #closing = false;
  #socket: WebSocketLink | null = null;

  /** Whether requests only send. @see Swoole\Coroutine\Http\Client::getDefer */
  getDefer(): boolean {
    return this.#deferred;
  }

  /** Whether requests only send, so that `recv()` has to wait for the answer. @see Swoole\Coroutine\Http\Client::setDefer */
  setDefer(defer = true): boolean {
    this.#deferred = defer;
    return true;
  }

  /**
   * Sends a request with the method and the data that were set, and waits for the answer.
   * @returns false when there is no answer: statusCode, errCode and errMsg tell why
   * @see Swoole\Coroutine\Http\Client::execute
   */
  execute(path: string): Promise<boolean> {
    return this.#start(path, null);
  }

  /** Sends a GET request, with the data that were set. @see Swoole\Coroutine\Http\Client::get */
  get(path: string): Promise<boolean> {
    this.requestMethod = 'GET';
    return this.#start(path, null);
  }

  /** Sends a POST request. @param data as for `setData()` @see Swoole\Coroutine\Http\Client::post */
  post(path: string, data: FormFields | string | Uint8Array): Promise<boolean> {
    this.requestMethod = 'POST';
    this.requestBody = data;
    return this.#start(path, null);
  }

  /**
   * Sends a GET request and writes the body of the answer into a file.
   * @param offset where in the file to begin; from the start, what the file had is gone
   * @see Swoole\Coroutine\Http\Client::download
   */
  async download(path: string, file: string, offset = 0): Promise<boolean> {
    const target = await DownloadFile.open(file, offset);
    if (target === false) return false;
    this.requestMethod = 'GET';
    const done = await this.#start(path, target.stream);
    return (await target.close()) && done;
  }

  /** The body of the answer. @see Swoole\Coroutine\Http\Client::getBody */
  getBody(): Buffer | false {
    return this.body;
  }

  /** The headers of the answer. @see Swoole\Coroutine\Http\Client::getHeaders */
  getHeaders(): Record<string, string | string[]> | null {
    return this.headers;
  }

  /** The cookies there are now. @see Swoole\Coroutine\Http\Client::getCookies */
  getCookies(): Record<string, string> | null {
    return this.cookies;
  }

  /** The status of the answer. @see Swoole\Coroutine\Http\Client::getStatusCode */
  getStatusCode(): number {
    return this.statusCode;
  }

  /** The head of the last request, false before the first. @see Swoole\Coroutine\Http\Client::getHeaderOut */
  getHeaderOut(): string | false {
    return this.#head;
  }

  /** The address of the server; false without a connection. @see Swoole\Coroutine\Http\Client::getpeername */
  getpeername(): SocketName | false {
    const socket = this.#exchange?.socket;
    return socket?.remoteAddress === undefined
      ? false
      : { address: socket.remoteAddress, port: socket.remotePort ?? 0 };
  }

  /** The address of this side; false without a connection. @see Swoole\Coroutine\Http\Client::getsockname */
  getsockname(): SocketName | false {
    const socket = this.#exchange?.socket;
    return socket?.localAddress === undefined
      ? false
      : { address: socket.localAddress, port: socket.localPort ?? 0 };
  }

  /** The server's certificate as PEM; false without TLS. @see Swoole\Coroutine\Http\Client::getPeerCert */
  getPeerCert(): string | false {
    const socket = this.#exchange?.socket;
    if (!(socket instanceof TLSSocket)) return false;
    const lines =
      socket
        .getPeerCertificate()
        .raw.toString('base64')
        .match(/.{1,64}/g) ?? [];
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  }

  /**
   * Makes the connection a WebSocket: `push()` sends, `recv()` waits for messages.
   * @returns false when the server refuses, with its answer's statusCode, or cannot be reached
   * @see Swoole\Coroutine\Http\Client::upgrade
   */
  async upgrade(path: string): Promise<boolean> {
    this.#free();
    this.#reset();
    const url = `${this.ssl ? 'wss' : 'ws'}://${this.host}:${this.port}${path}`;
    const headers = {
      ...this.requestHeaders,
      ...(this.cookieText() === '' ? {} : { Cookie: this.cookieText() }),
    };
    const seconds = this.setting?.timeout ?? DEFAULT_TIMEOUT;
    const result = await WebSocketLink.open(url, headers, this.setting ?? {}, seconds);
    if (result instanceof WebSocketLink) {
      this.#socket = result;
      this.statusCode = 101;
      this.headers = result.headers;
      this.connected = true;
      return true;
    }
    this.statusCode = result.status;
    return result.error === 0 ? false : this.#failed(result);
  }

  /**
   * Sends a message, or another frame, on the WebSocket.
   * @param data text, bytes, or a Frame whose own fields count instead
   * @returns false when there is no WebSocket
   * @see Swoole\Coroutine\Http\Client::push
   */
  push(
    data: string | Uint8Array | Frame,
    opcode: number = SWOOLE_WEBSOCKET_OPCODE_TEXT,
    flags: number = SWOOLE_WEBSOCKET_FLAG_FIN,
  ): boolean {
    return this.#socket?.push(data, opcode, flags) ?? this.#noSocket();
  }

  /**
   * Waits for a message of the WebSocket, or after `setDefer()` for the answer.
   * @param timeout in seconds; 0 for that of the settings
   * @returns a Frame; '' when the WebSocket has ended; false with errCode 110 when the time is over. For an answer, whether it came
   * @see Swoole\Coroutine\Http\Client::recv
   */
  async recv(timeout = 0): Promise<Frame | CloseFrame | '' | boolean> {
    const seconds = timeout === 0 ? (this.setting?.timeout ?? -1) : timeout;
    if (this.#socket !== null) {
      const frame = await this.#socket.recv(seconds);
      if (frame === false) return this.#timedOut();
      if (frame === '') this.connected = false;
      return frame;
    }
    const pending = this.#pending;
    this.#pending = null;
    return pending ?? false;
  }

  /** Sends a ping on the WebSocket. @see Swoole\Coroutine\Http\Client::ping */
  ping(data = ''): boolean {
    return this.#socket?.ping(data) ?? this.#noSocket();
  }

  /** Ends the WebSocket with a code and a reason. @see Swoole\Coroutine\Http\Client::disconnect */
  disconnect(code = 1000, reason = ''): boolean {
    return this.#socket?.disconnect(code, reason) ?? this.#noSocket();
  }

  /** Closes the connection; the next request makes another one. False when there is none. @see Swoole\Coroutine\Http\Client::close */
  close(): boolean {
    const had = this.connected || this.#exchange !== null;
    this.#socket?.close();
    this.#socket = null;
    this.#agent?.destroy();
    this.#agent = null;
    this.#exchange = null;
    this.connected = false;
    return had;
  }

  #noSocket(): false {
    warn(`${HttpClient.phpName}: the connection is not a WebSocket`);
    return false;
  }

  #timedOut(): false {
    this.errCode = ETIMEDOUT;
    this.errMsg = swoole_strerror(ETIMEDOUT);
    return fail(ETIMEDOUT);
  }

  /** One connection can only have one question at a time. */
  #free(): void {
    if (this.#pending === null) return;
    throw new SwooleError('the client is waiting for an answer already', SWOOLE_ERROR_CO_HAS_BEEN_BOUND);
  }

  async #start(path: string, sink: NodeJS.WritableStream | null): Promise<boolean> {
    this.#free();
    this.#reset();
    const pending = this.#perform(path, sink);
    this.#pending = pending;
    if (this.#deferred) return true;
    try {
      return await pending;
    } finally {
      this.#pending = null;
    }
  }

  #reset(): void {
    this.statusCode = 0;
    this.errCode = 0;
    this.errMsg = '';
    this.headers = null;
    this.set_cookie_headers = null;
    this.body = EMPTY;
  }

  async #perform(path: string, sink: NodeJS.WritableStream | null): Promise<boolean> {
    const { type, body } = this.content();
    const method = this.requestMethod ?? (body === null ? 'GET' : 'POST');
    const headers = this.headersOut(type, body);
    const pairs = headers.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${headers[i + 1]}\r\n`] : []));
    this.#head = `${method} ${path} HTTP/1.1\r\n${pairs.join('')}\r\n`;
    this.#agent ??= this.ssl
      ? new https.Agent({ keepAlive: true, maxSockets: 1, ...tlsSettings(this.setting ?? {}) })
      : new http.Agent({ keepAlive: true, maxSockets: 1 });
    const { host, port, ssl } = this;
    const maxLength = this.setting?.package_max_length ?? Number.MAX_SAFE_INTEGER;
    let exchange: HttpExchange;
    try {
      exchange = new HttpExchange(
        { host, port, ssl, method, path, headers, body, maxLength, sink },
        this.#agent,
      );
    } catch {
      // A path, a name or a value that would break the request's lines.
      return this.#failed({ status: SWOOLE_HTTP_CLIENT_ESTATUS_SEND_FAILED, error: EINVAL });
    }
    this.#exchange = exchange;
    this.uploadFiles = null;
    const late: Failure = { status: SWOOLE_HTTP_CLIENT_ESTATUS_REQUEST_TIMEOUT, error: ETIMEDOUT };
    const ends = { canceled: () => late, timedOut: () => late };
    const seconds = this.setting?.timeout ?? DEFAULT_TIMEOUT;
    const wait = new Wait<Answer | Failure>(`${HttpClient.phpName}->execute()`, ends, seconds);
    void exchange.result.then((result) => wait.wake(result));
    const result = await wait.promise;
    return 'error' in result ? this.#failed(result) : this.#answered(result);
  }

  #failed({ status, error }: Failure): false {
    this.close();
    this.statusCode = status;
    this.errCode = error;
    this.errMsg = swoole_strerror(error);
    return fail(error);
  }

  #answered({ status, headers, cookies, body, keepAlive }: Answer): true {
    this.statusCode = status;
    this.headers = headers;
    this.body = body;
    if (cookies.length > 0) {
      this.set_cookie_headers = cookies;
      this.cookies = { ...this.cookies, ...Object.fromEntries(cookies.map(cookiePair)) };
    }
    this.#closing ||= !keepAlive;
    this.connected = true;
    if (this.#closing || this.setting?.keep_alive === false) this.close();
    return true;
  }
}

function cookiePair(header: string): [name: string, value: string] {
  const pair = header.split(';', 1)[0] as string;
  const equals = pair.indexOf('=');
  return equals < 0 ? [pair.trim(), ''] : [pair.slice(0, equals).trim(), urlDecode(pair.slice(equals + 1))];
}
