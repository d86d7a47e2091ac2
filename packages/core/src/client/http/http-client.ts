import { AsyncResource } from 'node:async_hooks';
import {
  SWOOLE_HTTP_CLIENT_ESTATUS_CONNECT_FAILED,
  SWOOLE_HTTP_CLIENT_ESTATUS_SERVER_RESET,
} from '../../constants/http.js';
import {
  SWOOLE_WEBSOCKET_FLAG_FIN,
  SWOOLE_WEBSOCKET_OPCODE_PING,
  SWOOLE_WEBSOCKET_OPCODE_TEXT,
} from '../../constants/websocket.js';
import { SWOOLE_ERROR_PHP_FATAL_ERROR, SWOOLE_ERROR_WEBSOCKET_PACK_FAILED } from '../../errors/numbers.js';
import { warn } from '../../errors/warnings.js';
import type { CloseFrame, Frame } from '../../websocket/frame.js';
import { peerCertificate } from '../peer-certificate.js';
import type { AnswerHeaders } from './answer-headers.js';
import type { FormFields } from './form-body.js';
import { HttpClientException } from './http-client-exception.js';
import { HttpClientExchange } from './http-client-exchange.js';
import { WebSocketOffer } from './websocket-link.js';

const ETIMEDOUT = 110;
const ANSWER_SECONDS = 60;
const NO_WEBSOCKET = 'websocket handshake failed, cannot push data';

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
export class HttpClient extends HttpClientExchange {
  static readonly phpName = 'Swoole\\Coroutine\\Http\\Client';
  static readonly Exception = HttpClientException;

  /** Whether requests only send, so that `recv()` has to wait for the answer. @see Swoole\Coroutine\Http\Client::setDefer */
  setDefer(defer = true): boolean {
    this.deferred = defer;
    return true;
  }

  /**
   * Sends a request with the method and the data that were set, and waits for the answer.
   * @returns false when there is no answer: statusCode, errCode and errMsg tell why
   * @see Swoole\Coroutine\Http\Client::execute
   */
  execute(path: string): Promise<boolean> {
    return this.perform(path, null);
  }

  /** Sends a GET request, with the data that were set. @see Swoole\Coroutine\Http\Client::get */
  get(path: string): Promise<boolean> {
    this.requestMethod = 'GET';
    return this.perform(path, null);
  }

  /** Sends a POST request. @param data as for `setData()` @see Swoole\Coroutine\Http\Client::post */
  post(path: string, data: FormFields | string | Uint8Array): Promise<boolean> {
    this.requestMethod = 'POST';
    this.requestBody = data;
    return this.perform(path, null);
  }

  /**
   * Sends a request and writes the body of the answer into a file, which is made when the first bytes come.
   * @param offset where in the file to begin; from the start, what the file had is gone
   * @see Swoole\Coroutine\Http\Client::download
   */
  download(path: string, file: string, offset = 0): Promise<boolean> {
    this.downloadFile = file;
    this.downloadOffset = offset;
    return this.perform(path, null);
  }

  /** The body of the answer. @see Swoole\Coroutine\Http\Client::getBody */
  getBody(): Buffer | false {
    return this.body;
  }

  /** The headers of the answer. @see Swoole\Coroutine\Http\Client::getHeaders */
  getHeaders(): AnswerHeaders | null {
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

  /** The head of the last request, without the empty line at its end; false before the first. @see Swoole\Coroutine\Http\Client::getHeaderOut */
  getHeaderOut(): string | false {
    return this.sentHead;
  }

  /** The address of the server; false without a connection. @see Swoole\Coroutine\Http\Client::getpeername */
  getpeername(): SocketName | false {
    const { remoteAddress, remotePort = 0 } = this.connection?.socket ?? {};
    return remoteAddress === undefined ? this.missing() : { address: remoteAddress, port: remotePort };
  }

  /** The address of this side; false without a connection. @see Swoole\Coroutine\Http\Client::getsockname */
  getsockname(): SocketName | false {
    const { localAddress, localPort = 0 } = this.connection?.socket ?? {};
    return localAddress === undefined ? this.missing() : { address: localAddress, port: localPort };
  }

  /** The server's certificate as PEM; false without TLS. @see Swoole\Coroutine\Http\Client::getPeerCert */
  getPeerCert(): string | false {
    return this.connection === null ? this.missing() : peerCertificate(this.connection.socket);
  }

  /**
   * Makes the connection a WebSocket: `push()` sends, `recv()` waits for messages.
   * @returns true when there is an answer: its statusCode is 101 unless the server refuses. False when there is none
   * @see Swoole\Coroutine\Http\Client::upgrade
   */
  upgrade(path: string): Promise<boolean> {
    this.deferred = false;
    this.requestMethod = 'GET';
    return this.perform(path, new WebSocketOffer(this.setting?.websocket_compression === true));
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
    if (this.connection === null) return this.missing();
    if (this.webSocket === null) {
      warn(`Swoole\\Coroutine\\Http\\Client::push(): ${NO_WEBSOCKET}`);
      this.statusCode = SWOOLE_HTTP_CLIENT_ESTATUS_CONNECT_FAILED;
      return this.error(SWOOLE_ERROR_PHP_FATAL_ERROR, NO_WEBSOCKET);
    }
    if (this.webSocket.push(data, opcode, flags)) return true;
    return this.webSocket.open
      ? this.error(SWOOLE_ERROR_WEBSOCKET_PACK_FAILED, 'websocket frame pack failed')
      : this.missing();
  }

  /**
   * Waits for a message of the WebSocket, or after `setDefer()` for the answer.
   * @param timeout in seconds; 0 for that of the settings, less for no limit
   * @returns a Frame; '' when the WebSocket has ended; false with errCode 110 when the time is over. For an answer, whether it came
   * @see Swoole\Coroutine\Http\Client::recv
   */
  async recv(timeout = 0): Promise<Frame | CloseFrame | '' | boolean> {
    const { timeout: general, read_timeout } = this.setting ?? {};
    if (this.webSocket !== null) {
      const received = await this.webSocket.recv(timeout || (read_timeout ?? general ?? ANSWER_SECONDS));
      if (received === '') this.close();
      if (typeof received !== 'number') return received;
      this.statusCode = SWOOLE_HTTP_CLIENT_ESTATUS_SERVER_RESET;
      if (received !== ETIMEDOUT) this.close();
      return this.error(received);
    }
    if (this.connection === null) return this.missing();
    const question = this.question;
    if (question === null) return false;
    this.free();
    this.busy = true;
    try {
      return await this.receive(this.connection, question, timeout || (general ?? ANSWER_SECONDS));
    } finally {
      this.busy = false;
    }
  }

  /** Sends a ping on the WebSocket. False when there is none. @see Swoole\Coroutine\Http\Client::ping */
  ping(data = ''): boolean {
    if (this.connection === null) return this.missing();
    return this.webSocket?.push(data, SWOOLE_WEBSOCKET_OPCODE_PING, SWOOLE_WEBSOCKET_FLAG_FIN) ?? false;
  }

  /** Ends the WebSocket with a code and a reason. False when there is none. @see Swoole\Coroutine\Http\Client::disconnect */
  disconnect(code = 1000, reason = ''): boolean {
    if (this.connection === null) return this.missing();
    if (this.webSocket === null) return false;
    const sent = this.webSocket.disconnect(code, reason);
    this.close();
    return sent;
  }

  protected taker(): ((piece: Buffer) => void) | null {
    const write = this.setting?.write_func;
    // It runs in the coroutine that asks.
    return write === undefined ? null : AsyncResource.bind((piece: Buffer) => void write(this, piece));
  }
}
