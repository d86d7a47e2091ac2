import { statSync } from 'node:fs';
import type { RequestHead } from '../engine/engine.js';
import { formKind, methodHasForm, multipartBoundary } from './parse/content-type.js';
import { parseCookies } from './parse/cookies.js';
import { foldHeaders, type HeaderMap } from './parse/headers.js';
import { parseMultipart } from './parse/multipart.js';
import { parseQueryString } from './parse/query-string.js';
import { RequestParser } from './parse/request-bytes.js';
import type { FileData, FormData } from './parse/types.js';
import { removeUploads } from './parse/uploads.js';
import { urlDecode } from './parse/url-decode.js';
import { phpText } from './php-text.js';
import { requestData } from './request-data.js';

/** @internal What of a request is parsed, by the settings of its server. */
export interface RequestSettings {
  readonly parsePost: boolean;
  readonly parseCookie: boolean;
  readonly parseFiles: boolean;
  readonly uploadDir: string;
}

/** @internal What the server knows of a request's connection. */
export interface RequestInfo {
  readonly serverPort: number;
  readonly serverAddress: string;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** When the last bytes came, in seconds since 1970. */
  readonly masterTime: number;
  readonly settings: RequestSettings;
}

/** What `request.server` holds. */
export interface RequestServer {
  /** As sent, without the `?`; absent when it is empty. */
  query_string?: string;
  request_method: string;
  /** The path as sent. */
  request_uri: string;
  /** The path decoded. */
  path_info: string;
  /** In seconds since 1970. */
  request_time: number;
  /** In seconds since 1970, with fractions. */
  request_time_float: number;
  server_protocol: string;
  server_port: number;
  remote_port: number;
  server_addr: string;
  remote_addr: string;
  /** When the server got the request's last bytes, in seconds since 1970. */
  master_time: number;
  [key: string]: string | number | undefined;
}

/** Options of {@link Request.create}. */
export interface RequestOptions {
  parse_cookie?: boolean;
  parse_body?: boolean;
  parse_files?: boolean;
  upload_tmp_dir?: string;
}

const NO_BYTES: Buffer = Buffer.alloc(0);

/** Inherits nothing, like Object.create(null), but V8 gives it a fixed layout, which is several times faster. */
class ServerRecord {}
Object.setPrototypeOf(ServerRecord.prototype, null);
Reflect.deleteProperty(ServerRecord.prototype, 'constructor');

/**
 * A request. Its parts are parsed when they are first read, and may be assigned.
 * @see Swoole\Http\Request
 */
export class Request {
  static readonly phpName = 'Swoole\\Http\\Request';
  /** @internal PHP's properties, and what has their values. */
  static readonly phpProperties: Readonly<Record<string, string>> = {
    fd: 'fd',
    streamId: 'streamId',
    header: 'header',
    server: 'server',
    cookie: 'cookie',
    get: 'get',
    files: 'files',
    post: 'post',
    tmpfiles: 'tmpfiles',
  };
  /** The connection's number. */
  fd: number;
  /** The number of its stream with HTTP/2, else 0. */
  streamId: number;

  #head: RequestHead | null;
  readonly #info: RequestInfo | null;
  readonly #settings: RequestSettings;
  #parser: RequestParser | null = null;
  #body: Buffer = NO_BYTES;
  /** When the request came, in milliseconds since 1970. */
  #time = 0;

  // Undefined until first read.
  #header: HeaderMap | undefined;
  #cookieText: string | null | undefined;
  #server: RequestServer | undefined;
  #cookie: FormData | null | undefined;
  #get: FormData | null | undefined;
  #post: FormData | null | undefined;
  #files: FileData | null = null;
  #tmpfiles: string[] | null = null;
  /** Files to delete with the request, whatever the program does to `tmpfiles`. */
  #uploads: readonly string[] | null = null;

