import {
  breaksLine,
  CONNECTION,
  CONTENT_ENCODING,
  CONTENT_LENGTH,
  CONTENT_TYPE,
  type HeaderValue,
  type ResponseHeaders,
  SERVER,
} from './response-headers.js';
import { statusText } from './status-text.js';

const DEFAULT_TYPE = 'text/html';

/** The engine writes these itself when it makes a WebSocket. */
const OF_THE_HANDSHAKE: ReadonlySet<string> = new Set([
  'upgrade',
  'connection',
  'sec-websocket-accept',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
]);

// The heads of most responses: made once, as the Server header is the same for all.
let usualServer = '';
let usualAlive: readonly string[] = [];
let usualClosing: readonly string[] = [];

/** The headers of a response for which the program has set none. */
export function usualHeaders(server: string, alive: boolean): readonly string[] {
  if (server !== usualServer) {
    usualServer = server;
    usualAlive = ['Server', server, 'Connection', 'keep-alive', 'Content-Type', DEFAULT_TYPE];
    usualClosing = ['Server', server, 'Connection', 'close', 'Content-Type', DEFAULT_TYPE];
  }
  return alive ? usualAlive : usualClosing;
}

/** Where the RFC forbids a body, whatever the program sends (RFC 9110, 6.4.1). */
export function isBodyless(status: number, method: string): boolean {
  return status === 204 || status === 304 || (status >= 100 && status < 200) || method === 'HEAD';
}

/** Where the RFC forbids a Content-Length as well (RFC 9110, 8.6). */
function isLengthless(status: number): boolean {
  return status === 204 || (status >= 100 && status < 200);
}

/** What a program has said about the head of a response. Most responses have none of it. */
export class ResponseHead {
  /** 0 until the program names one. */
  status = 0;
  /** Empty for the usual one. */
  reason = '';
  headers: ResponseHeaders | null = null;
  cookies: string[] | null = null;

  statusLine(): string {
    return this.reason === '' ? statusText(this.status) : `${this.status || 200} ${this.reason}`;
  }

  ofKind(kind: number): HeaderValue {
    return this.headers === null ? undefined : this.headers.ofKind(kind);
  }

  has(kind: number): boolean {
    return this.headers !== null && (this.headers.present & kind) !== 0;
  }

  /**
   * All headers, in Swoole's order: the program's, its cookies, then the defaults it has not replaced.
   * @param bare true for the answer to a handshake, for which Swoole sends no defaults but Server
   * @param method the method of Response that is running, for warnings
   */
  toList(server: string, alive: boolean, bare: boolean, method: string): string[] {
    const list: string[] = [];
    this.#appendOwn(list, method, null);
    if (!this.has(SERVER)) list.push('Server', server);
    if (bare) return list;
    if (!this.has(CONNECTION)) list.push('Connection', alive ? 'keep-alive' : 'close');
    if (!this.has(CONTENT_TYPE)) list.push('Content-Type', DEFAULT_TYPE);
    return list;
  }

  /** The headers for a 101, without those that the engine writes. */
  toHandshakeList(server: string): string[] {
    const list: string[] = [];
    this.#appendOwn(list, 'end', OF_THE_HANDSHAKE);
    if (!this.has(SERVER)) list.push('Server', server);
    return list;
  }

  /** Whether a body may be compressed: not when the program has, and only the types asked for. */
  allowsCompression(types: ReadonlySet<string> | null | undefined): boolean {
    if (this.status === 204 || this.status === 304) return false;
    if (typeof this.ofKind(CONTENT_ENCODING) === 'string') return false;
    if (!types) return true;
    const type = this.ofKind(CONTENT_TYPE);
    return types.has(typeof type === 'string' ? type : DEFAULT_TYPE);
  }

  /**
   * The Content-Length of a response that is sent without its body.
   * @param length of the body that stays here, in bytes
   * @returns null for none
   */
  announcedLength(length: number): number | null {
    if (isLengthless(this.status)) return null;
    const own = this.ofKind(CONTENT_LENGTH);
    const number = typeof own === 'string' && own !== '' ? Number(own) : own;
    if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number;
    return length === 0 ? null : length;
  }

  #appendOwn(list: string[], method: string, without: ReadonlySet<string> | null): void {
    this.headers?.appendTo(list, method, without);
    if (this.cookies === null) return;
    for (const cookie of this.cookies) if (!breaksLine(cookie, method)) list.push('Set-Cookie', cookie);
  }
}
