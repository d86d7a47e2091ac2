import { PhpTypeError, ValueError } from '../errors/exceptions.js';
import { toFloat, toInt, toStr, typeName } from '../value/convert.js';
import { copyOf } from '../value/copy-of.js';
import { isInt } from '../value/float.js';
import { type Key, toKey } from '../value/key.js';
import { type AnyArray, build, isArray, isList, items, pairs } from '../value/kinds.js';
import { numericString } from '../value/numeric.js';
import { PhpArray } from '../value/php-array.js';
import { arrayOf, renumber } from './argument.js';

/** The values from `start` to `end`: ints, floats or characters. */
export function range(start: number, end: number, step?: number): number[];
export function range(start: unknown, end: unknown, step?: unknown): (number | string)[];
export function range(start: unknown, end: unknown, step: unknown = 1): (number | string)[] {
  if (isCharacter(start) && isCharacter(end)) {
    const codes = count(start.charCodeAt(0), end.charCodeAt(0), Math.trunc(Math.abs(toFloat(step))));
    return codes.map((code) => String.fromCharCode(code));
  }
  return count(numberOf(start), numberOf(end), Math.abs(toFloat(step)));
}

const isCharacter = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && numericString(value) === null;

const numberOf = (value: unknown): number =>
  Number(typeof value === 'string' ? (numericString(value) ?? toInt(value)) : toFloat(value));

function count(from: number, to: number, step: number): number[] {
  const distance = Math.abs(to - from);
  if (distance === 0) return [from];
  if (step === 0 || step > distance)
    throw new ValueError('range(): Argument #3 ($step) must not exceed the specified range');
  const length = Math.floor(distance / step + 1e-9) + 1;
  const sign = to < from ? -1 : 1;
  return Array.from({ length }, (_, i) => from + sign * i * step);
}

/** Keys from one array, values from another. */
export function array_combine<T>(keys: AnyArray, values: AnyArray<T>): PhpArray<T> {
  const names = items(arrayOf(keys, 'array_combine', 1, 'keys'));
  const list = items(arrayOf(values, 'array_combine', 2, 'values'));
  if (names.length !== list.length)
    throw new ValueError(
      'array_combine(): Argument #1 ($keys) and argument #2 ($values) must have the same number of elements',
    );
  return PhpArray.fromEntries(list.map((value, i): [Key, T] => [toKey(keyText(names[i])), value]));
}

const keyText = (key: unknown): unknown => (isInt(key) ? key : toStr(key));

/** `count` times the value, with the keys from `start_index` on. */
export function array_fill<T>(start_index: number, count: number, value: T): T[] | PhpArray<T> {
  if (count < 0)
    throw new ValueError('array_fill(): Argument #2 ($count) must be greater than or equal to 0');
  if (start_index === 0) return Array.from({ length: count }, () => copyOf(value));
  const filled = new PhpArray<T>();
  for (let i = 0; i < count; i++) filled.set(start_index + i, copyOf(value));
  return filled;
}

/** The same value under each of the keys. */
export function array_fill_keys<T>(keys: AnyArray, value: T): PhpArray<T> {
  return PhpArray.fromEntries(
    items(arrayOf(keys, 'array_fill_keys', 1, 'keys')).map((key): [Key, T] => [
      toKey(keyText(key)),
      copyOf(value),
    ]),
  );
}

/** Values as keys and keys as values. */
export function array_flip(array: AnyArray): PhpArray<Key> {
  return PhpArray.fromEntries(
    pairs(arrayOf(array, 'array_flip')).map(([key, value]): [Key, Key] => [toKey(value), key]),
  );
}

/** How often each value comes. */
export function array_count_values(array: AnyArray): PhpArray<number> {
  const counts = new PhpArray<number>();
  for (const value of items(arrayOf(array, 'array_count_values')))
    counts.set(value, (counts.get(value) ?? 0) + 1);
  return PhpArray.fromEntries(counts.entries());
}

/** Pads to a length, at the end, or at the beginning when the length is negative. */
export function array_pad<T>(array: AnyArray<T>, length: number, value: T): AnyArray<T> {
  const list = pairs(arrayOf(array, 'array_pad'));
  const missing = Math.abs(length) - list.length;
  if (missing <= 0) return build(array, list);
  const fillers = Array.from({ length: missing }, (): [Key, T] => [0, copyOf(value)]);
  const all = length > 0 ? [...list, ...fillers] : [...fillers, ...list];
  return build(array, renumber(all));
}

