import { closeSync, createReadStream } from 'node:fs';
import type { Exchange } from '../engine/engine.js';
import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_HTTP_CONTEXT_UNAVAILABLE,
  SWOOLE_ERROR_NO_PAYLOAD,
  SWOOLE_ERROR_PHP_FATAL_ERROR,
  SWOOLE_ERROR_PHP_RUNTIME_NOTICE,
  SWOOLE_ERROR_SESSION_NOT_EXIST,
} from '../errors/numbers.js';
import { warn, warnQuietly } from '../errors/warnings.js';
import { acceptedEncoding, type ContentEncoding, compress } from './compression.js';
import { Cookie } from './cookie.js';
import { keepsAlive } from './keep-alive.js';
import { mimeType } from './mime.js';
import { phpText, textError } from './php-text.js';
import { type CookieOptions, cookieParts, cookieText } from './response-cookies.js';
import { isBodyless, ResponseHead, usualHeaders } from './response-head.js';
import {
  breaksLine,
  CONTENT_TYPE,
  type HeaderValue,
  headerName,
  ResponseHeaders,
} from './response-headers.js';
import { PlainPeer, type ResponsePeer, ResponseSocket } from './response-socket.js';
import { type FilePart, openFilePart, readFilePart } from './send-file.js';
import { statusText } from './status-text.js';

/** What `end()` and `write()` send: text as UTF-8, bytes as they are, other scalars as PHP writes them. */
export type Content = string | Uint8Array | number | bigint | boolean | null | undefined;

/** @internal What the server lends to its responses. */
export interface ResponseContext {
  readonly compression: boolean;
  readonly compressionLevel: number;
  /** In bytes. */
  readonly compressionMinLength: number;
  readonly brotli: boolean;
  /** The only content types to compress, as in `http_compression_types`; null or absent for all. */
  readonly compressionTypes?: ReadonlySet<string> | null;
  /** Value of the Server header. */
  readonly server: string;
  /** The response is over, or was detached. `close`: the connection ends with it. */
  finished(response: Response, close: boolean): void;
  /** Set while a handshake waits for its answer: takes over when that is a 101. */
  readonly upgrade: ((response: Response) => boolean) | null;
  /** In a server of coroutines: the connection, and what makes it a WebSocket. */
  readonly peer?: ResponsePeer & { upgrade(response: Response): boolean };
}

/** @internal Makes the response object for a detached request. `server` is null when the program gave only the fd. */
export type ResponseFactory = (fd: number, server: object | null) => Response | false;

let makeResponse: ResponseFactory | null = null;

/** @internal Called by the server that runs in this thread; null when it has ended. */
export function setResponseFactory(factory: ResponseFactory | null): void {
  makeResponse = factory;
}

/** In bytes: files up to this are sent in one piece. */
const SMALL_FILE = 65_536;
/** In bytes. */
const LONGEST_TRAILER_NAME = 127;

/** Responses that were left open, and what answers when nobody else can any more. */
const unreachable = new FinalizationRegistry<Response>((twin) => twin.takeOver());

const OPEN = 0;
/** The head is out, chunks follow. */
const CHUNKED = 1;
const ENDED = 2;
const DETACHED = 3;

function unavailable(): false {
  return fail(SWOOLE_ERROR_HTTP_CONTEXT_UNAVAILABLE);
}

function contentOf(content: unknown, method: string, type: string): string | Uint8Array {
  if (content === null || content === undefined) return '';
  const text = phpText(content);
  if (text === null)
    throw textError(`Swoole\\Http\\Response::${method}(): Argument #1 ($content)`, type, content);
  return text;
}

/**
 * The answer to a request. After `end()`, `sendfile()`, `redirect()` or `detach()` every method returns false and
 * `swoole_last_error()` is 7106.
 *
 * PHP's properties `header`, `cookie` and `trailer` are `headers`, `cookies` and `trailers` here: a JavaScript object
 * cannot have a property and a method of one name.
 * @see Swoole\Http\Response
 */
