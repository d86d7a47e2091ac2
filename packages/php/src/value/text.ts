/**
 * PHP strings are bytes. Here text is a JavaScript string and binary data a Buffer. Where a string must hold bytes that are no
 * UTF-8 (a character cut in two), each such byte is one lone surrogate, U+DC80 to U+DCFF, and becomes that byte again in `bytes()`.
 */

import { isUtf8 as isValidUtf8 } from 'node:buffer';

/** A PHP string: text, or bytes. */
export type Text = string | Uint8Array;

const LONE_SURROGATE = /\p{Surrogate}/u;
const RAW = 0xdc00;
const NOT_ASCII = /[^\0-\x7f]/;

/** Whether every character is one byte. */
export function isAscii(text: string): boolean {
  return !NOT_ASCII.test(text);
}

/** The bytes of a PHP string; a Buffer is not copied. */
export function bytes(value: Text): Buffer {
  if (typeof value === 'string') return encode(value);
  return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

function encode(value: string): Buffer {
  if (!LONE_SURROGATE.test(value)) return Buffer.from(value);
  // A UTF-16 unit takes up to three bytes.
  const out = Buffer.allocUnsafe(value.length * 3);
  let length = 0;
  let from = 0;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff && isLow(value.charCodeAt(i + 1))) i++;
    else if (unit >= 0xdc80 && unit <= 0xdcff) {
      if (from < i) length += out.write(value.slice(from, i), length);
      out[length++] = unit - RAW;
      from = i + 1;
    }
  }
  if (from < value.length) length += out.write(value.slice(from), length);
  return Buffer.from(out.subarray(0, length));
}

const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** Bytes as a string, without loss: what is no UTF-8 becomes lone surrogates. */
export function text(value: Text): string {
  if (typeof value === 'string') return value;
  const buffer = bytes(value);
  if (isValidUtf8(buffer)) return buffer.toString();
  // A byte is at most one UTF-16 unit.
  const units = Buffer.allocUnsafe(buffer.length * 2);
  let end = 0;
  for (let i = 0; i < buffer.length; ) {
    const length = sequenceLength(buffer, i);
    if (length > 1) end += units.write(buffer.toString('utf8', i, i + length), end, 'utf16le');
    else end = units.writeUInt16LE(length === 0 ? RAW + (buffer[i] as number) : (buffer[i] as number), end);
    i += Math.max(length, 1);
  }
  return units.toString('utf16le', 0, end);
}

/** The length of the UTF-8 character at `at`, 0 when there is none that is whole and allowed. */
export function sequenceLength(buffer: Uint8Array, at: number): number {
  const first = buffer[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > buffer.length) return 0;
  for (let i = 1; i < length; i++) if (((buffer[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = buffer[at + 1] ?? 0;
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second > 0x9f) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second > 0x8f) return 0;
  return length;
}

/** Whether the bytes are valid UTF-8. */
export function isUtf8(value: Text): boolean {
  return typeof value === 'string' ? !LONE_SURROGATE.test(value) : isValidUtf8(value);
}

/** What came from outside (a file, base64): a string when it is UTF-8, else a Buffer. */
export function received(value: Buffer): string | Buffer {
  return isValidUtf8(value) ? value.toString() : value;
}

/** Bytes in the kind that the model has: a string for a string, a Buffer for bytes. */
export function like<T extends Text>(model: T, value: Buffer): T extends string ? string : Buffer;
export function like(model: Text, value: Buffer): string | Buffer {
  return typeof model === 'string' ? text(value) : value;
}

/** The bytes of a string as characters U+0000 to U+00FF, on which JavaScript's string functions then work byte by byte. */
export function binary(value: Text): string {
  return typeof value === 'string' && isAscii(value) ? value : bytes(value).toString('latin1');
}

/** Back from `binary()`, in the kind that the model has. */
export function fromBinary<T extends Text>(model: T, value: string): T extends string ? string : Buffer;
export function fromBinary(model: Text, value: string): string | Buffer {
  if (typeof model === 'string') return isAscii(value) ? value : text(Buffer.from(value, 'latin1'));
  return Buffer.from(value, 'latin1');
}
