import { constants } from 'node:buffer';
import {
  SWOOLE_HTTP_CLIENT_ESTATUS_CONNECT_FAILED,
  SWOOLE_HTTP_CLIENT_ESTATUS_REQUEST_TIMEOUT,
  SWOOLE_HTTP_CLIENT_ESTATUS_SEND_FAILED,
  SWOOLE_HTTP_CLIENT_ESTATUS_SERVER_RESET,
} from '../../constants/http.js';
import { Error as SwooleError } from '../../errors/error.js';
import { fail } from '../../errors/last-error.js';
import {
  SWOOLE_ERROR_CLIENT_NO_CONNECTION,
  SWOOLE_ERROR_CO_HAS_BEEN_BOUND,
  SWOOLE_ERROR_HTTP_INVALID_PROTOCOL,
  SWOOLE_ERROR_INVALID_PARAMS,
  SWOOLE_ERROR_PACKAGE_LENGTH_TOO_LARGE,
} from '../../errors/numbers.js';
import { swoole_strerror } from '../../errors/strerror.js';
import { connectSocket } from '../connect-socket.js';
import { type AnswerHeaders, type ReadHeaders, readHeaders } from './answer-headers.js';
import { unpack } from './content-encoding.js';
import { DownloadFile } from './download-file.js';
import { HttpClientRequest } from './http-client-request.js';
import { HttpConnection } from './http-connection.js';
import type { ResponseHead } from './response-head.js';
import { type BodySink, ResponseReader } from './response-reader.js';
import { WebSocketLink, type WebSocketOffer } from './websocket-link.js';

const { MAX_LENGTH } = constants;
const EINVAL = 22;
const ETIMEDOUT = 110;
const CONNECT_SECONDS = 10;
const ANSWER_SECONDS = 60;
const UPGRADED = 101;
const UNAVAILABLE: readonly number[] = [502, 503];
const EXECUTE = 'Swoole\\Coroutine\\Http\\Client->execute()';
const EMPTY = Buffer.alloc(0);

/** A request on its way. */
interface Question {
  readonly reader: ResponseReader;
  readonly download: DownloadFile | null;
  readonly offer: WebSocketOffer | null;
  /** What a function of the program's has thrown on getting the body. */
  thrown: { error: unknown } | null;
}

/** Clients that a program lets go of without close(): their connections go, too. */
const forgotten = new FinalizationRegistry<HttpConnection>((connection) => connection.close());

/** What an HTTP client does between its calls: the connection, the question on it, and what came back. */
export abstract class HttpClientExchange extends HttpClientRequest {
  /** Why the last call failed, 0 when it did not. */
  errCode = 0;
  /** The text of errCode. */
  errMsg = '';
  /** Whether there is a connection that the next request can use. */
  connected = false;
  /** The status of the answer; negative, `SWOOLE_HTTP_CLIENT_ESTATUS_*`, when there was none. */
  statusCode = 0;
  /** The headers of the answer by their names in small letters; of several with one name, a list. */
  headers: AnswerHeaders | null = null;
  /** The Set-Cookie headers of the answer. */
  set_cookie_headers: string[] | null = null;
  /** The body of the answer. */
  body: Buffer = EMPTY;
  protected deferred: boolean | null = null;
  /** Whether a call of another coroutine is at work with the connection. */
  protected busy = false;
  protected connection: HttpConnection | null = null;
  protected question: Question | null = null;
  protected sentHead: string | false = false;
  /** A server that has closed once is not trusted to keep a connection. */
  #closing = false;
  /** Set once the connection is a WebSocket. */
  protected webSocket: WebSocketLink | null = null;

  /** Whether requests only send. @see Swoole\Coroutine\Http\Client::getDefer */
  getDefer(): boolean {
    return this.deferred ?? this.setting?.defer ?? false;
  }

