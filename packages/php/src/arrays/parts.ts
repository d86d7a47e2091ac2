import { ValueError } from '../errors/exceptions.js';
import { mersenne } from '../math/mersenne.js';
import { toStr } from '../value/convert.js';
import type { Key } from '../value/key.js';
import { type AnyArray, build, isArray, items, pairs, replace } from '../value/kinds.js';
import type { PhpArray } from '../value/php-array.js';
import { arrayOf, gappy, renumber } from './argument.js';
import { comparator } from './order.js';
import { SORT_STRING } from './sort-flags.js';

/** Part of an array. Int keys are renumbered unless `preserve_keys` is true. */
export function array_slice<T>(
  array: readonly T[],
  offset: number,
  length?: number | null,
  preserve_keys?: false,
): T[];
export function array_slice<T>(
  array: AnyArray<T>,
  offset: number,
  length?: number | null,
  preserve_keys?: boolean,
): AnyArray<T>;
export function array_slice<T>(
  array: AnyArray<T>,
  offset: number,
  length: number | null = null,
  preserve_keys = false,
): AnyArray<T> {
  const list = pairs(arrayOf(array, 'array_slice'));
  const [from, to] = bounds(list.length, offset, length);
  const part = list.slice(from, to);
  return build(array, preserve_keys ? part : renumber(part));
}

function bounds(size: number, offset: number, length: number | null): [number, number] {
  const from = offset < 0 ? Math.max(0, size + offset) : Math.min(offset, size);
  const to = length === null ? size : length < 0 ? size + length : Math.min(size, from + length);
  return [from, Math.max(from, to)];
}

/** Removes part of an array in place, puts other values there, and gives what was removed. */
export function array_splice<T>(
  array: T[],
  offset: number,
  length?: number | null,
  replacement?: unknown,
): T[];
export function array_splice<T>(
  array: AnyArray<T>,
  offset: number,
  length?: number | null,
  replacement?: unknown,
): AnyArray<T>;
export function array_splice(
  array: AnyArray,
  offset: number,
  length: number | null = null,
  replacement: unknown = [],
): AnyArray {
  const list = pairs(arrayOf(array, 'array_splice'));
  const [from, to] = bounds(list.length, offset, length);
  const fresh = (isArray(replacement) ? items(replacement) : [replacement]).map((value): [Key, unknown] => [
    0,
    value,
  ]);
  replace(array, renumber([...list.slice(0, from), ...fresh, ...list.slice(to)]), 'array_splice');
  return build(array, renumber(list.slice(from, to)));
}

/** Pieces of `length` elements each. */
export function array_chunk<T>(array: AnyArray<T>, length: number, preserve_keys?: false): T[][];
export function array_chunk<T>(array: AnyArray<T>, length: number, preserve_keys: boolean): AnyArray<T>[];
export function array_chunk<T>(array: AnyArray<T>, length: number, preserve_keys = false): AnyArray<T>[] {
  if (length < 1) throw new ValueError('array_chunk(): Argument #2 ($length) must be greater than 0');
  const list = pairs(arrayOf(array, 'array_chunk'));
  const chunks: AnyArray<T>[] = [];
  for (let i = 0; i < list.length; i += length) {
    const part = list.slice(i, i + length);
    chunks.push(preserve_keys ? build(array, part) : part.map(([, value]) => value));
  }
  return chunks;
}

/** The elements in reverse order; int keys are renumbered unless `preserve_keys` is true. */
export function array_reverse<T>(array: readonly T[], preserve_keys?: false): T[];
export function array_reverse<T>(array: AnyArray<T>, preserve_keys?: boolean): AnyArray<T>;
export function array_reverse<T>(array: AnyArray<T>, preserve_keys = false): AnyArray<T> {
  const list = pairs(arrayOf(array, 'array_reverse')).reverse();
  return build(array, preserve_keys ? list : renumber(list));
}

/** Each value once, with its first key, as a PhpArray when the array was a list. Values are compared as strings unless `flags` says otherwise. */
export function array_unique<T>(array: readonly T[], flags?: number): PhpArray<T>;
export function array_unique<T>(array: AnyArray<T>, flags?: number): AnyArray<T>;
export function array_unique<T>(array: AnyArray<T>, flags = SORT_STRING): AnyArray<T> {
  const list = pairs(arrayOf(array, 'array_unique'));
  return build(gappy(array), flags === SORT_STRING ? uniqueTexts(list) : uniqueBy(list, comparator(flags)));
}

function uniqueTexts<T>(list: [Key, T][]): [Key, T][] {
  const seen = new Set<string>();
  return list.filter(([, value]) => {
    const name = toStr(value);
    return seen.has(name) ? false : Boolean(seen.add(name));
  });
}

function uniqueBy<T>(list: [Key, T][], order: (a: unknown, b: unknown) => number): [Key, T][] {
  const kept: [Key, T][] = [];
  for (const pair of list) if (!kept.some(([, value]) => order(value, pair[1]) === 0)) kept.push(pair);
  return kept;
}

/** One random key, or `num` of them in order. */
export function array_rand(array: AnyArray, num?: 1): Key;
export function array_rand(array: AnyArray, num: number): Key | Key[];
export function array_rand(array: AnyArray, num = 1): Key | Key[] {
  const keys = pairs(arrayOf(array, 'array_rand')).map(([key]) => key);
  if (keys.length === 0) throw new ValueError('array_rand(): Argument #1 ($array) cannot be empty');
  if (num < 1 || num > keys.length)
    throw new ValueError(
      'array_rand(): Argument #2 ($num) must be between 1 and the number of elements in argument #1 ($array)',
    );
  if (num === 1) return keys[mersenne.between(0, keys.length - 1)] ?? 0;
  const leaveOut = num > keys.length / 2;
  const drawn = new Set<number>();
  while (drawn.size < (leaveOut ? keys.length - num : num)) drawn.add(mersenne.between(0, keys.length - 1));
  return keys.filter((_, i) => drawn.has(i) !== leaveOut);
}

/** Random order, with the keys 0, 1, 2…, in place. */
export function shuffle(array: object): true {
  const list = items(array as AnyArray);
  for (let left = list.length - 1; left > 0; left--) {
    const at = mersenne.between(0, left);
    [list[left], list[at]] = [list[at], list[left]];
  }
  replace(
    array,
    list.map((value, i): [Key, unknown] => [i, value]),
    'shuffle',
  );
  return true;
}
