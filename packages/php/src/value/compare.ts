import { className, hasMethod, toBool, toStr } from './convert.js';
import { isFloat, isInt, PhpFloat } from './float.js';
import { type AnyArray, isArray, pairs, size } from './kinds.js';
import { type Num, numericString } from './numeric.js';
import { bytes, text } from './text.js';

/** PHP's `<=>`: -1, 0 or 1, by the rules of PHP 8. What cannot be compared is 1. */
export function compare(a: unknown, b: unknown): -1 | 0 | 1 {
  if (typeof a === 'number' && typeof b === 'number') return order(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  return compareMixed(plain(a), plain(b));
}

/** Undefined is null, bytes are text, a marked float is a number. */
function plain(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Uint8Array) return text(value);
  return value instanceof PhpFloat ? value.valueOf() : value;
}

const order = (a: Num | string, b: Num | string): -1 | 0 | 1 => (a < b ? -1 : a <= b ? 0 : 1);

const isNum = (value: unknown): value is Num => typeof value === 'number' || typeof value === 'bigint';

function compareMixed(a: unknown, b: unknown): -1 | 0 | 1 {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (isNum(a) && isNum(b)) return order(a, b);
  if (a === null && typeof b === 'string') return b === '' ? 0 : -1;
  if (typeof a === 'string' && b === null) return a === '' ? 0 : 1;
  if (a === null || b === null || typeof a === 'boolean' || typeof b === 'boolean')
    return order(Number(toBool(a)), Number(toBool(b)));
  if (isNum(a) && typeof b === 'string') return compareNumberToString(a, b);
  if (typeof a === 'string' && isNum(b)) return compareStringToNumber(a, b);
  return compareCompound(a, b);
}

const negative = (value: -1 | 0 | 1): -1 | 0 | 1 => (value === 0 ? 0 : value === 1 ? -1 : 1);

function compareNumberToString(number: Num, string: string): -1 | 0 | 1 {
  const value = numericString(string);
  if (value !== null) return order(number, value);
  return Number.isNaN(number) ? 1 : compareBytes(toStr(number), string);
}

function compareStringToNumber(string: string, number: Num): -1 | 0 | 1 {
  const value = numericString(string);
  if (value !== null) return order(value, number);
  return Number.isNaN(number) ? 1 : compareBytes(string, toStr(number));
}

function compareStrings(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  if (mayBeNumeric(a) && mayBeNumeric(b)) {
    const left = numericString(a);
    const right = left === null ? null : numericString(b);
    if (left !== null && right !== null) return order(left, right);
  }
  return compareBytes(a, b);
}

function mayBeNumeric(value: string): boolean {
  const first = value.charCodeAt(0);
  return (
    first <= 57 &&
    (first >= 48 || first === 32 || first === 43 || first === 45 || first === 46 || first <= 13)
  );
}

/** `strcmp`'s order: by bytes. */
export function compareBytes(a: string, b: string): -1 | 0 | 1 {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    // Surrogates sort below U+E000 as UTF-16, but above as UTF-8.
    if (left >= 0xd800 && right >= 0xd800) return Buffer.compare(bytes(a), bytes(b)) as -1 | 0 | 1;
    if (left >= 0xdc80 && left <= 0xdcff) return Buffer.compare(bytes(a), bytes(b)) as -1 | 0 | 1;
    if (right >= 0xdc80 && right <= 0xdcff) return Buffer.compare(bytes(a), bytes(b)) as -1 | 0 | 1;
    return left < right ? -1 : 1;
  }
  return order(a.length, b.length);
}

function compareCompound(a: unknown, b: unknown): -1 | 0 | 1 {
  const arrays = [isArray(a), isArray(b)];
  if (arrays[0] && arrays[1]) return compareArrays(a as AnyArray, b as AnyArray);
  if (arrays[0]) return isObject(b) ? -1 : 1;
  if (arrays[1]) return isObject(a) ? 1 : -1;
  if (isObject(a) && isObject(b)) return compareObjects(a, b);
  if (isObject(a)) return compareObjectTo(a, b);
  return isObject(b) ? negative(compareObjectTo(b, a)) : 1;
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' || typeof value === 'function') && value !== null;

function compareObjectTo(object: object, other: unknown): -1 | 0 | 1 {
  if (typeof other === 'string')
    return hasMethod(object, '__toString') ? compareBytes(toStr(object), other) : 1;
  return isNum(other) ? order(1, other) : 1;
}

function compareArrays(a: AnyArray, b: AnyArray): -1 | 0 | 1 {
  const bySize = order(size(a), size(b));
  if (bySize !== 0) return bySize;
  const right = new Map(pairs(b));
  for (const [key, value] of pairs(a)) {
    if (!right.has(key)) return 1;
    const found = compare(value, right.get(key));
    if (found !== 0) return found;
  }
  return 0;
}

function compareObjects(a: object, b: object): -1 | 0 | 1 {
  if (a === b) return 0;
  if (hasMethod(a, 'getTimestamp') && hasMethod(b, 'getTimestamp')) return order(micros(a), micros(b));
  if (className(a) !== className(b) || typeof a === 'function') return 1;
  return compareArrays({ ...a }, { ...b });
}

const micros = (date: { getTimestamp: () => unknown }): number =>
  Number(date.getTimestamp()) + (hasMethod(date, 'format') ? Number(`0.${toStr(date.format('u'))}`) : 0);

/** PHP's `==`. */
export function looseEq(a: unknown, b: unknown): boolean {
  if (a === b) return !Number.isNaN(a);
  return compare(a, b) === 0;
}

/** PHP's `===`, for values that may be bytes, arrays or marked floats; elsewhere JavaScript's own does. */
export function identical(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof Uint8Array || b instanceof Uint8Array)
    return isString(a) && isString(b) && bytes(a).equals(bytes(b));
  if (a instanceof PhpFloat || b instanceof PhpFloat)
    return isFloatLike(a) && isFloatLike(b) && Number(a) === Number(b);
  if ((a ?? null) === null) return (b ?? null) === null;
  return isArray(a) && isArray(b) && identicalArrays(a, b);
}

const isString = (value: unknown): value is string | Uint8Array =>
  typeof value === 'string' || value instanceof Uint8Array;
const isFloatLike = (value: unknown): boolean => isFloat(value) && !isInt(value);

function identicalArrays(a: AnyArray, b: AnyArray): boolean {
  const left = pairs(a);
  const right = pairs(b);
  return (
    left.length === right.length &&
    left.every(([key, value], i) => right[i]?.[0] === key && identical(value, right[i]?.[1]))
  );
}