  /** Closes the connection; the next request makes another one. False when there is none. @see Swoole\Coroutine\Http\Client::close */
  close(): boolean {
    const connection = this.connection;
    this.connected = false;
    if (connection === null) return false;
    forgotten.unregister(this);
    if (this.webSocket === null) connection.close();
    else this.webSocket.close();
    this.webSocket = null;
    this.connection = null;
    this.question = null;
    return true;
  }

  /** What takes the body piece by piece instead of `body`, null for nothing. */
  protected abstract taker(): ((piece: Buffer) => void) | null;

  /** One connection can only have one question at a time. */
  protected free(): void {
    if (!this.busy) return;
    throw new SwooleError('the client is waiting for an answer already', SWOOLE_ERROR_CO_HAS_BEEN_BOUND);
  }

  protected async perform(path: string, offer: WebSocketOffer | null): Promise<boolean> {
    this.free();
    if (path === '') return this.error(SWOOLE_ERROR_INVALID_PARAMS);
    this.busy = true;
    try {
      const { max_retries: retries = 0, timeout = ANSWER_SECONDS } = this.setting ?? {};
      for (let attempt = 0; attempt <= retries; attempt++) {
        const connection = await this.#send(path, offer);
        if (connection === false) return false;
        if (this.getDefer()) return true;
        if (!(await this.receive(connection, this.question as Question, timeout))) return false;
        if (retries === 0 || !UNAVAILABLE.includes(this.statusCode)) return true;
        this.close();
      }
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Sends the request, on the connection there is or on a new one. */
  async #send(path: string, offer: WebSocketOffer | null): Promise<HttpConnection | false> {
    this.headers = null;
    this.set_cookie_headers = null;
    this.body = EMPTY;
    const { type, parts } = this.content();
    const method = this.requestMethod ?? (parts === null ? 'GET' : 'POST');
    const head = this.head(method, path, offer?.headers() ?? null, type, parts);
    if (head === null) return this.failed(SWOOLE_HTTP_CLIENT_ESTATUS_SEND_FAILED, EINVAL);
    let connection = this.connection;
    if (connection === null || this.webSocket !== null || !connection.alive) {
      connection = await this.#connect();
      if (connection === null) return false;
    }
    this.statusCode = 0;
    this.errCode = 0;
    this.errMsg = '';
    this.sentHead = head.slice(0, -4);
    const question = this.#ask(connection, method, offer);
    this.question = question;
    connection.ask(head, parts, question.reader);
    this.uploadFiles = null;
    this.downloadFile = null;
    this.downloadOffset = 0;
    return connection;
  }

  #ask({ socket }: HttpConnection, method: string, offer: WebSocketOffer | null): Question {
    const take = this.taker();
    const download =
      this.downloadFile === null ? null : new DownloadFile(this.downloadFile, this.downloadOffset);
    const packed = this.setting?.body_decompression === false;
    let sink: BodySink | null = null;
    if (take !== null) {
      sink = (piece) => {
        try {
          take(piece);
          return true;
        } catch (error) {
          question.thrown = { error };
          return false;
        }
      };
    } else if (download !== null) {
      sink = (piece, { headers }) => download.write(piece, packed ? '' : encodingOf(headers), socket);
    }
    const question: Question = {
      reader: new ResponseReader(method === 'HEAD', sink, this.#most),
      download,
      offer,
      thrown: null,
    };
    return question;
  }

  /** In bytes. */
  get #most(): number {
    return Math.min(this.setting?.package_max_length ?? MAX_LENGTH, MAX_LENGTH);
  }

