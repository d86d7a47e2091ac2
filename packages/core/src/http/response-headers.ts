import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_PHP_RUNTIME_NOTICE } from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import { phpText } from './php-text.js';

/** What `Response::header()` takes: a list or a map sends one line for each of its values; null removes a default. */
export type HeaderValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly HeaderValue[]
  | { readonly [key: string]: HeaderValue };

// Headers that Swoole writes unless the program has, or that belong to the framing of the body.
export const SERVER = 1;
export const CONNECTION = 2;
export const DATE = 4;
export const CONTENT_LENGTH = 8;
export const CONTENT_TYPE = 16;
export const TRANSFER_ENCODING = 32;
export const CONTENT_ENCODING = 64;
/** The engine writes these: a body is framed by what it is, and uWebSockets.js always sends its own Date. */
const OF_THE_ENGINE = DATE | CONTENT_LENGTH | TRANSFER_ENCODING;

const kinds: ReadonlyMap<string, number> = new Map([
  ['server', SERVER],
  ['connection', CONNECTION],
  ['date', DATE],
  ['content-length', CONTENT_LENGTH],
  ['content-type', CONTENT_TYPE],
  ['transfer-encoding', TRANSFER_ENCODING],
  ['content-encoding', CONTENT_ENCODING],
]);

/** In bytes. */
const LONGEST_NAME = 127;

/** A checked name, as it will be sent. */
export interface HeaderName {
  readonly text: string;
  /** One of the constants above, 0 for all other headers. */
  readonly kind: number;
}

/** `x-lower-CASE` to `X-Lower-Case`: only ASCII letters change, and only a dash begins a word. */
function formatName(name: string): string {
  let text = '';
  let first = true;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (first && code >= 0x61 && code <= 0x7a) text += String.fromCharCode(code - 32);
    else if (!first && code >= 0x41 && code <= 0x5a) text += String.fromCharCode(code + 32);
    else text += name[i];
    first = !first && code === 0x2d;
  }
  return text;
}

/**
 * Whether a text would end a header line early; raises Swoole's warning when so.
 * @param method the method of Response that is running, for the warning
 */
export function breaksLine(text: string, method: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x0d) continue;
    if (code === 0x0a || code === 0x0d) {
      fail(SWOOLE_ERROR_PHP_RUNTIME_NOTICE);
      warn(
        `Swoole\\Http\\Response::${method}(): Header may not contain more than a single header, new line detected`,
      );
      return true;
    }
    if (code === 0) {
      fail(SWOOLE_ERROR_PHP_RUNTIME_NOTICE);
      warn(`Swoole\\Http\\Response::${method}(): Header may not contain NUL bytes`);
      return true;
    }
  }
  return false;
}

/** C's isspace, from the end. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0) {
    const code = text.charCodeAt(end - 1);
    if (code !== 0x20 && (code < 0x09 || code > 0x0d)) break;
    end--;
  }
  return end === text.length ? text : text.slice(0, end);
}

// Programs use few names, mostly literals: each is checked and formatted once. Names made of a request's data could be
// without number, so the memory stops growing.
const REMEMBERED = 1000;
const formatted = new Map<string, HeaderName>();
const raw = new Map<string, HeaderName>();

/**
 * Checks and formats a name.
 * @param method the method of Response that is running, for warnings
 * @returns null, with Swoole's warning, for a name that cannot be sent
 */
export function headerName(key: string, format: boolean, method: string): HeaderName | null {
  const known = format ? formatted : raw;
  const found = known.get(key);
  if (found !== undefined) return found;
  if (Buffer.byteLength(key) > LONGEST_NAME) {
    fail(SWOOLE_ERROR_PHP_RUNTIME_NOTICE);
    warn(`Swoole\\Http\\Response::${method}(): header key is too long`);
    return null;
  }
  if (breaksLine(key, method)) return null;
  const name = { text: format ? formatName(key) : key, kind: kinds.get(key.toLowerCase()) ?? 0 };
  if (known.size < REMEMBERED) known.set(key, name);
  return name;
}

/** The headers a program has set on one response, in the order of their first appearance. */
export class ResponseHeaders {
  readonly names: HeaderName[] = [];
  readonly values: HeaderValue[] = [];
  /** The kinds of all names together. */
  present = 0;

  set(name: HeaderName, value: HeaderValue): void {
    const names = this.names;
    for (let i = 0; i < names.length; i++) {
      if (names[i]?.text === name.text) {
        this.values[i] = value;
        return;
      }
    }
    names.push(name);
    this.values.push(value);
    this.present |= name.kind;
  }

  /** The value of the last header of a kind; undefined when there is none. */
  ofKind(kind: number): HeaderValue {
    if ((this.present & kind) === 0) return undefined;
    for (let i = this.names.length - 1; i >= 0; i--) if (this.names[i]?.kind === kind) return this.values[i];
    return undefined;
  }

  /** The text of the first header with a name, in any case; empty when there is none. */
  text(lowerCaseName: string): string {
    for (let i = 0; i < this.names.length; i++) {
      if (this.names[i]?.text.toLowerCase() === lowerCaseName) return phpText(this.values[i]) ?? '';
    }
    return '';
  }

  /**
   * Adds name, value, name, value… for what may be sent.
   * @param method the method of Response that is running, for warnings
   * @param without lower-case names to leave out, null for none
   */
  appendTo(list: string[], method: string, without: ReadonlySet<string> | null = null): void {
    for (let i = 0; i < this.names.length; i++) {
      const { text, kind } = this.names[i] as HeaderName;
      const value = this.values[i];
      if (kind !== 0 && ((kind & OF_THE_ENGINE) !== 0 || value === '')) continue;
      if (without?.has(text.toLowerCase())) continue;
      if (typeof value !== 'object' || value === null) appendLine(list, text, value, method);
      else for (const one of Object.values(value)) appendLine(list, text, one, method);
    }
  }

  /** What PHP shows as the property `$response->header`. */
  toRecord(): Record<string, HeaderValue> {
    const record: Record<string, HeaderValue> = Object.create(null);
    for (let i = 0; i < this.names.length; i++) record[(this.names[i] as HeaderName).text] = this.values[i];
    return record;
  }
}

function appendLine(list: string[], name: string, value: HeaderValue, method: string): void {
  if (value === null || value === undefined) return;
  // PHP's text of an array in an array.
  const text = trimEnd(phpText(value) ?? 'Array');
  if (!breaksLine(text, method)) list.push(name, text);
}
