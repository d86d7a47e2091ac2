import { ValueError } from '../errors/exceptions.js';
import { resourceOf } from '../files/duplex-stream.js';
import { stdClass } from '../objects/std-class.js';
import { hasMethod, toBool, toFloat, toInteger, toStr, typeName } from '../value/convert.js';
import { isFloat, isInt } from '../value/float.js';
import { isArray, pairs, record } from '../value/kinds.js';
import { type Num, normalInt, numericString } from '../value/numeric.js';
import type { Ref } from '../value/ref.js';
import { find } from './callable.js';

/** PHP's name for the type: `boolean`, `integer`, `double`, `string`, `array`, `object`, `resource`, `NULL`. */
export function gettype(value: unknown): string {
  const resource = resourceOf(value);
  if (resource !== null) return resource.closed ? 'resource (closed)' : 'resource';
  const name = typeName(value);
  const long: { readonly [name: string]: string } = {
    null: 'NULL',
    bool: 'boolean',
    int: 'integer',
    float: 'double',
    string: 'string',
    array: 'array',
  };
  return Object.hasOwn(long, name) && !isObjectValue(value) ? (long[name] ?? name) : 'object';
}

const isObjectValue = (value: unknown): boolean =>
  (typeof value === 'object' || typeof value === 'function') &&
  value !== null &&
  !isArray(value) &&
  !(value instanceof Uint8Array) &&
  !(value instanceof Number);

/** PHP 8's name for the type: `bool`, `int`, `float`, `string`, `array`, `null`, or the class. */
export function get_debug_type(value: unknown): string {
  const resource = resourceOf(value);
  if (resource !== null) return resource.closed ? 'resource (closed)' : `resource (${resource.type})`;
  return typeName(value);
}

/** Changes the type of a variable. */
export function settype(var_: Ref<unknown>, type: string): boolean {
  const casts: { readonly [type: string]: (value: unknown) => unknown } = {
    bool: toBool,
    boolean: toBool,
    int: toInteger,
    integer: toInteger,
    float: toFloat,
    double: toFloat,
    string: toStr,
    array: toArray,
    object: toObject,
    null: () => null,
  };
  const cast = casts[type.toLowerCase()];
  if (cast === undefined) throw new ValueError('settype(): Argument #2 ($type) must be a valid type');
  var_.value = cast(var_.value);
  return true;
}

/** PHP's `(array)`: an array as it is, an object's properties, nothing for null, else a list of one. */
export function toArray(value: unknown): unknown {
  if (isArray(value)) return value;
  if (value === null || value === undefined) return [];
  if (!isObjectValue(value) || typeof value === 'function') return [value];
  return hasMethod(value, 'getArrayCopy') ? value.getArrayCopy() : { ...(value as object) };
}

/** PHP's `(object)`: an object as it is, an array's elements as the properties of a stdClass. */
export function toObject(value: unknown): object {
  if (isArray(value)) return Object.assign(new stdClass(), record(pairs(value)));
  if (isObjectValue(value)) return value as object;
  return value === null || value === undefined
    ? new stdClass()
    : Object.assign(new stdClass(), { scalar: value });
}

export function is_null(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
export function is_bool(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
export function is_int(value: unknown): value is number {
  return isInt(value);
}
export { is_int as is_integer, is_int as is_long };
export function is_float(value: unknown): value is number {
  return isFloat(value);
}
export { is_float as is_double };
export function is_string(value: unknown): value is string {
  return typeof value === 'string' || value instanceof Uint8Array;
}
/** Whether it is a JavaScript array, a PhpArray, a Map or a plain object. */
export function is_array(value: unknown): value is unknown[] {
  return isArray(value);
}
export function is_object(value: unknown): value is object {
  return isObjectValue(value) && resourceOf(value) === null;
}
export function is_resource(value: unknown): boolean {
  return resourceOf(value)?.closed === false;
}
/** Whether it is a number or a string that is one. */
export function is_numeric(value: unknown): boolean {
  if (typeof value === 'string') return numericString(value) !== null;
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Number;
}
export function is_scalar(value: unknown): boolean {
  return (
    ['string', 'number', 'bigint', 'boolean'].includes(typeof value) ||
    value instanceof Uint8Array ||
    value instanceof Number
  );
}
export function is_iterable(value: unknown): boolean {
  return (
    isArray(value) ||
    (isObjectValue(value) &&
      (Symbol.iterator in (value as object) || hasMethod(value, 'getIterator') || hasMethod(value, 'rewind')))
  );
}
export function is_countable(value: unknown): boolean {
  return isArray(value) || hasMethod(value, 'count');
}
/** Whether it can be called: a function, `[object, 'method']`, or the name of a function that is known. */
export function is_callable(value: unknown): value is (...args: unknown[]) => unknown {
  return find(value) !== null;
}

export function strval(value: unknown): string {
  return toStr(value);
}
/** @param base the base of the digits of a string; 0 reads `0x`, `0b` and `0` in front */
export function intval(value: unknown, base = 10): number {
  if (base === 10 || typeof value !== 'string') return toInteger(value) as number;
  return digits(value, base) as number;
}

function digits(value: string, base: number): Num {
  const found = /^\s*([+-]?)(0[xX]|0[bB]|0[oO]|0)?([0-9a-zA-Z]*)/.exec(value) ?? [];
  const prefix = (found[2] ?? '').toLowerCase();
  const prefixed: { readonly [prefix: string]: number } = { '0x': 16, '0b': 2, '0o': 8, '0': 8 };
  const by = base === 0 ? (prefixed[prefix] ?? 10) : base;
  const rest = prefix.length === 2 && prefixed[prefix] !== by ? '' : (found[3] ?? '');
  let number = 0n;
  for (const char of rest) {
    const digit = Number.parseInt(char, by);
    if (Number.isNaN(digit)) break;
    number = number * BigInt(by) + BigInt(digit);
  }
  return normalInt(found[1] === '-' ? -number : number);
}

export function floatval(value: unknown): number {
  return toFloat(value);
}
export { floatval as doubleval };
export function boolval(value: unknown): boolean {
  return toBool(value);
}
