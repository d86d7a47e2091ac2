import { warn } from '../../errors/warnings.js';
import { phpText, phpType } from '../../http/php-text.js';
import { type Int64, toInt64 } from '../int64.js';

/** How PHP turns the values of a row into what a column holds. */

const LARGEST = 2n ** 63n - 1n;
const SMALLEST = -(2n ** 63n);
const NUMBER = /^[ \t\n\r\v\f]*([+-]?(?:(\d+)(\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/;

/** PHP's `(float)`. */
export function toFloat(value: unknown): number {
  switch (typeof value) {
    case 'number':
      return value;
    case 'string':
      return Number(NUMBER.exec(value)?.[1] ?? 0);
    default:
      return scalar(value, toFloat);
  }
}

/** PHP's `(int)`. */
export function toInt(value: unknown): Int64 {
  switch (typeof value) {
    case 'number': {
      const whole = Math.trunc(value);
      return Number.isSafeInteger(whole) ? whole : toInt64(value);
    }
    case 'bigint':
      return toInt64(value);
    case 'string':
      return textToInt(value);
    default:
      return scalar(value, toInt);
  }
}

function textToInt(text: string): Int64 {
  const number = NUMBER.exec(text)?.[1];
  if (number === undefined) return 0;
  const value = Number(number);
  if (Number.isSafeInteger(Math.trunc(value))) return Math.trunc(value);
  if (!Number.isFinite(value)) return 0;
  const whole = /^[+-]?\d+$/.test(number) ? BigInt(number) : BigInt(Math.trunc(value));
  return whole > LARGEST ? LARGEST : whole < SMALLEST ? SMALLEST : whole;
}

function scalar<T extends Int64>(value: unknown, convert: (value: string | number) => T): T {
  if (value === null || value === undefined || value === false) return convert(0);
  if (value === true) return convert(1);
  if (typeof value === 'bigint') return convert(Number(value));
  if (value instanceof Uint8Array) return convert(phpText(value) ?? '');
  if (Array.isArray(value)) return convert(value.length === 0 ? 0 : 1);
  return convert(phpType(value) === 'array' && Object.keys(value as object).length === 0 ? 0 : 1);
}

/** PHP's `(string)`, which for an array is a word and a warning. */
export function toText(value: unknown): string {
  const text = phpText(value);
  if (text !== null) return text;
  const type = phpType(value);
  if (type !== 'array') throw new TypeError(`Object of class ${type} could not be converted to string`);
  warn('Array to string conversion');
  return 'Array';
}
