import { Exception } from '../errors/exception.js';
import { SWOOLE_ERROR_INVALID_PARAMS } from '../errors/numbers.js';

/** The kinds of replies, with Swoole's numbers. */
export const ReplyType = { ERROR: 0, NIL: 1, STATUS: 2, INT: 3, STRING: 4, SET: 5, MAP: 6 } as const;

const CRLF = Buffer.from('\r\n');

/**
 * A reply in RESP.
 * @throws Exception with code 505 for a value that is missing or not of the kind
 */
export function formatReply(type: number, value?: unknown): Buffer {
  const parts: Buffer[] = [];
  append(parts, type, value);
  return Buffer.concat(parts);
}

function append(parts: Buffer[], type: number, value: unknown): void {
  switch (type) {
    case ReplyType.NIL:
      parts.push(Buffer.from('$-1\r\n'));
      return;
    case ReplyType.ERROR:
      parts.push(Buffer.from(`-${value === undefined ? 'ERR' : oneLine(value)}\r\n`));
      return;
    case ReplyType.STATUS:
      parts.push(Buffer.from(`+${value === undefined ? 'OK' : oneLine(value)}\r\n`));
      return;
    case ReplyType.INT:
      parts.push(Buffer.from(`:${toInt(required(value))}\r\n`));
      return;
    case ReplyType.STRING:
      appendString(parts, required(value));
      return;
    case ReplyType.SET: {
      const items = [...listOf(required(value)).values()];
      parts.push(Buffer.from(`*${items.length}\r\n`));
      for (const item of items) appendItem(parts, item);
      return;
    }
    case ReplyType.MAP: {
      const pairs = listOf(required(value));
      parts.push(Buffer.from(`*${pairs.size * 2}\r\n`));
      for (const [key, item] of pairs) {
        appendString(parts, String(key));
        appendItem(parts, item);
      }
      return;
    }
    default:
      throw refusal(`Unknown type[${type}]`);
  }
}

/** A value inside of a set or a map: its kind is that of its type. */
function appendItem(parts: Buffer[], item: unknown): void {
  if (item === null || item === undefined) append(parts, ReplyType.NIL, undefined);
  else if (Number.isInteger(item) || typeof item === 'bigint' || typeof item === 'boolean')
    append(parts, ReplyType.INT, item);
  else if (Array.isArray(item)) append(parts, ReplyType.SET, item);
  else if (typeof item === 'object' && !(item instanceof Uint8Array)) append(parts, ReplyType.MAP, item);
  else appendString(parts, item);
}

function appendString(parts: Buffer[], value: unknown): void {
  const bytes = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(text(value));
  parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, CRLF);
}

/** The pairs of what PHP calls an array: an array, a Map or a plain object. */
function listOf(value: unknown): Map<unknown, unknown> {
  if (value instanceof Map) return value;
  if (Array.isArray(value)) return new Map(value.entries());
  if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array))
    return new Map(Object.entries(value));
  throw refusal('the second parameter should be an array');
}

function required(value: unknown): unknown {
  if (value === undefined) throw refusal('require more parameters');
  return value;
}

/** PHP's text of a scalar. */
function text(value: unknown): string {
  return value === true ? '1' : value === false || value === null ? '' : String(value);
}

/** PHP's whole number of a scalar. */
function toInt(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  const number = typeof value === 'string' ? Number.parseInt(value, 10) : Math.trunc(Number(value));
  return String(Number.isFinite(number) ? number : 0);
}

/** A line break in an error or a status would begin another reply. */
function oneLine(value: unknown): string {
  return text(value).replaceAll(/[\r\n]/g, ' ');
}

function refusal(message: string): Exception {
  return new Exception(message, SWOOLE_ERROR_INVALID_PARAMS);
}
