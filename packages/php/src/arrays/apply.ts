import { resolve } from '../functions/callable.js';
import { properties } from '../objects/properties.js';
import { put } from '../value/access.js';
import { toBool } from '../value/convert.js';
import type { Key } from '../value/key.js';
import { type AnyArray, build, isArray, items, pairs } from '../value/kinds.js';
import type { PhpArray } from '../value/php-array.js';
import { Ref } from '../value/ref.js';
import { arrayOf, gappy } from './argument.js';

export const ARRAY_FILTER_USE_KEY = 2;
export const ARRAY_FILTER_USE_BOTH = 1;

/**
 * Applies a callback to each element. Of one array the keys stay; of several the result is a list as long as the longest.
 * @param callback null makes a list of lists
 */
export function array_map<T, R>(callback: (value: T) => R, array: readonly T[]): R[];
export function array_map<T, R>(callback: (value: T) => R, array: AnyArray<T>): AnyArray<R>;
export function array_map(callback: unknown, array: AnyArray, ...arrays: AnyArray[]): AnyArray;
export function array_map(callback: unknown, array: AnyArray, ...arrays: AnyArray[]): AnyArray {
  const call = callback === null ? null : resolve(callback, 'array_map');
  const first = arrayOf(array, 'array_map', 2, 'array');
  if (arrays.length === 0) {
    if (call === null) return first;
    return build(
      array,
      pairs(first).map(([key, value]): [Key, unknown] => [key, call(value)]),
    );
  }
  const columns = [first, ...arrays].map((column) => items(column));
  const length = Math.max(...columns.map((column) => column.length));
  return Array.from({ length }, (_, i) => {
    const row = columns.map((column) => column[i] ?? null);
    return call === null ? row : call(...row);
  });
}

/** Keeps what the callback (or, without one, PHP's truth) accepts, with its keys; of a list as a PhpArray. */
export function array_filter<T>(array: readonly T[], callback?: ((value: T) => unknown) | null): PhpArray<T>;
export function array_filter<T>(array: AnyArray<T>, callback?: ((value: T) => unknown) | null): AnyArray<T>;
export function array_filter<T>(array: AnyArray<T>, callback: unknown, mode?: number): AnyArray<T>;
export function array_filter(array: AnyArray, callback: unknown = null, mode = 0): AnyArray {
  const call = callback === null ? toBool : resolve(callback, 'array_filter', 2);
  const keep = ([key, value]: [Key, unknown]): boolean => {
    if (callback === null || mode === 0) return toBool(call(value));
    return toBool(
      mode === ARRAY_FILTER_USE_KEY ? call(key) : (call as (...args: unknown[]) => unknown)(value, key),
    );
  };
  return build(gappy(array), pairs(arrayOf(array, 'array_filter')).filter(keep));
}

/** Folds the values from the first to the last. */
export function array_reduce<T, R>(array: AnyArray<T>, callback: (carry: R, item: T) => R, initial: R): R;
export function array_reduce(array: AnyArray, callback: unknown, initial?: unknown): unknown;
export function array_reduce(array: AnyArray, callback: unknown, initial: unknown = null): unknown {
  const call = resolve(callback, 'array_reduce', 2);
  return items(arrayOf(array, 'array_reduce')).reduce<unknown>((carry, value) => call(carry, value), initial);
}

/** Calls back with each value, its key and `arg`. The array stays as it is: `array_walk_ref` is for callbacks that change it. */
export function array_walk(array: object, callback: unknown, ...arg: unknown[]): true {
  const call = resolve(callback, 'array_walk', 2);
  for (const [key, value] of isArray(array) ? pairs(array) : properties(array)) call(value, key, ...arg);
  return true;
}

/** `array_walk` for a callback whose first parameter is by reference: it gets a `Ref`, and what that holds afterwards is put back. */
export function array_walk_ref(array: object, callback: unknown, ...arg: unknown[]): true {
  const call = resolve(callback, 'array_walk', 2);
  for (const [key, value] of isArray(array) ? pairs(array) : properties(array)) {
    const box = new Ref(value);
    call(box, key, ...arg);
    put(array, key, box.value);
  }
  return true;
}

/** `array_walk` that goes into arrays in the array. */
export function array_walk_recursive(array: object, callback: unknown, ...arg: unknown[]): true {
  const call = resolve(callback, 'array_walk_recursive', 2);
  for (const [key, value] of isArray(array) ? pairs(array) : properties(array)) {
    if (isArray(value)) array_walk_recursive(value, callback, ...arg);
    else call(value, key, ...arg);
  }
  return true;
}

/** `array_walk_recursive` for a callback whose first parameter is by reference: it gets a `Ref`, and what that holds afterwards is put back. */
export function array_walk_recursive_ref(array: object, callback: unknown, ...arg: unknown[]): true {
  const call = resolve(callback, 'array_walk_recursive', 2);
  for (const [key, value] of isArray(array) ? pairs(array) : properties(array)) {
    if (isArray(value)) array_walk_recursive_ref(value, callback, ...arg);
    else {
      const box = new Ref(value);
      call(box, key, ...arg);
      put(array, key, box.value);
    }
  }
  return true;
}

/** `array_map` for a callback that waits: one element after the other. */
export async function array_map_async<R>(
  callback: unknown,
  array: AnyArray,
  ...arrays: AnyArray[]
): Promise<AnyArray<R>> {
  const call = resolve(callback, 'array_map');
  const results: unknown[] = [];
  array_map((...row: unknown[]) => results.push(row), array, ...arrays);
  for (let i = 0; i < results.length; i++) results[i] = await call(...(results[i] as unknown[]));
  if (arrays.length > 0) return results as R[];
  return build(
    array,
    pairs(array).map(([key], i): [Key, R] => [key, results[i] as R]),
  );
}

/** `array_filter` for a callback that waits: one element after the other. */
export async function array_filter_async<T>(
  array: AnyArray<T>,
  callback: unknown,
  mode = 0,
): Promise<AnyArray<T>> {
  const call = resolve(callback, 'array_filter', 2);
  const kept: [Key, T][] = [];
  for (const [key, value] of pairs(array)) {
    const args =
      mode === ARRAY_FILTER_USE_KEY ? [key] : mode === ARRAY_FILTER_USE_BOTH ? [value, key] : [value];
    if (toBool(await call(...args))) kept.push([key, value]);
  }
  return build(gappy(array), kept);
}

/** `array_walk` for a callback that waits: one element after the other. */
export async function array_walk_async(array: object, callback: unknown, ...arg: unknown[]): Promise<true> {
  const call = resolve(callback, 'array_walk', 2);
  for (const [key, value] of isArray(array) ? pairs(array) : properties(array))
    await call(value, key, ...arg);
  return true;
}

/** `array_reduce` for a callback that waits. */
export async function array_reduce_async(
  array: AnyArray,
  callback: unknown,
  initial: unknown = null,
): Promise<unknown> {
  const call = resolve(callback, 'array_reduce', 2);
  let carry = initial;
  for (const value of items(array)) carry = await call(carry, value);
  return carry;
}
