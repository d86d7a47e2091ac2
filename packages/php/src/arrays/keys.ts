import { identical, looseEq } from '../value/compare.js';
import { hasMethod } from '../value/convert.js';
import { type Key, toKey } from '../value/key.js';
import { type AnyArray, build, isArray, items, pairs } from '../value/kinds.js';
import { PhpArray } from '../value/php-array.js';
import { arrayOf } from './argument.js';

/** The keys, or only those of a value. */
export function array_keys(array: readonly unknown[]): number[];
export function array_keys(array: AnyArray): Key[];
export function array_keys(array: AnyArray, filter_value: unknown, strict?: boolean): Key[];
export function array_keys(array: AnyArray, ...filter: [filter_value?: unknown, strict?: boolean]): Key[] {
  const list = pairs(arrayOf(array, 'array_keys'));
  if (filter.length === 0) return list.map(([key]) => key);
  const [wanted, strict = false] = filter;
  return list
    .filter(([, value]) => (strict ? identical(value, wanted) : looseEq(value, wanted)))
    .map(([key]) => key);
}

/** The values as a list. */
export function array_values<T>(array: AnyArray<T>): T[] {
  return items(arrayOf(array, 'array_values'));
}

/** Whether an array has the key, whatever its value. */
export function array_key_exists(key: unknown, array: unknown): boolean {
  if (array instanceof PhpArray) return array.has(key);
  if (!isArray(array) && hasMethod(array, 'offsetExists')) return array.offsetExists(key) === true;
  const normal = toKey(key);
  return pairs(arrayOf(array, 'array_key_exists', 2, 'array')).some(([name]) => name === normal);
}

export { array_key_exists as key_exists };

/** The first key, null when the array is empty. */
export function array_key_first(array: AnyArray): Key | null {
  return pairs(arrayOf(array, 'array_key_first'))[0]?.[0] ?? null;
}

/** The last key, null when the array is empty. */
export function array_key_last(array: AnyArray): Key | null {
  return pairs(arrayOf(array, 'array_key_last')).at(-1)?.[0] ?? null;
}

/** Whether a value is in an array, by `==` or by `===`. */
export function in_array(needle: unknown, haystack: unknown, strict = false): boolean {
  const same = strict ? identical : looseEq;
  return items(arrayOf(haystack, 'in_array', 2, 'haystack')).some((value) => same(needle, value));
}

/** The key of the first such value, false when it is not there. */
export function array_search(needle: unknown, haystack: unknown, strict = false): Key | false {
  const same = strict ? identical : looseEq;
  return (
    pairs(arrayOf(haystack, 'array_search', 2, 'haystack')).find(([, value]) => same(needle, value))?.[0] ??
    false
  );
}

export const CASE_LOWER = 0;
export const CASE_UPPER = 1;

/** All string keys in lower or upper case. */
export function array_change_key_case(array: AnyArray, case_ = CASE_LOWER): AnyArray {
  const change = (key: Key): Key => {
    if (typeof key === 'number') return key;
    return case_ === CASE_UPPER
      ? key.replace(/[a-z]+/g, (part) => part.toUpperCase())
      : key.replace(/[A-Z]+/g, (part) => part.toLowerCase());
  };
  const list = pairs(arrayOf(array, 'array_change_key_case')).map(([key, value]): [Key, unknown] => [
    change(key),
    value,
  ]);
  return build(array, [...new Map(list)]);
}