export class Response extends ResponseSocket {
  static readonly phpName = 'Swoole\\Http\\Response';
  /** @internal PHP's properties, and what has their values. */
  static readonly phpProperties: Readonly<Record<string, string>> = {
    fd: 'fd',
    socket: 'socket',
    header: 'headers',
    cookie: 'cookies',
    trailer: 'trailers',
  };
  /** The connection's number. */
  fd: number;
  /** Always null: only PHP's coroutine server puts its socket here. */
  readonly socket: null = null;

  readonly #exchange: Exchange | null;
  readonly #context: ResponseContext;
  #state = OPEN;
  /** Null until the program sets a status, a header or a cookie. */
  #head: ResponseHead | null = null;
  #trailers: Record<string, string | null> | null = null;
  /** The head went out without a body: chunks are accepted and dropped. */
  #silent = false;
  /** Called at the end. */
  #over: (() => void) | null = null;

  /** @internal @param exchange null for a connection that is not there: nothing can be sent then */
  constructor(exchange: Exchange | null, fd: number, context: ResponseContext) {
    super();
    this.#exchange = exchange;
    this.fd = fd;
    this.#context = context;
  }

  /**
   * Makes a response object for a request that another response object was detached from.
   * @param server the server, or the number of the connection
   * @param fd the number of the connection, when the first argument is the server
   * @returns false when there is no such connection
   * @see Swoole\Http\Response::create
   */
  static create(server: object | number, fd = -1): Response | false {
    const isServer = typeof server === 'object' && server !== null && !Array.isArray(server);
    if (typeof server !== 'number' && !isServer) {
      fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
      warn('Swoole\\Http\\Response::create(): parameter $1 must be instanceof Server or Coroutine\\Socket');
      return false;
    }
    if (makeResponse === null) {
      fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
      warn('Swoole\\Http\\Response::create(): server is not running');
      return false;
    }
    return typeof server === 'number' ? makeResponse(server, null) : makeResponse(fd, server);
  }

  /** The headers set so far, a copy; null before the first. PHP's property `$response->header`. */
  get headers(): Record<string, HeaderValue> | null {
    return this.#head?.headers?.toRecord() ?? null;
  }

  /** The Set-Cookie values so far, a copy; null before the first. PHP's property `$response->cookie`. */
  get cookies(): string[] | null {
    return this.#head?.cookies?.slice() ?? null;
  }

  /** The trailers set so far, a copy; null before the first. PHP's property `$response->trailer`. */
  get trailers(): Record<string, string | null> | null {
    return this.#trailers === null ? null : { ...this.#trailers };
  }

