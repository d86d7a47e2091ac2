import type { RequestHead } from '../../engine/engine.js';
import { isTokenByte } from './ascii.js';

/** The methods that Swoole's HTTP parser knows. */
const METHODS = new Set(
  (
    'DELETE GET HEAD POST PUT CONNECT OPTIONS TRACE COPY LOCK MKCOL MOVE PROPFIND PROPPATCH SEARCH UNLOCK BIND ' +
    'REBIND UNBIND ACL REPORT MKACTIVITY CHECKOUT MERGE M-SEARCH NOTIFY SUBSCRIBE UNSUBSCRIBE PATCH PURGE ' +
    'MKCALENDAR LINK UNLINK SOURCE QUERY'
  ).split(' '),
);
const VERSION_PREFIX = 'HTTP/1.';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const DELETE = 0x7f;

const START = 0;
const METHOD = 1;
const BEFORE_TARGET = 2;
const TARGET = 3;
const BEFORE_VERSION = 4;
const VERSION = 5;
const LINE_END = 6;
const BEFORE_FIELD = 7;
const FIELD = 8;
const BEFORE_VALUE = 9;
const VALUE = 10;
const HEAD_END = 11;

/** Whether the request target is a path, `*`, a whole URL, or (for CONNECT) a host. */
function isTarget(method: string, target: string): boolean {
  return method === 'CONNECT' || target.startsWith('/') || target === '*' || target.indexOf('://') > 0;
}

/** Reads the head of a request from bytes that come in pieces of any size (RFC 9112). */
export class HeadParser {
  /** Known as soon as its bytes are, empty until then. */
  method = '';
  /** The whole head, null until its last byte. */
  head: RequestHead | null = null;
  failed = false;

  #state = START;
  /** Offset of the first byte of what is being read. */
  #mark = 0;
  #target = '';
  #version: '1.0' | '1.1' = '1.1';
  #name = '';
  #headers: string[] = [];

  /**
   * Reads on.
   * @param bytes all bytes since the first; `from` is where the last call ended
   * @returns the offset of the first byte that was not used: `to`, or behind the head, or where it is malformed
   */
  feed(bytes: Buffer, from: number, to: number): number {
    for (let at = from; at < to; at++) {
      if (!this.#step(bytes, at, bytes[at]!)) {
        this.failed = true;
        return at;
      }
      if (this.head) return at + 1;
    }
    return to;
  }

  #step(bytes: Buffer, at: number, byte: number): boolean {
    switch (this.#state) {
      case START:
        return byte === CR || byte === LF || this.#enter(METHOD, bytes, at, byte);
      case METHOD:
        if (byte !== SPACE) return (byte >= 0x41 && byte <= 0x5a) || byte === 0x2d;
        this.method = bytes.toString('latin1', this.#mark, at);
        this.#state = BEFORE_TARGET;
        return METHODS.has(this.method);
      case BEFORE_TARGET:
        return byte === SPACE || this.#enter(TARGET, bytes, at, byte);
      case TARGET:
        if (byte !== SPACE) return byte > SPACE && byte < DELETE;
        this.#target = bytes.toString('latin1', this.#mark, at);
        this.#state = BEFORE_VERSION;
        return isTarget(this.method, this.#target);
      case BEFORE_VERSION:
        return byte === SPACE || this.#enter(VERSION, bytes, at, byte);
      case VERSION:
        return this.#versionByte(at - this.#mark, byte);
      case LINE_END:
        this.#state = BEFORE_FIELD;
        return byte === LF;
      case BEFORE_FIELD:
        if (byte !== CR) return this.#enter(FIELD, bytes, at, byte);
        this.#state = HEAD_END;
        return true;
      case FIELD:
        if (byte !== COLON) return isTokenByte(byte);
        this.#name = bytes.toString('latin1', this.#mark, at).toLowerCase();
        this.#state = BEFORE_VALUE;
        return at > this.#mark;
      case BEFORE_VALUE:
        return byte === SPACE || byte === TAB || this.#enter(VALUE, bytes, at, byte);
      case VALUE:
        if (byte !== CR) return (byte >= SPACE && byte !== DELETE) || byte === TAB;
        this.#headers.push(this.#name, bytes.toString('utf8', this.#mark, at));
        this.#state = LINE_END;
        return true;
      default:
        if (byte !== LF) return false;
        this.#finish();
        return true;
    }
  }

  #enter(state: number, bytes: Buffer, at: number, byte: number): boolean {
    this.#state = state;
    this.#mark = at;
    return this.#step(bytes, at, byte);
  }

  #versionByte(index: number, byte: number): boolean {
    if (index < VERSION_PREFIX.length) return byte === VERSION_PREFIX.charCodeAt(index);
    if (index === VERSION_PREFIX.length) {
      this.#version = byte === 0x30 ? '1.0' : '1.1';
      return byte === 0x30 || byte === 0x31;
    }
    this.#state = LINE_END;
    return byte === CR;
  }

  #finish(): void {
    const question = this.#target.indexOf('?');
    this.head = {
      method: this.method,
      path: question < 0 ? this.#target : this.#target.slice(0, question),
      query: question < 0 ? '' : this.#target.slice(question + 1),
      version: this.#version,
      headers: this.#headers,
    };
  }
}
