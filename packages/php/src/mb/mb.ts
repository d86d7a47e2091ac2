import { E_WARNING } from '../constants/errors.js';
import {
  MB_CASE_FOLD,
  MB_CASE_FOLD_SIMPLE,
  MB_CASE_LOWER,
  MB_CASE_LOWER_SIMPLE,
  MB_CASE_TITLE,
  MB_CASE_TITLE_SIMPLE,
} from '../constants/mbstring.js';
import { ValueError } from '../errors/exceptions.js';
import { raise } from '../errors/raise.js';
import { strlen } from '../strings/case.js';
import { toBytes, toInt, toStr } from '../value/convert.js';
import { isArray, items } from '../value/kinds.js';
import { isUtf8, received } from '../value/text.js';
import { range } from './span.js';

const chars = (value: unknown): string[] => [...toStr(value)];

const isBytes = (encoding: unknown): boolean =>
  /^(?:8bit|binary|ascii|us-ascii|iso-8859-1|latin1)$/i.test(toStr(encoding));

/** The number of characters. */
export function mb_strlen(string: unknown, encoding: unknown = null): number {
  return isBytes(encoding) ? strlen(string) : chars(string).length;
}

/** Part of a string by characters. */
export function mb_substr(
  string: unknown,
  start: unknown,
  length: unknown = null,
  encoding: unknown = null,
): string {
  if (isBytes(encoding)) {
    const all = toBytes(string);
    return toStr(all.subarray(...range(all.length, toInt(start), length === null ? null : toInt(length))));
  }
  const all = chars(string);
  return all.slice(...range(all.length, toInt(start), length === null ? null : toInt(length))).join('');
}

/** As `substr`, but never cuts a character in two. */
export function mb_strcut(string: unknown, start: unknown, length: unknown = null): string {
  const all = toBytes(string);
  let [from, to] = range(all.length, toInt(start), length === null ? null : toInt(length));
  const isInside = (at: number): boolean => ((all[at] ?? 0) & 0xc0) === 0x80;
  while (from > 0 && isInside(from)) from--;
  while (to > from && isInside(to)) to--;
  return toStr(all.subarray(from, to));
}

function find(
  who: string,
  haystack: unknown,
  needle: unknown,
  offset: number,
  last: boolean,
  anyCase: boolean,
): number | false {
  const fold = (value: unknown): string[] => (anyCase ? [...toStr(value).toLowerCase()] : chars(value));
  const text = fold(haystack);
  const wanted = fold(needle);
  if (Math.abs(offset) > text.length)
    throw new ValueError(`${who}(): Argument #3 ($offset) must be contained in argument #1 ($haystack)`);
  const matches = (at: number): boolean => wanted.every((char, i) => text[at + i] === char);
  if (!last) {
    for (let at = offset < 0 ? text.length + offset : offset; at + wanted.length <= text.length; at++)
      if (matches(at)) return at;
    return false;
  }
  const most =
    offset < 0 ? Math.min(text.length - wanted.length, text.length + offset) : text.length - wanted.length;
  for (let at = most; at >= Math.max(0, offset); at--) if (matches(at)) return at;
  return false;
}

/** The place of the first occurrence in characters, false when there is none. */
export function mb_strpos(
  haystack: unknown,
  needle: unknown,
  offset = 0,
  _encoding: unknown = null,
): number | false {
  return find('mb_strpos', haystack, needle, offset, false, false);
}
export function mb_stripos(
  haystack: unknown,
  needle: unknown,
  offset = 0,
  _encoding: unknown = null,
): number | false {
  return find('mb_stripos', haystack, needle, offset, false, true);
}
export function mb_strrpos(
  haystack: unknown,
  needle: unknown,
  offset = 0,
  _encoding: unknown = null,
): number | false {
  return find('mb_strrpos', haystack, needle, offset, true, false);
}
export function mb_strripos(
  haystack: unknown,
  needle: unknown,
  offset = 0,
  _encoding: unknown = null,
): number | false {
  return find('mb_strripos', haystack, needle, offset, true, true);
}

