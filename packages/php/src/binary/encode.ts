import { E_WARNING } from '../constants/errors.js';
import { raise } from '../errors/raise.js';
import { mapRaw, type Out, raw } from '../strings/operand.js';
import { toBytes, toInt, toStr } from '../value/convert.js';
import { received } from '../value/text.js';

/** The bytes in hexadecimal. */
export function bin2hex(string: unknown): string {
  return toBytes(string).toString('hex');
}

/** The bytes that hexadecimal digits stand for; false when they are none. */
export function hex2bin(string: unknown): Buffer | false {
  const digits = toStr(string);
  if (digits.length % 2 === 1)
    raise(E_WARNING, 'hex2bin(): Hexadecimal input string must have an even length');
  else if (/^[0-9a-fA-F]*$/.test(digits)) return Buffer.from(digits, 'hex');
  else raise(E_WARNING, 'hex2bin(): Input string must be hexadecimal string');
  return false;
}

export function base64_encode(string: unknown): string {
  return toBytes(string).toString('base64');
}

/** What base64 stands for: a string when it is UTF-8, else a Buffer. With `strict` a wrong character gives false. */
export function base64_decode(string: unknown, strict?: false): string | Buffer;
export function base64_decode(string: unknown, strict: boolean): string | Buffer | false;
export function base64_decode(string: unknown, strict = false): string | Buffer | false {
  const text = raw(string);
  const blank = text.replace(/[\t\n\r ]/g, '');
  if (strict && !isStrict(blank)) return false;
  return received(Buffer.from(text.replace(/[^A-Za-z0-9+/]/g, ''), 'base64'));
}

function isStrict(text: string): boolean {
  const [, digits = '', padding = ''] = /^([A-Za-z0-9+/]*)(=*)$/.exec(text) ?? [
    undefined,
    undefined,
    undefined,
  ];
  if (!/^[A-Za-z0-9+/]*=*$/.test(text) || digits.length % 4 === 1) return false;
  return padding === '' || (digits.length + padding.length) % 4 === 0;
}

/** The number of a byte: the first of a string, 0 for an empty one. */
export function ord(character: unknown): number {
  return toBytes(character)[0] ?? 0;
}

/** The byte with a number: a character below 128, else a lone byte. */
export function chr(codepoint: unknown): string {
  const byte = ((toInt(codepoint) % 256) + 256) % 256;
  return byte < 128 ? String.fromCharCode(byte) : String.fromCharCode(0xdc00 + byte);
}

/** Quoted-printable, as mails have it. */
export function quoted_printable_encode(string: unknown): string {
  const out: string[] = [];
  let width = 0;
  const bytes = toBytes(string);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === 13 && bytes[i + 1] === 10) {
      out.push('\r\n');
      width = 0;
      i++;
      continue;
    }
    const plain = byte >= 32 && byte < 127 && byte !== 61 && !(byte === 32 && bytes[i + 1] === 13);
    const piece = plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (width + piece.length > 75) {
      out.push('=\r\n');
      width = 0;
    }
    out.push(piece);
    width += piece.length;
  }
  return out.join('');
}

export function quoted_printable_decode<T>(string: T): Out<T> {
  return mapRaw(string, (text) =>
    text
      .replace(/=[ \t]*\r?\n/g, '')
      .replace(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
}

/** Latin-1 as UTF-8. */
export function utf8_encode(string: unknown): string {
  return toBytes(string).toString('latin1');
}

/** UTF-8 as Latin-1; what has no place there is a question mark. */
export function utf8_decode(string: unknown): string | Buffer {
  return received(
    Buffer.from(
      Array.from(toStr(string), (char) =>
        (char.codePointAt(0) ?? 0) > 255 ? 63 : (char.codePointAt(0) ?? 0),
      ),
    ),
  );
}

/** Uuencoding. */
export function convert_uuencode(string: unknown): string {
  const bytes = toBytes(string);
  if (bytes.length === 0) return '';
  const char = (value: number): string => (value === 0 ? '`' : String.fromCharCode(value + 32));
  let out = '';
  for (let i = 0; i < bytes.length; i += 45) {
    const line = bytes.subarray(i, i + 45);
    out += char(line.length);
    for (let j = 0; j < line.length; j += 3) {
      const group = ((line[j] ?? 0) << 16) | ((line[j + 1] ?? 0) << 8) | (line[j + 2] ?? 0);
      out += char(group >> 18) + char((group >> 12) & 63) + char((group >> 6) & 63) + char(group & 63);
    }
    out += '\n';
  }
  return `${out}\`\n`;
}
