import { toText } from '../value/convert.js';
import { bytes } from '../value/text.js';
import { mapRaw, type Out, operand, raw, stringArg, valueError } from './operand.js';

/** The number of bytes. */
export function strlen(string: unknown): number {
  const value = toText(stringArg('strlen', 1, 'string', string));
  return typeof value === 'string' ? bytesIn(value) : value.length;
}

function bytesIn(value: string): number {
  const length = Buffer.byteLength(value);
  return length === value.length ? length : bytes(value).length;
}

const upper = (text: string): string => text.replace(/[a-z]+/g, (part) => part.toUpperCase());
const lower = (text: string): string => text.replace(/[A-Z]+/g, (part) => part.toLowerCase());

/** Lower case for A to Z; other characters stay. */
export function strtolower<T>(string: T): Out<T> {
  return mapRaw(stringArg('strtolower', 1, 'string', string), lower);
}

/** Upper case for a to z; other characters stay. */
export function strtoupper<T>(string: T): Out<T> {
  return mapRaw(stringArg('strtoupper', 1, 'string', string), upper);
}

export function ucfirst<T>(string: T): Out<T> {
  return mapRaw(stringArg('ucfirst', 1, 'string', string), (text) => upper(text.slice(0, 1)) + text.slice(1));
}

export function lcfirst<T>(string: T): Out<T> {
  return mapRaw(stringArg('lcfirst', 1, 'string', string), (text) => lower(text.slice(0, 1)) + text.slice(1));
}

/** @param separators the characters after which a word begins */
export function ucwords<T>(string: T, separators: unknown = ' \t\r\n\f\v'): Out<T> {
  const before = raw(separators);
  return mapRaw(stringArg('ucwords', 1, 'string', string), (text) =>
    [...text].map((char, i) => (i === 0 || before.includes(text[i - 1] ?? '') ? upper(char) : char)).join(''),
  );
}

/** The bytes in reverse order. */
export function strrev<T>(string: T): Out<T> {
  return mapRaw(stringArg('strrev', 1, 'string', string), (text) => [...text].reverse().join(''));
}

export function str_repeat<T>(string: T, times: number): Out<T> {
  if (times < 0) valueError('str_repeat', 2, 'times', 'must be greater than or equal to 0');
  return mapRaw(stringArg('str_repeat', 1, 'string', string), (text) => text.repeat(times));
}

export const STR_PAD_LEFT = 0;
export const STR_PAD_RIGHT = 1;
export const STR_PAD_BOTH = 2;

/** @param length the length to reach, in bytes */
export function str_pad<T>(
  string: T,
  length: number,
  pad_string: unknown = ' ',
  pad_type = STR_PAD_RIGHT,
): Out<T> {
  const filler = raw(pad_string);
  if (filler === '') valueError('str_pad', 3, 'pad_string', 'must be a non-empty string');
  if (pad_type < 0 || pad_type > 2)
    valueError('str_pad', 4, 'pad_type', 'must be STR_PAD_LEFT, STR_PAD_RIGHT, or STR_PAD_BOTH');
  return mapRaw(stringArg('str_pad', 1, 'string', string), (text) => {
    const missing = Math.max(0, length - text.length);
    const left =
      pad_type === STR_PAD_LEFT ? missing : pad_type === STR_PAD_BOTH ? Math.floor(missing / 2) : 0;
    return ''.padEnd(left, filler) + text + ''.padEnd(missing - left, filler);
  });
}

/** How often each byte comes; by `mode`: 0 all bytes, 1 those that come, 2 those that do not, 3 and 4 the same as strings. */
export function count_chars(string: unknown, mode = 0): unknown {
  if (mode < 0 || mode > 4) valueError('count_chars', 2, 'mode', 'must be between 0 and 4 (inclusive)');
  const { raw: text, back } = operand(stringArg('count_chars', 1, 'string', string));
  const counts = new Array<number>(256).fill(0);
  for (const char of text) counts[char.charCodeAt(0)] = (counts[char.charCodeAt(0)] ?? 0) + 1;
  const wanted = counts
    .map((count, byte) => ({ byte, count }))
    .filter(({ count }) => mode === 0 || count > 0 === (mode % 2 === 1));
  if (mode > 2) return back(wanted.map(({ byte }) => String.fromCharCode(byte)).join(''));
  return new Map(wanted.map(({ byte, count }) => [byte, count]));
}