/** One column of rows (arrays or objects); with `index_key` under the keys of another column. */
export function array_column<T = unknown>(array: AnyArray, column_key: unknown): T[];
export function array_column<T = unknown>(
  array: AnyArray,
  column_key: unknown,
  index_key: unknown,
): T[] | PhpArray<T>;
export function array_column(array: AnyArray, column_key: unknown, index_key: unknown = null): unknown {
  const list: unknown[] = [];
  const indexed = new PhpArray<unknown>();
  for (const row of items(arrayOf(array, 'array_column'))) {
    const value = column_key === null ? { found: true, value: row } : cell(row, column_key);
    if (!value.found) continue;
    list.push(value.value);
    const key = index_key === null ? null : cell(row, index_key);
    if (key?.found && !isArray(key.value))
      indexed.set(isInt(key.value) ? key.value : toStr(key.value), value.value);
    else indexed.push(value.value);
  }
  return index_key === null ? list : indexed;
}

function cell(row: unknown, key: unknown): { found: boolean; value: unknown } {
  const wanted = toKey(key);
  if (isArray(row)) {
    const found = pairs(row).find(([name]) => name === wanted);
    return { found: found !== undefined, value: found?.[1] };
  }
  const isObject = typeof row === 'object' && row !== null && String(wanted) in row;
  return { found: isObject, value: isObject ? (row as Record<string, unknown>)[String(wanted)] : null };
}

/** Whether the keys are 0, 1, 2… in this order. */
export function array_is_list(array: AnyArray): boolean {
  return isList(arrayOf(array, 'array_is_list'));
}

/** PHP's `array(...$a, ...$b)`: int keys count on, string keys overwrite. */
export function array_merge<T>(...arrays: (readonly T[])[]): T[];
export function array_merge<A extends object>(...arrays: A[]): A;
export function array_merge(...arrays: AnyArray[]): AnyArray;
export function array_merge(...arrays: AnyArray[]): AnyArray {
  arrays.forEach((array, i) => {
    if (!isArray(array))
      throw new PhpTypeError(
        `array_merge(): Argument #${i + 1} must be of type array, ${typeName(array)} given`,
      );
  });
  return mergedKind(arrays, merge(arrays));
}

function merge(arrays: readonly AnyArray[]): [Key, unknown][] {
  const all = new PhpArray<unknown>();
  for (const array of arrays)
    for (const [key, value] of pairs(array)) {
      if (typeof key === 'number') all.push(value);
      else all.set(key, value);
    }
  return all.entries();
}

/** The kind that all have; a list for lists, else a PhpArray. */
function mergedKind(arrays: readonly AnyArray[], list: [Key, unknown][]): AnyArray {
  const model = arrays[0] ?? [];
  const others = arrays.filter((array) => !(Array.isArray(array) && array.length === 0));
  const first = others[0] ?? model;
  const sameKind = others.every((array) => kindOf(array) === kindOf(first));
  return build(sameKind ? first : new PhpArray(), list);
}

const kindOf = (array: AnyArray): string =>
  Array.isArray(array)
    ? 'list'
    : array instanceof PhpArray
      ? 'PhpArray'
      : array instanceof Map
        ? 'Map'
        : 'record';

/** As `array_merge`, but values under the same string key are merged into arrays. */
export function array_merge_recursive(...arrays: AnyArray[]): AnyArray {
  const all = new PhpArray<unknown>();
  for (const array of arrays)
    for (const [key, value] of pairs(array)) {
      if (typeof key === 'number') all.push(value);
      else if (all.has(key)) all.set(key, array_merge_recursive(asArray(all.get(key)), asArray(value)));
      else all.set(key, value);
    }
  return mergedKind(arrays, all.entries());
}

const asArray = (value: unknown): AnyArray => (isArray(value) ? value : [value]);

/** The first array with the values of the others under the same keys. */
export function array_replace(array: AnyArray, ...replacements: AnyArray[]): AnyArray {
  const all = new Map(pairs(arrayOf(array, 'array_replace')));
  for (const other of replacements) for (const [key, value] of pairs(other)) all.set(key, value);
  return build(array, [...all]);
}

/** As `array_replace`, going into arrays that both have. */
export function array_replace_recursive(array: AnyArray, ...replacements: AnyArray[]): AnyArray {
  const all = new Map(pairs(arrayOf(array, 'array_replace_recursive')));
  for (const other of replacements)
    for (const [key, value] of pairs(other)) {
      const own = all.get(key);
      all.set(key, isArray(own) && isArray(value) ? array_replace_recursive(own, value) : value);
    }
  return build(array, [...all]);
}
