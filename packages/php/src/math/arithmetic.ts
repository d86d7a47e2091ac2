import { ArgumentCountError, PhpTypeError, ValueError } from '../errors/exceptions.js';
import { compare } from '../value/compare.js';
import { toFloat, toInteger, toNumber, toStr, typeName } from '../value/convert.js';
import { type AnyArray, isArray, items } from '../value/kinds.js';
import { type Num, normalInt } from '../value/numeric.js';
import { add, mul } from '../value/operators.js';

export const M_PI = Math.PI;
export const M_E = Math.E;
export const M_SQRT2 = Math.SQRT2;
export const M_LN2 = Math.LN2;
export const M_LN10 = Math.LN10;
export const M_LOG2E = Math.LOG2E;
export const M_LOG10E = Math.LOG10E;
export const M_PI_2 = Math.PI / 2;
export const M_PI_4 = Math.PI / 4;
export const M_1_PI = 1 / Math.PI;
export const M_2_PI = 2 / Math.PI;
export const NAN = Number.NaN;
export const INF = Number.POSITIVE_INFINITY;
export const PHP_INT_MAX = 2n ** 63n - 1n;
export const PHP_INT_MIN = -(2n ** 63n);
export const PHP_INT_SIZE = 8;
export const PHP_FLOAT_EPSILON = Number.EPSILON;
export const PHP_FLOAT_MAX = Number.MAX_VALUE;
export const PHP_FLOAT_MIN = 2.2250738585072014e-308;
export const PHP_FLOAT_DIG = 15;

export function abs(num: unknown): Num {
  const value = toNumber(num);
  if (typeof value === 'number') return Math.abs(value);
  return value < 0n ? mul(value, -1) : value;
}

export function ceil(num: unknown): number {
  return Math.ceil(Number(toNumber(num)));
}

export function floor(num: unknown): number {
  return Math.floor(Number(toNumber(num)));
}

export function sqrt(num: unknown): number {
  return Math.sqrt(toFloat(num));
}

/** The remainder of a division of floats. */
export function fmod(num1: unknown, num2: unknown): number {
  return toFloat(num1) % toFloat(num2);
}

/** Division of floats; by zero it gives INF, -INF or NAN. */
export function fdiv(num1: unknown, num2: unknown): number {
  return toFloat(num1) / toFloat(num2);
}

export function pi(): number {
  return Math.PI;
}

export function exp(num: unknown): number {
  return Math.exp(toFloat(num));
}

export function expm1(num: unknown): number {
  return Math.expm1(toFloat(num));
}

export function log(num: unknown, base: unknown = Math.E): number {
  const by = toFloat(base);
  if (by <= 0) throw new ValueError('log(): Argument #2 ($base) must be greater than 0');
  if (by === Math.E) return Math.log(toFloat(num));
  if (by === 2) return Math.log2(toFloat(num));
  return by === 10 ? Math.log10(toFloat(num)) : Math.log(toFloat(num)) / Math.log(by);
}

export function log10(num: unknown): number {
  return Math.log10(toFloat(num));
}

export function log1p(num: unknown): number {
  return Math.log1p(toFloat(num));
}

export function hypot(x: unknown, y: unknown): number {
  return Math.hypot(toFloat(x), toFloat(y));
}

export function is_nan(num: unknown): boolean {
  return Number.isNaN(toFloat(num));
}

export function is_infinite(num: unknown): boolean {
  const value = toFloat(num);
  return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
}

export function is_finite(num: unknown): boolean {
  return Number.isFinite(toFloat(num));
}

/** The greatest of the values, or of an array, by PHP's comparison. */
export function max<T>(value: readonly T[]): T;
export function max(...values: number[]): number;
export function max<T = unknown>(value: unknown, ...values: unknown[]): T;
export function max(value: unknown, ...values: unknown[]): unknown {
  return extreme('max', value, values, 1);
}

/** The least of the values, or of an array, by PHP's comparison. */
export function min<T>(value: readonly T[]): T;
export function min(...values: number[]): number;
export function min<T = unknown>(value: unknown, ...values: unknown[]): T;
export function min(value: unknown, ...values: unknown[]): unknown {
  return extreme('min', value, values, -1);
}

function extreme(who: string, value: unknown, values: unknown[], sign: number): unknown {
  if (values.length === 0 && !isArray(value)) {
    if (value === undefined) throw new ArgumentCountError(`${who}() expects at least 1 argument, 0 given`);
    throw new PhpTypeError(`${who}(): Argument #1 ($value) must be of type array, ${typeName(value)} given`);
  }
  const all = values.length === 0 ? items(value as AnyArray) : [value, ...values];
  if (all.length === 0)
    throw new ValueError(`${who}(): Argument #1 ($value) must contain at least one element`);
  return all.reduce((best, next) => (compare(next, best) * sign > 0 ? next : best));
}

/** The sum of an array's values; what is no number counts by its leading digits. */
export function array_sum(array: AnyArray): Num {
  return items(array).reduce<Num>((sum, value) => (isArray(value) ? sum : add(sum, numberOf(value))), 0);
}

/** The product of an array's values, 1 for an empty array. */
export function array_product(array: AnyArray): Num {
  return items(array).reduce<Num>(
    (product, value) => (isArray(value) ? product : mul(product, numberOf(value))),
    1,
  );
}

function numberOf(value: unknown): Num {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value !== 'string') return toInteger(value);
  const float = toFloat(value);
  return Number.isSafeInteger(float) ? float : /^\s*[+-]?\d+\s*$/.test(value) ? toInteger(value) : float;
}

/** Digits of any base up to 36 into another. */
export function base_convert(num: unknown, from_base: number, to_base: number): string {
  return parseDigits(toStr(num).toLowerCase(), from_base).toString(to_base);
}

function parseDigits(text: string, base: number): bigint {
  let value = 0n;
  for (const char of text) {
    const digit = Number.parseInt(char, 36);
    if (digit < base) value = value * BigInt(base) + BigInt(digit);
  }
  return value;
}

const fromBase = (text: unknown, base: number, prefix: RegExp): Num =>
  normalInt(parseDigits(toStr(text).toLowerCase().replace(prefix, ''), base));

export function bindec(binary_string: unknown): Num {
  return fromBase(binary_string, 2, /^0b/);
}

export function hexdec(hex_string: unknown): Num {
  return fromBase(hex_string, 16, /^0x/);
}

export function octdec(octal_string: unknown): Num {
  return fromBase(octal_string, 8, /^0o/);
}

const toBase = (num: unknown, base: number): string =>
  BigInt.asUintN(64, BigInt(toInteger(num))).toString(base);

export function decbin(num: unknown): string {
  return toBase(num, 2);
}

export function dechex(num: unknown): string {
  return toBase(num, 16);
}

export function decoct(num: unknown): string {
  return toBase(num, 8);
}

export function deg2rad(num: unknown): number {
  return (toFloat(num) / 180) * Math.PI;
}

export function rad2deg(num: unknown): number {
  return (toFloat(num) / Math.PI) * 180;
}
