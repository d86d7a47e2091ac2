import { isTokenByte } from '../../http/parse/ascii.js';

const SPACE = 0x20;
const TAB = 0x09;
const COLON = 0x3a;
const ZERO = 0x30;
const NINE = 0x39;
const START = 'HTTP/1.';
/** Where the status begins: `HTTP/1.1 200`. */
const STATUS_AT = 9;

/** The head of an answer. */
export interface ResponseHead {
  readonly status: number;
  /** Name, value, name, value…, as they came. */
  readonly headers: readonly string[];
  /** -1 for none. */
  readonly contentLength: number;
  readonly chunked: boolean;
  /** Whether the connection goes on. */
  readonly keepAlive: boolean;
}

/** Parses a head, without the empty line at its end. @returns null when it is malformed, or says two things about its body's end */
export function parseHead(text: string): ResponseHead | null {
  const lineEnd = text.indexOf('\r\n');
  const first = lineEnd < 0 ? text.length : lineEnd;
  const status = statusOf(text, first);
  if (status === 0) return null;
  const headers: string[] = [];
  let contentLength = -1;
  let encoding = '';
  let connection = '';
  for (let at = first + 2; at < text.length; ) {
    const found = text.indexOf('\r\n', at);
    const end = found < 0 ? text.length : found;
    const colon = nameEnd(text, at, end);
    if (colon < 0) return null;
    const name = text.slice(at, colon);
    const value = fieldValue(text, colon + 1, end);
    if (value === null) return null;
    headers.push(name, value);
    switch (name.length) {
      case 10:
        if (name.toLowerCase() === 'connection') connection = value.toLowerCase();
        break;
      case 14:
        if (name.toLowerCase() === 'content-length') {
          const length = parseLength(value);
          if (length < 0 || contentLength >= 0) return null;
          contentLength = length;
        }
        break;
      case 17:
        if (name.toLowerCase() === 'transfer-encoding') encoding = value.toLowerCase();
        break;
    }
    at = end + 2;
  }
  // A length beside an encoding is how answers are smuggled.
  if (encoding !== '' && contentLength >= 0) return null;
  const chunked = encoding.endsWith('chunked');
  const modern = text.charCodeAt(START.length) !== ZERO;
  const keepAlive = modern ? !connection.includes('close') : connection.includes('keep-alive');
  return { status, headers, contentLength, chunked, keepAlive };
}

/** 0 when the line is no status line. */
function statusOf(text: string, end: number): number {
  if (end < STATUS_AT + 3 || !text.startsWith(START) || text.charCodeAt(STATUS_AT - 1) !== SPACE) return 0;
  if (!isDigit(text.charCodeAt(START.length))) return 0;
  let status = 0;
  for (let i = STATUS_AT; i < STATUS_AT + 3; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) return 0;
    status = status * 10 + code - ZERO;
  }
  if (end > STATUS_AT + 3 && text.charCodeAt(STATUS_AT + 3) !== SPACE) return 0;
  return status < 100 ? 0 : status;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** Where the colon is; -1 when what stands before it is no name. */
function nameEnd(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isTokenByte(text.charCodeAt(at))) at++;
  return at > from && at < to && text.charCodeAt(at) === COLON ? at : -1;
}

/** Without the white space around it; null when it holds control characters. */
function fieldValue(text: string, from: number, to: number): string | null {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code < SPACE && code !== TAB) return null;
  }
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

function parseLength(value: string): number {
  if (value === '') return -1;
  for (let i = 0; i < value.length; i++) if (!isDigit(value.charCodeAt(i))) return -1;
  const length = Number(value);
  return Number.isSafeInteger(length) ? length : -1;
}
