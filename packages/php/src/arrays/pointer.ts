import { properties } from '../objects/properties.js';
import type { Key } from '../value/key.js';
import { type AnyArray, isArray, pairs } from '../value/kinds.js';
import { places, rewind } from './places.js';

const listOf = (array: object): [Key, unknown][] => (isArray(array) ? pairs(array) : properties(array));

function read<T>(array: object): T | false {
  const pair = listOf(array)[places.get(array) ?? 0];
  return pair === undefined ? false : (pair[1] as T);
}

/** The value under the pointer, false beyond the end. */
export function current<T = unknown>(array: AnyArray<T>): T | false {
  return read(array);
}

export { current as pos };

/** The key under the pointer, null beyond the end. */
export function key(array: AnyArray): Key | null {
  return listOf(array)[places.get(array) ?? 0]?.[0] ?? null;
}

/** Moves the pointer on and gives the value there, false beyond the end. */
export function next<T = unknown>(array: AnyArray<T>): T | false {
  const place = places.get(array) ?? 0;
  places.set(array, Math.min(place + 1, listOf(array).length));
  return read(array);
}

/** Moves the pointer back and gives the value there, false before the beginning. */
export function prev<T = unknown>(array: AnyArray<T>): T | false {
  const place = places.get(array) ?? 0;
  const inside = place > 0 && place < listOf(array).length;
  places.set(array, inside ? place - 1 : listOf(array).length);
  return read(array);
}

/** Moves the pointer to the beginning and gives the first value, false when the array is empty. */
export function reset<T = unknown>(array: AnyArray<T>): T | false {
  rewind(array);
  return read(array);
}

/** Moves the pointer to the end and gives the last value, false when the array is empty. */
export function end<T = unknown>(array: AnyArray<T>): T | false {
  places.set(array, Math.max(0, listOf(array).length - 1));
  return read(array);
}
