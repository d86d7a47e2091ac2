/**
 * What the ported scenarios need to print exactly what their PHP originals print. A plain JavaScript object or array
 * stands for a PHP array, a Buffer for a PHP string.
 */
import { createHash, randomBytes } from 'node:crypto';
import { unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const E_WARNING = 2;
export const JSON_UNESCAPED_SLASHES = 64;
export const JSON_PRETTY_PRINT = 128;
export const JSON_UNESCAPED_UNICODE = 256;
export const PHP_INT_MAX = 2n ** 63n - 1n;
export const PHP_INT_MIN = -(2n ** 63n);

/** A PHP string: text, or bytes. */
export type Text = string | Uint8Array;

const bytesOf = (text: Text): Buffer =>
  typeof text === 'string' ? Buffer.from(text) : Buffer.from(text.buffer, text.byteOffset, text.byteLength);

/** A value as PHP turns it into a string: true is `1`, false and null are empty. */
export function strval(value: unknown): string {
  if (value === null || value === undefined || value === false) return '';
  if (value === true) return '1';
  if (value instanceof Uint8Array) return bytesOf(value).toString();
  return String(value);
}

/** Writes to standard output before it returns, so that nothing is lost when the process ends. */
export function echo(...parts: unknown[]): void {
  const pieces = parts.map((part) => (part instanceof Uint8Array ? part : Buffer.from(strval(part))));
  let rest: Uint8Array = Buffer.concat(pieces);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      // A pipe that somebody set to non-blocking is full: its reader needs a moment.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      usleep(1000);
    }
  }
}

/** Blocks the whole thread, as PHP's usleep does outside of coroutines. */
export function usleep(microseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, microseconds / 1000);
}

/** {@link usleep} for seconds. */
export function sleep(seconds: number): void {
  usleep(seconds * 1e6);
}

