import { PhpTypeError } from '../errors/exceptions.js';
import { hasMethod, typeName } from '../value/convert.js';
import type { Key } from '../value/key.js';
import { type AnyArray, isArray } from '../value/kinds.js';
import { PhpArray } from '../value/php-array.js';

/** An array argument, or the TypeError that PHP throws. An ArrayObject and its kin give their array. */
export function arrayOf<T>(value: AnyArray<T>, who: string, position?: number, name?: string): AnyArray<T>;
export function arrayOf(value: unknown, who: string, position?: number, name?: string): AnyArray;
export function arrayOf(value: unknown, who: string, position = 1, name = 'array'): AnyArray {
  if (isArray(value)) return value;
  if (hasMethod(value, 'getArrayCopy')) return value.getArrayCopy() as AnyArray;
  throw new PhpTypeError(
    `${who}(): Argument #${position} ($${name}) must be of type array, ${typeName(value)} given`,
  );
}

/** Int keys become 0, 1, 2…; string keys stay. */
export function renumber<T>(list: readonly (readonly [Key, T])[]): [Key, T][] {
  let next = 0;
  return list.map(([key, value]) => [typeof key === 'number' ? next++ : key, value]);
}

/** The kind of a result in which keys may be missing: a list becomes a PhpArray. */
export function gappy(array: AnyArray): AnyArray {
  return Array.isArray(array) ? new PhpArray() : array;
}
