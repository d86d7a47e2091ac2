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
  list: (values) => values,
  object: (pairs) => {
    const object = new stdClass();
    for (const [key, value] of pairs) define(object, key, value);
    return object;
  },
};

const asArrays: Builder = { list: (values) => values, object: (pairs) => record(pairs) };

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
