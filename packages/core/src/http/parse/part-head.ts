import { isTokenByte } from './ascii.js';
import { parseCookies } from './cookies.js';

const MAX_HEAD = 8192;
/** Names and file names are shorter than this many bytes, as in Swoole. */
const MAX_NAME = 512;

const CR = 0x0d;
const LF = 0x0a;
const COLON = 0x3a;

/** What the headers of one part of a multipart body say. */
export interface PartHead {
  /** Offset of the part's first byte of data. */
  end: number;
  /** null when the part is no part of a form */
  name: string | null;
  /** null for a field, empty when no file was chosen */
  filename: string | null;
  type: string;
}

/** Takes all quotes off both ends. A NUL ends the text, as in C. */
function unquote(text: string): string {
  const nul = text.indexOf('\0');
  let from = 0;
  let to = nul < 0 ? text.length : nul;
  while (from < to && text.charCodeAt(from) === 0x22) from++;
  while (to > from && text.charCodeAt(to - 1) === 0x22) to--;
  return text.slice(from, to);
}

/** Reads Content-Disposition into the head; returns what is wrong with it, null for nothing. */
function readDisposition(value: string, head: PartHead): string | null {
  const semicolon = value.indexOf(';');
  const kind = value.slice(0, Math.max(semicolon, 0)).toLowerCase();
  if (kind !== 'form-data' && kind !== 'attachment') return null;
  // Swoole reads the parameters as if they were cookies: percent-decoded, the first wins, a `;` ends even a quoted one.
  const { name, filename } = parseCookies(value.slice(semicolon + 1));
  if (typeof name !== 'string') return null;
  if (Buffer.byteLength(name) >= MAX_NAME) return 'form name is too large';
  head.name = unquote(name);
  if (typeof filename !== 'string') return null;
  if (Buffer.byteLength(filename) >= MAX_NAME) return 'file name is too large';
  head.filename = unquote(filename);
  return null;
}

/**
 * Reads the headers of a part.
 * @param at offset of the first header
 * @returns null when the body ends within them; a string tells what is wrong with them
 */
export function readPartHead(bytes: Buffer, at: number): PartHead | string | null {
  const head: PartHead = { end: 0, name: null, filename: null, type: '' };
  const limit = at + MAX_HEAD;
  const window = bytes.subarray(0, limit);
  let disposed = false;
  let line = at;
  for (;;) {
    const end = window.indexOf(CR, line);
    if (end < 0 || end + 1 >= bytes.length) return bytes.length > limit ? 'header is too large' : null;
    if (bytes[end + 1] !== LF) return 'no LF after a header';
    if (end === line) {
      head.end = end + 2;
      return head;
    }
    let colon = line;
    while (isTokenByte(bytes[colon]!)) colon++;
    if (bytes[colon] !== COLON || colon === line) return 'invalid char in header field';

    const name = bytes.toString('latin1', line, colon).toLowerCase();
    const value = bytes.toString('utf8', colon + 1, end).trimStart();
    if (name === 'content-disposition') {
      if (disposed) return 'two Content-Disposition headers';
      disposed = true;
      const reason = readDisposition(value, head);
      if (reason !== null) return reason;
    } else if (name === 'content-type' && head.filename !== '') {
      // A file field left empty is sent with a made-up type, which Swoole does not pass on.
      head.type = value;
    }
    line = end + 2;
  }
}
