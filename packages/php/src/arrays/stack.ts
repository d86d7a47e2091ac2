import { append } from '../value/access.js';
import type { Key } from '../value/key.js';
import { type AnyArray, pairs, replace } from '../value/kinds.js';
import { arrayOf, renumber } from './argument.js';
import { rewind } from './places.js';

/** Appends values in place and gives the new number of elements. */
export function array_push<T>(array: AnyArray<T>, ...values: T[]): number {
  if (Array.isArray(array)) return array.push(...values);
  for (const value of values) append(array as object, value);
  return pairs(arrayOf(array, 'array_push')).length;
}

/** Removes the last element and gives its value, null when there is none. */
export function array_pop<T>(array: AnyArray<T>): T | null {
  rewind(array);
  if (Array.isArray(array)) return (array as T[]).pop() ?? null;
  const list = pairs(arrayOf(array, 'array_pop'));
  const last = list.pop();
  if (last === undefined) return null;
  replace(array, list, 'array_pop');
  return last[1];
}

/** Removes the first element, renumbers int keys, and gives its value, null when there is none. */
export function array_shift<T>(array: AnyArray<T>): T | null {
  rewind(array);
  if (Array.isArray(array)) return (array as T[]).shift() ?? null;
  const list = pairs(arrayOf(array, 'array_shift'));
  const first = list.shift();
  if (first === undefined) return null;
  replace(array, renumber(list), 'array_shift');
  return first[1];
}

/** Puts values before the others, renumbers int keys, and gives the new number of elements. */
export function array_unshift<T>(array: AnyArray<T>, ...values: T[]): number {
  rewind(array);
  if (Array.isArray(array)) return array.unshift(...values);
  const list = pairs(arrayOf(array, 'array_unshift'));
  replace(array, renumber([...values.map((value): [Key, T] => [0, value]), ...list]), 'array_unshift');
  return list.length + values.length;
}