/** The conversions `%s %d %u %f %x %X %o %b %c %%` with PHP's flags, widths, precisions and `%1$s`. */
export function sprintf(format: string, ...values: unknown[]): string {
  let next = 0;
  const directive = /%(?:(\d+)\$)?((?:[-+0 ]|'.)*)(\d*)(?:\.(\d+))?([sdufxXobc%])/gs;
  return format.replace(directive, (_all, position, flags, width, precision, type) => {
    if (type === '%') return '%';
    const index = position === undefined ? next++ : Number(position) - 1;
    if (index >= values.length) throw new RangeError(`"${format}" needs more than ${values.length} values`);
    return pad(convert(type, values[index], precision), Number(width), flags, type);
  });
}

/** {@link sprintf} to standard output. */
export function printf(format: string, ...values: unknown[]): void {
  echo(sprintf(format, ...values));
}

function convert(type: string, value: unknown, precision: string | undefined): string {
  switch (type) {
    case 's':
      return precision === undefined ? strval(value) : strval(value).slice(0, Number(precision));
    case 'd':
      return String(typeof value === 'bigint' ? value : intval(value));
    case 'f':
      return Number(value).toFixed(precision === undefined ? 6 : Number(precision));
    case 'c':
      return String.fromCharCode(intval(value));
    default: {
      const unsigned = BigInt.asUintN(64, BigInt(intval(value)));
      if (type === 'u') return unsigned.toString();
      if (type === 'o') return unsigned.toString(8);
      if (type === 'b') return unsigned.toString(2);
      return type === 'x' ? unsigned.toString(16) : unsigned.toString(16).toUpperCase();
    }
  }
}

function pad(text: string, width: number, flags: string, type: string): string {
  const custom = /'(.)/s.exec(flags)?.[1];
  const plain = flags.replace(/'./gs, '');
  const number = type === 'd' || type === 'f';
  const sign = number && /^\d/.test(text) && plain.includes('+') ? '+' : '';
  const missing = width - Buffer.byteLength(sign + text);
  if (missing <= 0) return sign + text;
  const filler = (custom ?? (plain.includes('0') ? '0' : ' ')).repeat(missing);
  // Zeros behind a number would change it.
  if (plain.includes('-')) return sign + text + (number ? filler.replaceAll('0', ' ') : filler);
  if (filler[0] !== '0' || !number) return filler + sign + text;
  return text.startsWith('-') ? `-${filler}${text.slice(1)}` : sign + filler + text;
}

/** PHP's `(int)` of a number, a boolean, null or a string that begins with a number. */
export function intval(value: unknown): number {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : 0;
  return Math.trunc(Number.parseFloat(strval(value))) || 0;
}

/** A value as PHP source text. */
export function varExport(value: unknown, indent = ''): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint')
    return String(value);
  if (typeof value === 'string' || value instanceof Uint8Array) {
    const quoted = strval(value).replace(/[\\']/g, '\\$&').replaceAll('\0', `' . "\\0" . '`);
    return `'${quoted}'`;
  }
  if (!isPhpArray(value))
    throw new TypeError(`varExport of ${className(value as object)} is not needed by any scenario`);
  const items = entries(value).map(([key, item]) => {
    const nested = isPhpArray(item) ? `\n${indent}  ` : '';
    return `${indent}  ${varExport(key)} => ${nested}${varExport(item, `${indent}  `)},\n`;
  });
  return `array (\n${items.join('')}${indent})`;
}

/** PHP's json_encode: slashes and everything beyond ASCII are escaped unless the flags say otherwise. */
export function jsonEncode(value: unknown, flags = 0): string {
  return encode(value, flags, '\n');
}

function encode(value: unknown, flags: number, newline: string): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint')
    return String(value);
  if (!isPhpArray(value)) return quote(strval(value), flags);
  const list = Array.isArray(value) || isList(value);
  const items = entries(value);
  if (items.length === 0) return '[]';
  const pretty = (flags & JSON_PRETTY_PRINT) !== 0;
  const inner = pretty ? `${newline}    ` : newline;
  const colon = pretty ? ': ' : ':';
  const texts = items.map(
    ([key, item]) => (list ? '' : quote(String(key), flags) + colon) + encode(item, flags, inner),
  );
  const body = pretty ? `${inner}${texts.join(`,${inner}`)}${newline}` : texts.join(',');
  return list ? `[${body}]` : `{${body}}`;
}

function quote(text: string, flags: number): string {
  let quoted = JSON.stringify(text);
  if (!(flags & JSON_UNESCAPED_SLASHES)) quoted = quoted.replaceAll('/', '\\/');
  const escaped = flags & JSON_UNESCAPED_UNICODE ? /[\u2028\u2029]/g : /[\u0080-\uffff]/g;
  return quoted.replace(escaped, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function isPhpArray(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

/** Whether the keys are 0, 1, 2… in this order, which PHP calls a list. */
function isList(value: object): boolean {
  return Object.keys(value).every((key, i) => key === String(i));
}

function entries(value: object): [key: string | number, item: unknown][] {
  return Object.entries(value).map(([key, item]) => [
    /^(?:0|-?[1-9]\d*)$/.test(key) ? Number(key) : key,
    item,
  ]);
}

/**
 * PHP's name for the type.
 * @param float whether PHP has a float here: JavaScript does not tell 1.0 from 1, and a time may well be whole
 */
export function gettype(value: unknown, float = false): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number') return float || !Number.isInteger(value) ? 'double' : 'integer';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'string' || value instanceof Uint8Array) return 'string';
  if (typeof value === 'boolean') return 'boolean';
  return isPhpArray(value) ? 'array' : 'object';
}

/** The PHP name of an object's class: `Swoole\WebSocket\Frame`. */
export function className(value: object): string {
  const type = value.constructor as { phpName?: string; name: string };
  return type.phpName ?? type.name;
}

/** A copy whose keys are in order. */
export function ksort<T extends object>(array: T): Record<string, T[keyof T]> {
  const pairs = Object.entries(array) as [string, T[keyof T]][];
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** The number of bytes. */
export function strlen(text: Text): number {
  return typeof text === 'string' ? Buffer.byteLength(text) : text.byteLength;
}

export function bin2hex(text: Text): string {
  return bytesOf(text).toString('hex');
}

export function hex2bin(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}

export function md5(text: Text): string {
  return createHash('md5').update(text).digest('hex');
}

export function sha1(text: Text): string {
  return createHash('sha1').update(text).digest('hex');
}

/** `(int) getenv($name)`. */
export function getenvInt(name: string): number {
  return intval(process.env[name] ?? false);
}

export const LOCK_SH = 1;
export const LOCK_EX = 2;
export const LOCK_NB = 4;
export const FILE_APPEND = 8;
export const AF_UNIX = 1;
export const AF_INET = 2;
export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const SOL_SOCKET = 1;
export const SO_SNDTIMEO = 21;
export const STREAM_IPPROTO_TCP = 6;
export const SOCKET_EAFNOSUPPORT = 97;
export const SOCKET_EADDRINUSE = 98;
export const SOCKET_ETIMEDOUT = 110;
export const SOCKET_ECONNREFUSED = 111;

export function sysGetTempDir(): string {
  return tmpdir();
}

/** Makes an empty file with a name of its own. */
export function tempnam(directory: string, prefix: string): string {
  const file = path.join(directory, `${prefix}${randomBytes(6).toString('hex')}`);
  writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
  return file;
}

export function unlink(file: string): void {
  unlinkSync(file);
}
