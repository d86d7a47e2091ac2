import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { fail } from '../../errors/last-error.js';
import { SWOOLE_ERROR_PHP_RUNTIME_NOTICE } from '../../errors/numbers.js';
import { swoole_strerror } from '../../errors/strerror.js';
import { warn } from '../../errors/warnings.js';
import { mimeType } from '../../http/mime.js';
import { phpText } from '../../http/php-text.js';
import { proxyAuthorization, proxyOf, type UpstreamProxy } from '../proxy.js';
import { type FormFields, multipartForm, type UploadFile, urlEncode, urlEncodedForm } from './form-body.js';
import { HttpClientException } from './http-client-exception.js';
import type { HttpClientSettings } from './http-client-settings.js';
import { type BodyPart, partLength } from './request-body.js';

const EINVAL = 22;
const ADD_FILE = 'Swoole\\Coroutine\\Http\\Client::addFile()';
/** What a name of a header and a method may hold (RFC 9110, section 5.6.2). */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const LINE_BREAKING = /[\r\n\0]/;
const NO_TARGET = /[\0-\x20\x7f]/;

/** What an HTTP client is told before it sends: everything but the path. */
export abstract class HttpClientRequest {
  readonly host: string;
  readonly port: number;
  readonly ssl: boolean;
  /** What `set()` was given. */
  setting: HttpClientSettings | null = null;
  requestMethod: string | null = null;
  requestHeaders: Record<string, string> | null = null;
  requestBody: FormFields | string | Uint8Array | null = null;
  uploadFiles: UploadFile[] | null = null;
  /** The file that `download()` writes to, until the answer has come. */
  downloadFile: string | null = null;
  downloadOffset = 0;
  /** The cookies that go out with the next request: those set, and those received. */
  cookies: Record<string, string> | null = null;
  #auth: string | null = null;

  /**
   * @param host a name or an address, or `unix:/path` of a Unix socket
   * @param port 0 for 80, or 443 with TLS
   * @param ssl whether to speak TLS
   * @throws Coroutine.Http.Client.Exception without a host
   */
  constructor(host: string, port = 0, ssl = false) {
    if (host === '') throw new HttpClientException('host is empty', EINVAL);
    this.host = host;
    this.port = port === 0 ? (ssl ? 443 : 80) : port;
    this.ssl = ssl;
  }

  /** Sets settings; others than before stay. False when there is none. @see Swoole\Coroutine\Http\Client::set */
  set(settings: HttpClientSettings): boolean {
    if (Object.keys(settings).length === 0) return false;
    this.setting = { ...this.setting, ...settings };
    return true;
  }

  /** The method of `execute()`. @see Swoole\Coroutine\Http\Client::setMethod */
  setMethod(method: string): boolean {
    this.requestMethod = method;
    return true;
  }

  /** The headers of the requests to come, in place of those before. @see Swoole\Coroutine\Http\Client::setHeaders */
  setHeaders(headers: Record<string, string>): boolean {
    this.requestHeaders = { ...headers };
    return true;
  }