/** From the first occurrence on, or what is before it; false when there is none. */
export function mb_strstr(
  haystack: unknown,
  needle: unknown,
  before_needle = false,
  _encoding: unknown = null,
): string | false {
  const at = mb_strpos(haystack, needle);
  if (at === false) return false;
  return before_needle ? mb_substr(haystack, 0, at) : mb_substr(haystack, at);
}

export function mb_substr_count(haystack: unknown, needle: unknown, _encoding: unknown = null): number {
  const wanted = toStr(needle);
  if (wanted === '') throw new ValueError('mb_substr_count(): Argument #2 ($needle) must not be empty');
  return toStr(haystack).split(wanted).length - 1;
}

export function mb_strtolower(string: unknown, _encoding: unknown = null): string {
  return toStr(string).toLowerCase();
}
export function mb_strtoupper(string: unknown, _encoding: unknown = null): string {
  return toStr(string).toUpperCase();
}

/** @param mode `MB_CASE_*` */
export function mb_convert_case(string: unknown, mode: number, _encoding: unknown = null): string {
  const text = toStr(string);
  switch (mode) {
    case MB_CASE_LOWER:
    case MB_CASE_LOWER_SIMPLE:
    case MB_CASE_FOLD:
    case MB_CASE_FOLD_SIMPLE:
      return text.toLowerCase();
    case MB_CASE_TITLE:
    case MB_CASE_TITLE_SIMPLE:
      return text
        .toLowerCase()
        .replace(/[\p{L}\p{M}'’]+/gu, (word) => word.replace(/^./u, (first) => first.toUpperCase()));
    default:
      return text.toUpperCase();
  }
}

/** Pieces of `length` characters. */
export function mb_str_split(string: unknown, length = 1, _encoding: unknown = null): string[] {
  if (length < 1) throw new ValueError('mb_str_split(): Argument #2 ($length) must be greater than 0');
  const all = chars(string);
  return Array.from({ length: Math.ceil(all.length / length) }, (_, i) =>
    all.slice(i * length, (i + 1) * length).join(''),
  );
}

/** Whether the bytes are valid in an encoding; without one in UTF-8. */
export function mb_check_encoding(value: unknown, encoding: unknown = null): boolean {
  if (isArray(value)) return items(value).every((item) => mb_check_encoding(item, encoding));
  if (/^(?:us-)?ascii$/i.test(toStr(encoding))) return toBytes(value).every((byte) => byte < 128);
  return isBytes(encoding) || isUtf8(value instanceof Uint8Array ? value : toStr(value));
}

/** Which of the encodings the bytes are, in the order asked; false when none. */
export function mb_detect_encoding(
  string: unknown,
  encodings: unknown = null,
  _strict = false,
): string | false {
  const asked =
    encodings === null
      ? ['ASCII', 'UTF-8']
      : isArray(encodings)
        ? items(encodings).map(toStr)
        : toStr(encodings).split(/\s*,\s*/);
  for (const name of asked) {
    if (/^auto$/i.test(name)) return mb_detect_encoding(string);
    if (mb_check_encoding(string, name)) return name.toUpperCase();
  }
  return false;
}

const DECODERS: { readonly [name: string]: string } = {
  'iso-8859-1': 'latin1',
  latin1: 'latin1',
  '8bit': 'latin1',
  'us-ascii': 'ascii',
  'utf-16': 'utf-16be',
  'ucs-2': 'utf-16be',
  'ucs-2be': 'utf-16be',
  cp932: 'shift_jis',
  sjis: 'shift_jis',
  gb2312: 'gbk',
  cp936: 'gbk',
  'euc-cn': 'gbk',
  'sjis-win': 'shift_jis',
};

function decode(bytes: Buffer, encoding: string): string {
  const name = encoding.toLowerCase();
  if (name === 'utf-8' || name === 'utf8') return bytes.toString();
  if (['iso-8859-1', 'latin1', '8bit'].includes(name)) return bytes.toString('latin1');
  return new TextDecoder(DECODERS[name] ?? name).decode(bytes);
}

function encode(text: string, encoding: string): Buffer | null {
  switch (encoding.toLowerCase().replace(/\/\/.*$/, '')) {
    case 'utf-8':
    case 'utf8':
      return Buffer.from(text);
    case 'iso-8859-1':
    case 'latin1':
      return Buffer.from(
        Array.from(text, (char) => ((char.codePointAt(0) ?? 0) < 256 ? char : '?')).join(''),
        'latin1',
      );
    case 'ascii':
    case 'us-ascii':
      return Buffer.from(Array.from(text, (char) => (char < '\x80' ? char : '?')).join(''));
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16':
    case 'utf-16be':
    case 'ucs-2':
      return Buffer.from(text, 'utf16le').swap16();
    default:
      return null;
  }
}

/** From one encoding into another: UTF-8, UTF-16, Latin-1 and ASCII; from what TextDecoder knows besides (GBK, Shift_JIS…) into those. */
export function mb_convert_encoding(
  string: unknown,
  to_encoding: unknown,
  from_encoding: unknown = null,
): string | Buffer | false {
  const sources =
    from_encoding === null
      ? ['UTF-8']
      : isArray(from_encoding)
        ? items(from_encoding).map(toStr)
        : toStr(from_encoding).split(/\s*,\s*/);
  const from = sources.find((name) => mb_check_encoding(string, name)) ?? sources[0] ?? 'UTF-8';
  const out = encode(decode(toBytes(string), from), toStr(to_encoding));
  if (out !== null) return received(out);
  throw new ValueError(
    `mb_convert_encoding(): Argument #2 ($to_encoding) must be a valid encoding, "${toStr(to_encoding)}" given`,
  );
}

/** From one encoding into another; false when it is unknown. */
export function iconv(
  from_encoding: unknown,
  to_encoding: unknown,
  string: unknown,
): string | Buffer | false {
  try {
    const out = encode(decode(toBytes(string), toStr(from_encoding)), toStr(to_encoding));
    if (out !== null) return received(out);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  raise(
    E_WARNING,
    `iconv(): Wrong encoding, conversion from "${toStr(from_encoding)}" to "${toStr(to_encoding)}" is not allowed`,
  );
  return false;
}

export { mb_strlen as iconv_strlen, mb_strpos as iconv_strpos, mb_substr as iconv_substr };

export function mb_internal_encoding(encoding: unknown = null): string | true {
  return encoding === null ? 'UTF-8' : true;
}

export function mb_substitute_character(_substitute_character: unknown = null): number | true {
  return _substitute_character === null ? 63 : true;
}

export function mb_language(language: unknown = null): string | true {
  return language === null ? 'neutral' : true;
}

const WIDE =
  /[\u1100-\u115f\u11a3-\u11a7\u11fa-\u11ff\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

/** How many columns a string takes: East Asian characters take two. */
export function mb_strwidth(string: unknown, _encoding: unknown = null): number {
  return chars(string).reduce((width, char) => width + (WIDE.test(char) ? 2 : 1), 0);
}

/** Cuts a string to so many columns; `trim_marker` is put where it was cut. */
export function mb_strimwidth(
  string: unknown,
  start: number,
  width: number,
  trim_marker: unknown = '',
  _encoding: unknown = null,
): string {
  const all = chars(string).slice(start);
  if (mb_strwidth(all.join('')) <= width) return all.join('');
  const room = width - mb_strwidth(trim_marker);
  let out = '';
  for (const char of all) {
    if (mb_strwidth(out + char) > room) break;
    out += char;
  }
  return out + toStr(trim_marker);
}

/** The code point of the first character; false for an empty string. */
export function mb_ord(string: unknown, _encoding: unknown = null): number | false {
  const text = toStr(string);
  if (text === '') throw new ValueError('mb_ord(): Argument #1 ($string) must not be empty');
  return text.codePointAt(0) ?? false;
}

/** The character of a code point; false when there is none. */
export function mb_chr(codepoint: number, _encoding: unknown = null): string | false {
  const valid = codepoint >= 0 && codepoint <= 0x10ffff && (codepoint < 0xd800 || codepoint > 0xdfff);
  return valid ? String.fromCodePoint(codepoint) : false;
}

/** Replaces what is no UTF-8 by question marks. */
export function mb_scrub(string: unknown, _encoding: unknown = null): string {
  return toStr(string).replace(/\p{Surrogate}+/gu, '?');
}

export function mb_list_encodings(): string[] {
  return ['8bit', 'UTF-8', 'UTF-16', 'UTF-16BE', 'UTF-16LE', 'ISO-8859-1', 'ASCII'];
}
