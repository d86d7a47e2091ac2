import { JsonException, ValueError } from '../errors/exceptions.js';
import { stdClass } from '../objects/std-class.js';
import { toStr } from '../value/convert.js';
import { define, record } from '../value/kinds.js';
import type { Mixed } from '../value/mixed.js';
import { normalInt } from '../value/numeric.js';
import { PhpArray } from '../value/php-array.js';
import { isUtf8 } from '../value/text.js';
import * as flag from './flags.js';
import { type Builder, Parser } from './parser.js';
import { json, MESSAGES } from './state.js';

const asObjects: Builder = {
  plain: toObjects,
  list: (values) => values,
  object: (pairs) => {
    const object = new stdClass();
    for (const [key, value] of pairs) define(object, key, value);
    return object;
  },
};

const asArrays: Builder = {
  plain: (value) => value,
  list: (values) => values,
  object: (pairs) => record(pairs),
};

const asPhpArrays: Builder = {
  list: (values) => PhpArray.of(...values),
  object: (pairs) => PhpArray.fromEntries(pairs),
};

/**
 * Reads JSON as PHP does. Objects become stdClass, or, when `associative` is true, plain objects; lists are JavaScript arrays.
 * @param flags `JSON_*` bits
 * @returns null on failure as well: `json_last_error()` tells
 */
export function json_decode<T = Mixed>(
  source: unknown,
  associative: boolean | null = null,
  depth = 512,
  flags = 0,
): T {
  const arrays = associative ?? (flags & flag.JSON_OBJECT_AS_ARRAY) !== 0;
  return decode(source, arrays ? asArrays : asObjects, depth, flags) as T;
}

/** `json_decode($s, true)` into PhpArrays throughout: int keys and the order of keys are PHP's. */
export function json_decode_array<T = Mixed>(source: unknown, depth = 512, flags = 0): T {
  return decode(source, asPhpArrays, depth, flags) as T;
}

function decode(source: unknown, builder: Builder, depth: number, flags: number): unknown {
  if (depth < 1) throw new ValueError('json_decode(): Argument #3 ($depth) must be greater than 0');
  let text = toStr(source);
  const fast = flags === 0 && depth === 512 && builder.plain !== undefined ? quick(text) : undefined;
  if (fast !== undefined) {
    json.error = 0;
    return builder.plain?.(fast);
  }
  const lenient = flag.JSON_INVALID_UTF8_IGNORE | flag.JSON_INVALID_UTF8_SUBSTITUTE;
  if ((flags & lenient) !== 0)
    text = text.replace(/\p{Surrogate}/gu, (flags & flag.JSON_INVALID_UTF8_IGNORE) !== 0 ? '' : '\ufffd');
  const parser = new Parser(text, builder, depth, (digits) => bigint(digits, flags));
  const value = parser.parse();
  // What is no UTF-8 comes before any other error only where it stands before it; that is good enough for a message.
  const error =
    parser.error === flag.JSON_ERROR_SYNTAX && !isUtf8(text) ? flag.JSON_ERROR_UTF8 : parser.error;
  if ((flags & flag.JSON_THROW_ON_ERROR) !== 0) {
    if (error !== 0) throw new JsonException(MESSAGES[error], error);
    return value;
  }
  json.error = error;
  return error === 0 ? value : null;
}

/** What the language's own parser may read wrongly: ints beyond 2^53, lone halves of a pair, keys with NUL. */
const TRICKY = /\d{16}|\\u(?:[dD][89a-fA-F]|0000)|\p{Surrogate}/u;

/** Reads JSON with the language's own parser; undefined where that may differ from PHP, or fails. */
function quick(text: string): unknown {
  if (TRICKY.test(text) || text.split(/[[{]/, 500).length === 500) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Objects of the language's parser as stdClass. */
function toObjects(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toObjects);
  const object = new stdClass();
  for (const [key, item] of Object.entries(value)) define(object, key, toObjects(item));
  return object;
}

function bigint(digits: string, flags: number): unknown {
  const value = normalInt(BigInt(digits));
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return value;
  return (flags & flag.JSON_BIGINT_AS_STRING) !== 0 ? digits : Number(digits);
}

/** The number of the last error of `json_encode` or `json_decode`, 0 when there was none. */
export function json_last_error(): number {
  return json.error;
}

/** The text of the last error. */
export function json_last_error_msg(): string {
  return MESSAGES[json.error] ?? 'Unknown error';
}