  /** Sends a name and a password with each request. @see Swoole\Coroutine\Http\Client::setBasicAuth */
  setBasicAuth(username: string, password: string): void {
    this.#auth = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }

  /** The cookies of the requests to come, in place of those before. @see Swoole\Coroutine\Http\Client::setCookies */
  setCookies(cookies: Record<string, string>): boolean {
    this.cookies = { ...cookies };
    return true;
  }

  /**
   * The body of the requests to come, until another one is set.
   * @param data text or bytes, or the fields of a form
   * @see Swoole\Coroutine\Http\Client::setData
   */
  setData(data: FormFields | string | Uint8Array): boolean {
    this.requestBody = data;
    return true;
  }

  /**
   * Adds a file to the form that the next request sends; it is read when it goes out.
   * @param offset where in the file to begin
   * @param length how many bytes, 0 for all
   * @returns false, with a warning, for a file that is missing, empty, or shorter
   * @see Swoole\Coroutine\Http\Client::addFile
   */
  addFile(
    path: string,
    name: string,
    type: string | null = null,
    filename: string | null = null,
    offset = 0,
    length = 0,
  ): boolean {
    let size: number;
    try {
      size = statSync(path).size;
    } catch (error) {
      const number = Math.abs((error as NodeJS.ErrnoException).errno ?? 0);
      warn(`${ADD_FILE}: stat(${path}) failed, Error: ${swoole_strerror(number)}[${number}]`);
      return fail(number);
    }
    const start = Math.max(0, offset);
    const wanted = Math.max(0, length);
    if (size === 0) return refuseFile(`cannot send empty file[${filename ?? path}]`);
    if (size <= start) return refuseFile(`parameter $offset[${start}] exceeds the file size`);
    if (wanted > size - start) return refuseFile(`parameter $length[${wanted}] exceeds the file size`);
    this.#addPart({
      path,
      name,
      filename: filename ?? basename(path),
      type: type ?? mimeType(path),
      size: wanted === 0 ? size - start : wanted,
      offset: start,
    });
    return true;
  }

  /** Adds a text as a file to the form that the next request sends. @see Swoole\Coroutine\Http\Client::addData */
  addData(
    path: string | Uint8Array,
    name: string,
    type: string | null = null,
    filename: string | null = null,
  ): boolean {
    this.#addPart({
      content: path,
      name,
      filename: filename ?? name,
      type: type ?? 'application/octet-stream',
      size: Buffer.byteLength(path),
    });
    return true;
  }

  #addPart(part: UploadFile): void {
    this.uploadFiles = [...(this.uploadFiles ?? []), part];
  }

  /** What follows the head; null for nothing. */
  protected content(): { type: string | null; parts: readonly BodyPart[] | null } {
    const { requestBody, uploadFiles } = this;
    const fields = isFields(requestBody) ? requestBody : null;
    if (uploadFiles !== null && uploadFiles.length > 0) return multipartForm(fields ?? {}, uploadFiles);
    if (fields !== null)
      return { type: 'application/x-www-form-urlencoded', parts: [urlEncodedForm(fields)] };
    return { type: null, parts: requestBody === null ? null : [requestBody as string | Uint8Array] };
  }

  /**
   * The head of a request, in Swoole's order.
   * @param extra headers of this request only, in place of the program's own of these names
   * @returns null when something in it would break its lines
   */
  protected head(
    method: string,
    path: string,
    extra: Readonly<Record<string, string>> | null,
    type: string | null,
    parts: readonly BodyPart[] | null,
  ): string | null {
    const { requestHeaders, setting } = this;
    const headers = extra === null ? requestHeaders : { ...requestHeaders, ...extra };
    const proxy = setting === null || this.ssl ? null : proxyOf(setting);
    const forwarded = proxy?.kind === 'http' ? proxy : null;
    let host = this.#hostHeader();
    let own = '';
    let connection = false;
    let encoding = setting?.http_compression === false;
    let typed = false;
    let emptied = false;
    for (const name in headers) {
      const value = headers[name];
      if (value === null || value === undefined) continue;
      const text = phpText(value) ?? String(value);
      if (!TOKEN.test(name) || LINE_BREAKING.test(text)) return null;
      const lower = name.toLowerCase();
      if (lower === 'host') {
        host = text;
        continue;
      }
      if (lower === 'content-length') {
        emptied = true;
        continue;
      }
      own += `${name}: ${text}\r\n`;
      if (lower === 'connection') connection = true;
      else if (lower === 'accept-encoding') encoding = true;
      else if (lower === 'content-type') typed = true;
    }
    const target =
      forwarded === null ? path : `http://${host.includes(':') ? host : `${host}:${this.port}`}${path}`;
    if (!TOKEN.test(method) || NO_TARGET.test(target)) return null;
    let head = `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n${own}`;
    head += this.#credentials(forwarded);
    if (!connection)
      head += setting?.keep_alive === false ? 'Connection: closed\r\n' : 'Connection: keep-alive\r\n';
    if (!encoding) head += 'Accept-Encoding: gzip, deflate, br\r\n';
    const cookies = this.cookies === null ? '' : cookieText(this.cookies);
    if (LINE_BREAKING.test(cookies)) return null;
    if (cookies !== '') head += `Cookie: ${cookies}\r\n`;
    if (type !== null && !typed) head += `Content-Type: ${type}\r\n`;
    if (parts !== null)
      head += `Content-Length: ${parts.reduce((sum, part) => sum + partLength(part), 0)}\r\n`;
    else if (emptied) head += 'Content-Length: 0\r\n';
    return `${head}\r\n`;
  }

  #hostHeader(): string {
    if (this.host.startsWith('unix:')) return 'localhost';
    const host = this.host.includes(':') ? `[${this.host}]` : this.host;
    return this.port === (this.ssl ? 443 : 80) ? host : `${host}:${this.port}`;
  }

  #credentials(proxy: UpstreamProxy | null): string {
    const forProxy = proxy === null ? '' : proxyAuthorization(proxy);
    let text = forProxy === '' ? '' : `Proxy-Authorization: ${forProxy}\r\n`;
    if (this.#auth !== null) text += `Authorization: ${this.#auth}\r\n`;
    return text;
  }
}

function cookieText(cookies: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(cookies).filter(([, value]) => value !== '');
  return pairs.map(([name, value]) => `${name}=${urlEncode(value)}`).join('; ');
}

function refuseFile(why: string): false {
  warn(`${ADD_FILE}: ${why}`);
  return fail(SWOOLE_ERROR_PHP_RUNTIME_NOTICE);
}

function isFields(body: unknown): body is FormFields {
  return typeof body === 'object' && body !== null && !(body instanceof Uint8Array);
}
