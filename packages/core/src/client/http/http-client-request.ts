import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fail } from '../../errors/last-error.js';
import { mimeType } from '../../http/mime.js';
import { type FormFields, type FormPart, multipartForm, urlEncode, urlEncodedForm } from './form-body.js';
import type { HttpClientSettings } from './http-client-settings.js';

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
  uploadFiles: FormPart[] | null = null;
  /** The cookies that go out with the next request: those set, and those received. */
  cookies: Record<string, string> | null = null;
  #auth: string | null = null;

  /**
   * @param host a name or an address, or `unix:/path` of a Unix socket
   * @param port 0 for 80, or 443 with TLS
   * @param ssl whether to speak TLS
   */
  constructor(host: string, port = 0, ssl = false) {
    this.host = host;
    this.port = port === 0 ? (ssl ? 443 : 80) : port;
    this.ssl = ssl;
  }

  /** Sets settings; others than before stay. @see Swoole\Coroutine\Http\Client::set */
  set(settings: HttpClientSettings): boolean {
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
   * Adds a file to the form that the next request sends.
   * @param offset where in the file to begin
   * @param length how many bytes, 0 for all
   * @returns false for a file that cannot be read
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
    let content: Buffer;
    try {
      content = readFileSync(path).subarray(offset, length > 0 ? offset + length : undefined);
    } catch (error) {
      return fail(Math.abs((error as NodeJS.ErrnoException).errno ?? 0));
    }
    if (content.length === 0) return false;
    this.#addPart({ name, filename: filename ?? basename(path), type: type ?? mimeType(path), content });
    return true;
  }

  /** Adds a text as a file to the form that the next request sends. @see Swoole\Coroutine\Http\Client::addData */
  addData(
    data: string | Uint8Array,
    name: string,
    type: string | null = null,
    filename: string | null = null,
  ): boolean {
    this.#addPart({
      name,
      filename: filename ?? name,
      type: type ?? 'application/octet-stream',
      content: Buffer.from(data),
    });
    return true;
  }

  #addPart(part: FormPart): void {
    this.uploadFiles = [...(this.uploadFiles ?? []), part];
  }

  protected content(): { type: string | null; body: Buffer | null } {
    const { requestBody, uploadFiles } = this;
    const fields = isFields(requestBody) ? requestBody : null;
    if (uploadFiles !== null) return multipartForm(fields ?? {}, uploadFiles);
    if (fields !== null)
      return { type: 'application/x-www-form-urlencoded', body: Buffer.from(urlEncodedForm(fields)) };
    return { type: null, body: requestBody === null ? null : Buffer.from(requestBody as string) };
  }

  /** In the order in which Swoole sends them. */
  protected headersOut(type: string | null, body: Buffer | null): string[] {
    const own = Object.entries(this.requestHeaders ?? {});
    const given = new Set(own.map(([name]) => name.toLowerCase()));
    const out: string[] = [];
    const add = (name: string, value: string): void => {
      if (!given.has(name.toLowerCase())) out.push(name, value);
    };
    const usual = this.port === (this.ssl ? 443 : 80);
    const host = own.find(([name]) => name.toLowerCase() === 'host')?.[1];
    out.push('Host', host ?? (usual ? this.host : `${this.host}:${this.port}`));
    for (const [name, value] of own) {
      if (name.toLowerCase() !== 'host' && name.toLowerCase() !== 'content-length')
        out.push(name, String(value));
    }
    add('Connection', this.setting?.keep_alive === false ? 'closed' : 'keep-alive');
    if (this.setting?.http_compression !== false) add('Accept-Encoding', 'gzip, deflate, br');
    if (this.#auth !== null) add('Authorization', this.#auth);
    const cookies = this.cookieText();
    if (cookies !== '') add('Cookie', cookies);
    if (type !== null) add('Content-Type', type);
    if (body !== null) out.push('Content-Length', String(body.length));
    return out;
  }

  protected cookieText(): string {
    const pairs = Object.entries(this.cookies ?? {}).filter(([, value]) => value !== '');
    return pairs.map(([name, value]) => `${name}=${urlEncode(value)}`).join('; ');
  }
}

function isFields(body: unknown): body is FormFields {
  return typeof body === 'object' && body !== null && !(body instanceof Uint8Array);
}