  async #connect(): Promise<HttpConnection | null> {
    this.close();
    const { setting, host, port, ssl } = this;
    const { max_retries: retries = 0, connect_timeout = CONNECT_SECONDS } = setting ?? {};
    const target = host.startsWith('unix:') ? { path: host.slice(5).replace(/^\/+/, '/') } : { host, port };
    let error = 0;
    for (let attempt = 0; attempt <= retries; attempt++) {
      const socket = await connectSocket(target, setting ?? {}, ssl, connect_timeout, { direct: !ssl });
      if (typeof socket !== 'number') {
        const connection = new HttpConnection(socket);
        forgotten.register(this, connection, this);
        this.connection = connection;
        this.connected = true;
        return connection;
      }
      error = socket;
    }
    this.failed(SWOOLE_HTTP_CLIENT_ESTATUS_CONNECT_FAILED, error);
    return null;
  }

  protected async receive(connection: HttpConnection, question: Question, seconds: number): Promise<boolean> {
    this.question = null;
    const error = await connection.answer(EXECUTE, seconds);
    const { reader, download, thrown } = question;
    const written = download === null || (await download.close());
    if (thrown !== null) {
      this.close();
      throw thrown.error;
    }
    if (error !== 0) {
      // What has come of it can still be looked at.
      if (reader.head !== null) this.headers = this.#headersOf(reader.head).headers;
      const status =
        error === ETIMEDOUT
          ? SWOOLE_HTTP_CLIENT_ESTATUS_REQUEST_TIMEOUT
          : SWOOLE_HTTP_CLIENT_ESTATUS_SERVER_RESET;
      return this.failed(status, reader.tooLong ? SWOOLE_ERROR_PACKAGE_LENGTH_TOO_LARGE : error);
    }
    const { status, headers, keepAlive } = reader.head ?? { status: 0, headers: [], keepAlive: false };
    const found = this.#headersOf({ headers });
    let body: Buffer | null = reader.body();
    if (this.setting?.body_decompression !== false && found.encoding !== '') {
      const unpacked = unpack(body, found.encoding, this.#most);
      body = unpacked instanceof Promise ? await unpacked : unpacked;
    }
    if (body === null)
      return this.failed(SWOOLE_HTTP_CLIENT_ESTATUS_SERVER_RESET, SWOOLE_ERROR_PACKAGE_LENGTH_TOO_LARGE);
    if (!written)
      return this.failed(SWOOLE_HTTP_CLIENT_ESTATUS_SERVER_RESET, SWOOLE_ERROR_HTTP_INVALID_PROTOCOL);
    this.statusCode = status;
    this.headers = headers.length === 0 ? null : found.headers;
    this.body = body;
    if (found.cookies !== null) {
      this.set_cookie_headers = found.setCookies;
      this.cookies = { ...this.cookies, ...found.cookies };
    }
    if (status === UPGRADED)
      return this.#upgraded(connection, question.offer, readHeaders(headers, true).headers);
    this.#closing ||= !keepAlive || connectionHeader(this.requestHeaders) === 'close';
    if (this.#closing || this.setting?.keep_alive === false) this.close();
    return true;
  }

  #headersOf({ headers }: Pick<ResponseHead, 'headers'>): ReadHeaders {
    return readHeaders(headers, this.setting?.lowercase_header !== false);
  }

  /** A server that says it has become what was not asked for cannot be talked to. */
  #upgraded(connection: HttpConnection, offer: WebSocketOffer | null, headers: AnswerHeaders): boolean {
    const agreed = offer?.agreed((name) => String(headers[name] ?? '')) ?? null;
    if (agreed === null)
      return this.failed(SWOOLE_HTTP_CLIENT_ESTATUS_SERVER_RESET, SWOOLE_ERROR_HTTP_INVALID_PROTOCOL);
    const rest = connection.release();
    this.webSocket = new WebSocketLink(connection.socket, this.setting ?? {}, agreed.compression, rest);
    return true;
  }

  private failed(status: number, error: number): false {
    this.close();
    this.statusCode = status;
    return this.error(error);
  }

  protected missing(): false {
    return this.error(SWOOLE_ERROR_CLIENT_NO_CONNECTION);
  }

  protected error(number: number, text = swoole_strerror(number)): false {
    this.errCode = number;
    this.errMsg = text;
    return fail(number);
  }
}

function encodingOf(headers: readonly string[]): string {
  return readHeaders(headers, true).encoding;
}

function connectionHeader(headers: Readonly<Record<string, string>> | null): string {
  for (const name in headers)
    if (name.toLowerCase() === 'connection') return String(headers[name]).toLowerCase();
  return '';
}