  /**
   * Makes `headers`, `cookies` and `trailers` empty instead of null.
   * @returns false after the end
   * @see Swoole\Http\Response::initHeader
   */
  initHeader(): boolean {
    if (this.#state >= ENDED) return unavailable();
    this.#head ??= new ResponseHead();
    this.#head.headers ??= new ResponseHeaders();
    this.#head.cookies ??= [];
    this.#trailers ??= Object.create(null) as Record<string, string | null>;
    return true;
  }

  /** Whether the response is neither ended nor detached. @see Swoole\Http\Response::isWritable */
  isWritable(): boolean {
    return this.#state < ENDED;
  }

  /**
   * Adds a Set-Cookie header: name, value, expires, path, domain, secure, httponly, samesite, priority, partitioned.
   * The value is url-encoded, an empty one deletes the cookie; `expires` is in seconds since 1970, 0 for the end of
   * the browser's session; no path is sent unless given.
   * @param name_or_object the name, or a {@link Cookie} that has everything
   * @returns false, with a warning, for a part that is not allowed; false after the end
   * @see Swoole\Http\Response::cookie
   */
  cookie(name_or_object: string | Cookie, ...options: CookieOptions): boolean {
    return this.#addCookie(name_or_object, options, true, 'Swoole\\Http\\Response::cookie()');
  }

  /** The same as {@link cookie}. @see Swoole\Http\Response::setCookie */
  setCookie(name_or_object: string | Cookie, ...options: CookieOptions): boolean {
    return this.#addCookie(name_or_object, options, true, 'Swoole\\Http\\Response::setCookie()');
  }

  /**
   * Adds a Set-Cookie header with its value as it is; the arguments are those of {@link cookie}.
   * @returns false, with a warning, for a part that is not allowed; false after the end
   * @see Swoole\Http\Response::rawcookie
   */
  rawcookie(name_or_object: string | Cookie, ...options: CookieOptions): boolean {
    return this.#addCookie(name_or_object, options, false, 'Swoole\\Http\\Response::rawcookie()');
  }

  /** The same as {@link rawcookie}. @see Swoole\Http\Response::setRawCookie */
  setRawCookie(name_or_object: string | Cookie, ...options: CookieOptions): boolean {
    return this.#addCookie(name_or_object, options, false, 'Swoole\\Http\\Response::setRawCookie()');
  }

  /**
   * Sets the status.
   * @param http_code any number; 0 is 200
   * @param reason empty for the usual one
   * @returns false after the end
   * @see Swoole\Http\Response::status
   */
  status(http_code: number, reason = ''): boolean {
    if (this.#state >= ENDED) return unavailable();
    this.#head ??= new ResponseHead();
    this.#head.status = Math.trunc(Number(http_code)) || 0;
    this.#head.reason = reason === '' || breaksLine(reason, 'status') ? '' : reason;
    return true;
  }

  /** The same as {@link status}. @see Swoole\Http\Response::setStatusCode */
  setStatusCode(http_code: number, reason = ''): boolean {
    return this.status(http_code, reason);
  }

  /**
   * Sets a header. Content-Length, Transfer-Encoding and Date are kept but written by the engine.
   * @param value a list sends a line for each; '' or null removes one that Swoole sends by itself
   * @param format writes `x-my-header` as `X-My-Header`
   * @returns false, with a warning, for a name that is not allowed; false after the end
   * @see Swoole\Http\Response::header
   */
  header(key: string, value: HeaderValue, format = true): boolean {
    return this.#setHeader(key, value, format, 'header');
  }

  /** The same as {@link header}. @see Swoole\Http\Response::setHeader */
  setHeader(key: string, value: HeaderValue, format = true): boolean {
    return this.#setHeader(key, value, format, 'setHeader');
  }

  /**
   * Sets a trailer, which is sent after a chunked body, and after any with HTTP/2. Only the node engine can: uWebSockets.js has no way to.
   * @returns false, with a warning, for a name over 127 bytes; false after the end
   * @see Swoole\Http\Response::trailer
   */
  trailer(key: string, value: string | null): boolean {
    if (this.#state >= ENDED) return unavailable();
    if (Buffer.byteLength(key) > LONGEST_TRAILER_NAME) {
      fail(SWOOLE_ERROR_PHP_RUNTIME_NOTICE);
      warn('Swoole\\Http\\Response::trailer(): trailer key is too long');
      return false;
    }
    this.#trailers ??= Object.create(null) as Record<string, string | null>;
    this.#trailers[key.toLowerCase()] = value;
    return true;
  }

  /**
   * Sends a piece of the body, after the head when it is the first. Turns compression off.
   * @param content not empty
   * @returns false for an empty piece, when the peer is gone and after the end
   * @throws TypeError for an array
   * @see Swoole\Http\Response::write
   */
  write(content: Content): boolean {
    if (this.#state >= ENDED) return unavailable();
    const piece =
      typeof content === 'string' || content instanceof Uint8Array
        ? content
        : contentOf(content, 'write', 'string');
    const exchange = this.#exchange;
    if (exchange === null || !(exchange.open || this.#silent)) return fail(SWOOLE_ERROR_SESSION_NOT_EXIST);
    if (this.#state === OPEN) this.#startChunks(exchange);
    if (piece.length === 0) {
      fail(SWOOLE_ERROR_NO_PAYLOAD);
      warnQuietly('Swoole\\Http\\Response::write(): the data sent must not be empty');
      return false;
    }
    if (!this.#silent) exchange.write(piece);
    return true;
  }

  /**
   * Sends the response, or what is left of it after `write()`.
   * @param content the body, or its last piece
   * @returns false when the peer is gone and after the end
   * @throws TypeError for an array
   * @see Swoole\Http\Response::end
   */
  end(content: Content = null): boolean {
    if (this.#state >= ENDED) return unavailable();
    const body =
      typeof content === 'string' || content instanceof Uint8Array
        ? content
        : contentOf(content, 'end', '?string');
    return this.#end(body, 'end');
  }

  /**
   * Sends a file, with a content type by its extension unless the program has set one.
   * @param offset in bytes
   * @param length in bytes; 0 for all from the offset
   * @returns false, with a warning, for a file that cannot be sent, and the response stays open; false after the end
   * @see Swoole\Http\Response::sendfile
   */
  sendfile(filename: string, offset = 0, length = 0): boolean {
    if (this.#state >= ENDED) return unavailable();
    if (this.#state === CHUNKED) {
      fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
      warn("Swoole\\Http\\Response::sendfile(): can't use sendfile when HTTP chunk is enabled");
      return false;
    }
    const exchange = this.#exchange;
    if (exchange === null || !exchange.open) return fail(SWOOLE_ERROR_SESSION_NOT_EXIST);
    const part = openFilePart(filename, offset, length);
    return part !== false && this.#sendPart(exchange, part, filename);
  }

  /**
   * Sends a Location header and no body.
   * @param http_code 302 unless given
   * @returns false when the peer is gone and after the end
   * @see Swoole\Http\Response::redirect
   */
  redirect(location: string, http_code = 302): boolean {
    if (this.#state >= ENDED) return unavailable();
    this.#setHeader('Location', location, false, 'redirect');
    this.#head ??= new ResponseHead();
    this.#head.status = Math.trunc(Number(http_code)) || 0;
    return this.#end('', 'redirect');
  }

  /**
   * Parts this object from its request, which stays unanswered until {@link Response.create} makes another for it.
   * @returns false after the end
   * @see Swoole\Http\Response::detach
   */
  detach(): boolean {
    if (this.#state >= ENDED) return unavailable();
    this.#finish(false);
    this.#state = DETACHED;
    unreachable.unregister(this);
    return true;
  }

  /** @internal The request's callback is over: answers 500, or the status set, if nobody has answered. */
  forgotten(): void {
    if (this.#state >= ENDED) return;
    if (this.#exchange === null || !(this.#exchange.open || this.#silent)) {
      this.#finish(false);
      return;
    }
    this.#head ??= new ResponseHead();
    if (this.#head.status === 0) this.#head.status = 500;
    this.#end('', 'end');
  }

  /**
   * @internal The request's callback is over, but what it has begun goes on, and may answer. It is {@link forgotten} once the program
   * cannot reach this object any more, as in PHP.
   * @param over called then, or at the end
   */
  leaveOpen(over: (() => void) | null): void {
    const exchange = this.#exchange;
    this.#over = over;
    if (this.#state >= ENDED || exchange === null || !exchange.open) return this.forgotten();
    this.#head ??= new ResponseHead();
    const twin = new Response(exchange, this.fd, this.#context);
    twin.#head = this.#head;
    twin.#over = over;
    unreachable.register(this, twin, this);
  }

  /** @internal The object that this one stands for cannot be reached any more. */
  takeOver(): void {
    if (this.#exchange?.open !== true) return this.#over?.();
    if (this.#exchange.started) this.#state = CHUNKED;
    this.forgotten();
  }

  /**
   * Makes the connection a WebSocket: `push()` sends, `recv()` waits for messages. Only in a `Coroutine.Http.Server`.
   * @returns false, with status 400, when the client has not asked for one; false after the end
   * @see Swoole\Http\Response::upgrade
   */
  upgrade(): boolean {
    if (this.#state >= ENDED) return unavailable();
    const peer = this.#context.peer;
    if (peer === undefined) {
      warn('Swoole\\Http\\Response::upgrade(): async server dose not support protocol upgrade');
      return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
    }
    if (this.#state === OPEN && peer.upgrade(this)) {
      this.#finish(false);
      return true;
    }
    this.status(400);
    this.#end('', 'end');
    return false;
  }

  protected ownExchange(): Exchange | null {
    return this.#exchange;
  }

  protected socketPeer(): ResponsePeer | null {
    if (this.#context.peer !== undefined) return this.#context.peer;
    const connection = this.#exchange?.connection;
    return connection === undefined ? null : new PlainPeer(connection);
  }

  /** @internal For the engine's 101: name, value, name, value… without the headers that the engine writes. */
  handshakeHeaders(): string[] {
    return (this.#head ?? new ResponseHead()).toHandshakeList(this.#context.server);
  }

  /** @internal The text of a header the program has set, empty when it has not. */
  headerText(lowerCaseName: string): string {
    return this.#head?.headers?.text(lowerCaseName) ?? '';
  }

  #setHeader(key: string, value: HeaderValue, format: boolean, method: string): boolean {
    if (this.#state >= ENDED) return unavailable();
    const name = headerName(key, format, method);
    if (name === null) return false;
    this.#head ??= new ResponseHead();
    this.#head.headers ??= new ResponseHeaders();
    this.#head.headers.set(name, value);
    return true;
  }

  #addCookie(name: unknown, options: CookieOptions, encode: boolean, place: string): boolean {
    const isObject = name instanceof Cookie;
    if (typeof name !== 'string' && !isObject) {
      fail(SWOOLE_ERROR_PHP_RUNTIME_NOTICE);
      warn(`${place}: The first argument must be a string or a Http\\Cookie object`);
      return false;
    }
    if (this.#state >= ENDED) return unavailable();
    const text = isObject ? name.textFor(place) : cookieText(cookieParts(name, options, encode), place);
    if (text === false) return false;
    this.#head ??= new ResponseHead();
    this.#head.cookies ??= [];
    this.#head.cookies.push(text);
    return true;
  }

  /** A handshake that is refused ends its connection, as Swoole does. */
  #closes(exchange: Exchange): boolean {
    return this.#context.upgrade !== null || !keepsAlive(exchange.head);
  }

  #status(): number {
    return this.#head === null ? 0 : this.#head.status;
  }

  #statusLine(): string {
    return this.#head === null ? statusText(0) : this.#head.statusLine();
  }

  #headerList(close: boolean, method: string): readonly string[] {
    const head = this.#head;
    const context = this.#context;
    const bare = context.upgrade !== null;
    if (!bare && (head === null || (head.headers === null && head.cookies === null))) {
      return usualHeaders(context.server, !close);
    }
    return (head ?? new ResponseHead()).toList(context.server, !close, bare, method);
  }

  #finish(close: boolean): void {
    this.#state = ENDED;
    this.#context.finished(this, close);
    this.#over?.();
    this.#over = null;
  }

  #end(body: string | Uint8Array, method: string): boolean {
    const exchange = this.#exchange;
    if (this.#state === CHUNKED) return this.#finishChunks(exchange as Exchange, body);
    if (exchange === null || !exchange.open) {
      this.#finish(false);
      return fail(SWOOLE_ERROR_SESSION_NOT_EXIST);
    }
    const upgrade = this.#context.upgrade;
    if (upgrade !== null && this.#status() === 101) {
      this.#state = ENDED;
      const done = upgrade(this);
      this.#finish(!done);
      return done;
    }

    const close = this.#closes(exchange);
    let headers = this.#headerList(close, method);
    let content = body;
    if (this.#context.compression && body.length > 0) {
      const encoding = this.#encodingFor(exchange, body);
      if (encoding !== null) {
        content = compress(body, encoding, this.#context.compressionLevel);
        headers = headers.concat('Content-Encoding', encoding);
      }
    }
    if (isBodyless(this.#status(), exchange.head.method)) {
      this.#respondHead(exchange, headers, Buffer.byteLength(content), close);
    } else if (this.#trailers !== null && exchange.head.version === '2') {
      exchange.start(
        this.#statusLine(),
        headers.concat('Content-Length', String(Buffer.byteLength(content))),
      );
      exchange.finish(content, close, this.#trailerList());
    } else {
      exchange.respond(this.#statusLine(), headers, content, close);
    }
    this.#finish(close);
    return true;
  }

  #respondHead(exchange: Exchange, headers: readonly string[], length: number, close: boolean): void {
    const head = this.#head ?? new ResponseHead();
    exchange.respondHead(head.statusLine(), headers, head.announcedLength(length), close);
  }

  #encodingFor(exchange: Exchange, body: string | Uint8Array): ContentEncoding | null {
    const context = this.#context;
    const least = context.compressionMinLength;
    // A UTF-16 unit takes up to three bytes: only texts near the limit are measured.
    if (body.length < least && (body.length * 3 < least || Buffer.byteLength(body) < least)) return null;
    if (context.upgrade !== null) return null;
    if (this.#head !== null && !this.#head.allowsCompression(context.compressionTypes)) return null;
    return acceptedEncoding(exchange.head, context.brotli);
  }

  #startChunks(exchange: Exchange): void {
    const close = this.#closes(exchange);
    const headers = this.#headerList(close, 'write');
    this.#state = CHUNKED;
    const isHead = exchange.head.method === 'HEAD';
    if (!isBodyless(this.#status(), exchange.head.method)) {
      exchange.start(this.#statusLine(), headers);
      return;
    }
    this.#silent = true;
    const list = isHead && this.#status() !== 204 ? headers.concat('Transfer-Encoding', 'chunked') : headers;
    exchange.respondHead(this.#statusLine(), list, null, close);
  }

  /** Name, value, name, value…, without those that would break out of their line. */
  #trailerList(): string[] {
    const list: string[] = [];
    for (const [name, value] of Object.entries(this.#trailers ?? {}))
      if (value !== null && !breaksLine(name, 'end') && !breaksLine(value, 'end')) list.push(name, value);
    return list;
  }

  #finishChunks(exchange: Exchange, last: string | Uint8Array): boolean {
    const close = this.#closes(exchange);
    const open = this.#silent || exchange.open;
    if (open && !this.#silent)
      exchange.finish(last.length === 0 ? undefined : last, close, this.#trailerList());
    this.#finish(close);
    return open || fail(SWOOLE_ERROR_SESSION_NOT_EXIST);
  }

  #sendPart(exchange: Exchange, part: FilePart, filename: string): boolean {
    const bodyless = isBodyless(this.#status(), exchange.head.method);
    const small = part.length <= SMALL_FILE;
    const body = !bodyless && small ? readFilePart(part, filename) : '';
    if (body === false) return false;
    if (this.#head === null || !this.#head.has(CONTENT_TYPE))
      this.#setHeader('Content-Type', mimeType(filename), false, 'sendfile');

    const close = this.#closes(exchange);
    const headers = this.#headerList(close, 'sendfile');
    if (bodyless || small) {
      if (bodyless) {
        closeSync(part.descriptor);
        this.#respondHead(exchange, headers, part.length, close);
      } else {
        exchange.respond(this.#statusLine(), headers, body, close);
      }
      this.#finish(close);
      return true;
    }

    this.#state = ENDED;
    const end = part.offset + part.length - 1;
    const stream = createReadStream('', { fd: part.descriptor, start: part.offset, end });
    // The engine drops the connection when the peer leaves early or the file turns out shorter.
    const over = (): void => {
      stream.destroy();
      this.#finish(close);
    };
    exchange.stream(this.#statusLine(), headers, part.length, stream, close).then(over, over);
    return true;
  }
}