  /** @internal */
  constructor(head: RequestHead | null, fd: number, info: RequestInfo | null, settings?: RequestSettings) {
    this.#head = head;
    this.fd = fd;
    this.streamId = head?.stream ?? 0;
    this.#info = info;
    this.#settings = settings ?? (info as RequestInfo).settings;
    if (head !== null) this.#time = Date.now();
  }

  /**
   * Makes a request that is filled by {@link parse}, without any server.
   * @param options what to parse: `parse_cookie`, `parse_body`, `parse_files` (each true unless given), and
   *   `upload_tmp_dir`, `/tmp` unless given
   * @see Swoole\Http\Request::create
   */
  static create(options: RequestOptions = {}): Request {
    const request = new Request(null, 0, null, {
      parsePost: options.parse_body ?? true,
      parseCookie: options.parse_cookie ?? true,
      parseFiles: options.parse_files ?? true,
      uploadDir: options.upload_tmp_dir ?? '/tmp',
    });
    request.#parser = new RequestParser();
    return request;
  }

  /** Headers by name in lower case; those that came more than once as arrays, except common ones. */
  get header(): HeaderMap {
    if (this.#header === undefined) this.#foldHeaders();
    return this.#header as HeaderMap;
  }
  set header(value: HeaderMap) {
    this.header;
    this.#header = value;
  }

  /** The request line and the connection. */
  get server(): RequestServer {
    this.#server ??= this.#makeServer();
    return this.#server;
  }
  set server(value: RequestServer) {
    this.#server = value;
  }

  /** Cookies by name; null when the request has none. */
  get cookie(): FormData | null {
    if (this.#cookie === undefined) {
      this.header;
      const text = this.#cookieText ?? null;
      this.#cookie = text === null ? null : parseCookies(text);
    }
    return this.#cookie;
  }
  set cookie(value: FormData | null) {
    this.#cookie = value;
  }

  /** The variables of the query string; null when it is empty. */
  get get(): FormData | null {
    if (this.#get === undefined) {
      this.#get = this.#head === null || this.#head.query === '' ? null : parseQueryString(this.#head.query);
    }
    return this.#get;
  }
  set get(value: FormData | null) {
    this.#get = value;
  }

  /** Uploaded files by field; null when there are none. */
  get files(): FileData | null {
    return this.#files;
  }
  set files(value: FileData | null) {
    this.#files = value;
  }

  /** The variables of a form in the body; null when it is none. */
  get post(): FormData | null {
    if (this.#post === undefined) {
      const isForm = this.#settings.parsePost && this.#body.length > 0 && this.#formKind() === 'urlencoded';
      this.#post = isForm ? parseQueryString(this.#body.toString()) : null;
    }
    return this.#post;
  }
  set post(value: FormData | null) {
    this.#post = value;
  }

  /** The paths of the temporary files of all uploads; null when there are none. */
  get tmpfiles(): string[] | null {
    return this.#tmpfiles;
  }
  set tmpfiles(value: string[] | null) {
    this.#tmpfiles = value;
  }

  /** The body. @see Swoole\Http\Request::getContent */
  getContent(): Buffer {
    return this.#body;
  }

  /** The same as {@link getContent}. @see Swoole\Http\Request::rawContent */
  rawContent(): Buffer {
    return this.#body;
  }

  /**
   * The whole request, head and body. Of a request from a server it is written anew: names of headers are in lower
   * case, and a chunked body is one chunk.
   * @see Swoole\Http\Request::getData
   */
  getData(): Buffer {
    if (this.#parser !== null) return this.#parser.data;
    return this.#head === null ? NO_BYTES : requestData(this.#head, this.#body);
  }

  /** The method, in upper case as sent; empty while {@link parse} has not seen it. @see Swoole\Http\Request::getMethod */
  getMethod(): string {
    if (this.#head !== null) return this.#head.method;
    return this.#parser === null ? '' : this.#parser.method;
  }

  /** Whether the request is there to its last byte. @see Swoole\Http\Request::isCompleted */
  isCompleted(): boolean {
    return this.#parser === null || this.#parser.completed;
  }

  /**
   * Reads the next bytes of a request made by {@link create}.
   * @returns how many bytes were used; false when the request was complete already
   * @see Swoole\Http\Request::parse
   */
  parse(data: string | Uint8Array): number | false {
    const parser = this.#parser;
    if (parser === null || parser.completed) return false;
    const bytes = data instanceof Uint8Array ? data : Buffer.from(phpText(data) ?? '');
    const used = parser.feed(bytes);
    if (this.#head === null && parser.head !== null) {
      this.#head = parser.head;
      this.#time = Date.now();
      this.#forget();
    }
    if (parser.completed) {
      this.attachBody(parser.body);
      this.prepareBody();
    }
    return used;
  }

  /** @internal Gives the request its whole body; the bytes must stay. */
  attachBody(body: Buffer): void {
    this.#body = body;
  }

  /**
   * @internal Reads a multipart body and writes its files; other bodies wait until `post` is read.
   * @returns `bad-request` for one that is malformed: it is answered with 400, without an event
   */
  prepareBody(): 'ok' | 'bad-request' {
    if (this.#formKind() !== 'multipart') return 'ok';
    const boundary = multipartBoundary(this.#contentType());
    if (boundary === null) return 'bad-request';
    const result = parseMultipart(this.#body, boundary, this.#settings);
    if (result.kind === 'malformed') return 'bad-request';
    this.#post = result.post;
    this.#files = result.files;
    if (result.tmpfiles.length > 0) {
      this.#uploads = result.tmpfiles;
      this.#tmpfiles = result.tmpfiles.slice();
    }
    return 'ok';
  }

  /** @internal Whether {@link release} has anything to do. */
  holdsUploads(): boolean {
    return this.#uploads !== null;
  }

  /** @internal The bytes of the uploaded files. */
  uploadedBytes(): number {
    let bytes = 0;
    for (const file of this.#uploads ?? []) bytes += statSync(file).size;
    return bytes;
  }

  /** @internal Deletes the uploads that are still in their place, when the request is over. */
  release(): void {
    if (this.#uploads === null) return;
    removeUploads(this.#uploads);
    this.#uploads = null;
  }

  /** Of the flat list, so that the headers are not folded for the many requests that have no form. */
  #contentType(): string {
    const headers = this.#head === null ? [] : this.#head.headers;
    for (let i = headers.length - 2; i >= 0; i -= 2) {
      if (headers[i] === 'content-type') return headers[i + 1] as string;
    }
    return '';
  }

  #formKind(): 'urlencoded' | 'multipart' | null {
    if (this.#head === null || !methodHasForm(this.#head.method)) return null;
    return formKind(this.#contentType());
  }

  #foldHeaders(): void {
    const folded = foldHeaders(this.#head === null ? [] : this.#head.headers, this.#settings.parseCookie);
    this.#header = folded.header;
    this.#cookieText = folded.cookie;
  }

  /** What was read before the head had come says nothing. */
  #forget(): void {
    this.#header = undefined;
    this.#server = undefined;
    this.#cookie = undefined;
    this.#get = undefined;
    this.#post = undefined;
  }

  #makeServer(): RequestServer {
    const server = new ServerRecord() as RequestServer;
    const head = this.#head;
    if (head === null) return server;
    if (head.query !== '') server.query_string = head.query;
    server.request_method = head.method;
    server.request_uri = head.path;
    server.path_info = urlDecode(head.path);
    server.request_time = Math.floor(this.#time / 1000);
    server.request_time_float = this.#time / 1000;
    server.server_protocol = `HTTP/${head.version}`;
    const info = this.#info;
    if (info === null) return server;
    server.server_port = info.serverPort;
    server.remote_port = info.remotePort;
    server.server_addr = info.serverAddress;
    server.remote_addr = info.remoteAddress;
    server.master_time = info.masterTime;
    return server;
  }
}
