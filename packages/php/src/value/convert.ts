import { E_WARNING } from '../constants/errors.js';
import { PhpError } from '../errors/exceptions.js';
import { raise } from '../errors/raise.js';
import { isFloat, PhpFloat } from './float.js';
import { isArray, size } from './kinds.js';
import { floatText } from './number-text.js';
import { INT_MAX, INT_MIN, leadingNumber, type Num, normalInt } from './numeric.js';
import { bytes, text } from './text.js';

/** What `(string)` gives. Bytes that are no UTF-8 are kept as lone surrogates. An object without `__toString` throws. */
export function toStr(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : floatText(value);
    case 'boolean':
      return value ? '1' : '';
    case 'bigint':
      return String(value);
    default:
      return value === null || value === undefined ? '' : objectText(value);
  }
}

function objectText(value: unknown): string {
  if (value instanceof Uint8Array) return text(value);
  if (value instanceof Number) return floatText(value.valueOf());
  if (isArray(value)) {
    raise(E_WARNING, 'Array to string conversion');
    return 'Array';
  }
  if (hasMethod(value, '__toString')) return toStr(value.__toString());
  // The objects of swoole-ts that PHP turns into bytes, frames.
  if (hasMethod(value, 'toBuffer')) return toStr(value.toBuffer());
  throw new PhpError(`Object of class ${className(value)} could not be converted to string`);
}

/** A value as a PHP string that keeps bytes bytes: a Buffer stays one, all else is text. */
export function toText(value: unknown): string | Buffer {
  return value instanceof Uint8Array ? bytes(value) : toStr(value);
}

/** The bytes that a value has as a string. */
export function toBytes(value: unknown): Buffer {
  return bytes(value instanceof Uint8Array ? value : toStr(value));
}

/** What `(int)` gives: a number, or a bigint beyond 2^53. */
export function toInteger(value: unknown): Num {
  switch (typeof value) {
    case 'number':
      return floatToInt(value);
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'string': {
      const found = leadingNumber(value);
      return found === null ? 0 : typeof found.value === 'bigint' ? found.value : capped(found.value);
    }
    default:
      if (value === null || value === undefined) return 0;
      if (value instanceof Uint8Array) return toInteger(text(value));
      if (value instanceof Number) return floatToInt(value.valueOf());
      return isArray(value) ? (size(value) > 0 ? 1 : 0) : 1;
  }
}

/** A number in a string that is too great stops at the limit. */
function capped(value: number): Num {
  if (!Number.isFinite(value) || Math.abs(value) < 2 ** 63) return floatToInt(value);
  return value > 0 ? INT_MAX : INT_MIN;
}

function floatToInt(value: number): Num {
  if (Number.isSafeInteger(value)) return value + 0;
  if (!Number.isFinite(value)) return 0;
  const whole = Math.trunc(value);
  if (Number.isSafeInteger(whole)) return whole + 0;
  return normalInt(BigInt.asIntN(64, BigInt(whole)));
}

/** What `(int)` gives, as a JavaScript number: exact up to 2^53. */
export function toInt(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : Number(toInteger(value));
}

/** What `(float)` gives. */
export function toFloat(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value instanceof PhpFloat) return value.valueOf();
  if (typeof value === 'string' || value instanceof Uint8Array)
    return Number(leadingNumber(text(value))?.value ?? 0);
  return Number(toInteger(value));
}

/** What `(bool)` gives: `''`, `'0'`, 0, null and an empty array are false. */
export function toBool(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '' && value !== '0';
    case 'number':
      return value !== 0;
    case 'bigint':
      return value !== 0n;
    default:
      if (value === null || value === undefined) return false;
      if (value instanceof Uint8Array) return value.length > 1 || (value.length === 1 && value[0] !== 48);
      if (value instanceof Number) return value.valueOf() !== 0;
      return !isArray(value) || size(value) > 0;
  }
}

/** The number that a function takes a value for: what a string begins with, 0 when that is none. */
export function toNumber(value: unknown): Num {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'string' || value instanceof Uint8Array) return leadingNumber(text(value))?.value ?? 0;
  return value instanceof Number ? value.valueOf() : toInteger(value);
}

/** Whether an int or a whole float fits PHP's 64 bits. */
export function fitsInt(value: Num): boolean {
  return typeof value === 'bigint' ? value <= INT_MAX && value >= INT_MIN : Math.abs(value) < 2 ** 63;
}

/** PHP's short name for the type as messages have it: `int`, `string`, `array`, or the class of an object. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string' || value instanceof Uint8Array) return 'string';
  if (isFloat(value)) return 'float';
  if (typeof value === 'number' || typeof value === 'bigint') return 'int';
  if (isArray(value)) return 'array';
  return typeof value === 'function' ? 'Closure' : className(value);
}

/** The PHP name of an object's class: the class's own static `phpName`, else the name it has in swoole-ts or in JavaScript. */
export function className(value: unknown): string {
  if (typeof value === 'function') return 'Closure';
  const type = (value as object).constructor as Named | undefined;
  return type === undefined ? 'stdClass' : classNameOf(type);
}

/** The PHP name of a class. */
export function classNameOf(type: Named): string {
  if (Object.hasOwn(type, 'phpName') && typeof type.phpName === 'string') return type.phpName;
  const branded =
    type.prototype !== undefined && Object.hasOwn(type.prototype, 'name') ? type.prototype.name : undefined;
  return typeof branded === 'string' && branded.includes('\\') ? branded : (type.name ?? 'stdClass');
}

export interface Named {
  phpName?: unknown;
  name?: string;
  prototype?: { name?: unknown };
}

/** Whether an object has a method of this name. */
export function hasMethod<K extends string>(
  value: unknown,
  name: K,
): value is { [key in K]: (...args: unknown[]) => unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Record<string, unknown>)[name] === 'function'
  );
}
