import { resolve } from '../functions/callable.js';
import { toInt, toStr } from '../value/convert.js';
import type { Key } from '../value/key.js';
import { type AnyArray, build, pairs } from '../value/kinds.js';
import { arrayOf, gappy } from './argument.js';

type Pair = [Key, unknown];
type Same = (a: Pair, b: Pair) => boolean;

/** Keeps the pairs of the first array that are in none (`wanted` false) or in all (`wanted` true) of the others. */
function select(who: string, arrays: readonly unknown[], wanted: boolean, same: Same): AnyArray {
  const [first, ...others] = arrays.map((array, i) => arrayOf(array, who, i + 1, 'array'));
  const lists = others.map((other) => pairs(other));
  const kept = pairs(first ?? []).filter((pair) =>
    wanted
      ? lists.every((list) => list.some((other) => same(pair, other)))
      : !lists.some((list) => list.some((other) => same(pair, other))),
  );
  return build(gappy(first ?? []), kept);
}

/** The same by names in a set: what comparing as strings allows. */
function selectByName(
  who: string,
  arrays: readonly unknown[],
  wanted: boolean,
  name: (pair: Pair) => string,
): AnyArray {
  const [first, ...others] = arrays.map((array, i) => arrayOf(array, who, i + 1, 'array'));
  const sets = others.map((other) => new Set(pairs(other).map(name)));
  const kept = pairs(first ?? []).filter((pair) => {
    const own = name(pair);
    return wanted ? sets.every((set) => set.has(own)) : !sets.some((set) => set.has(own));
  });
  return build(gappy(first ?? []), kept);
}

const byValue = ([, value]: Pair): string => toStr(value);
const byKey = ([key]: Pair): string => String(key);
const byBoth = ([key, value]: Pair): string => `${String(key).length}:${key}${toStr(value)}`;

/** What is in the first array and in none of the others, by value as a string, with its keys. */
export function array_diff(array: AnyArray, ...arrays: AnyArray[]): AnyArray {
  return selectByName('array_diff', [array, ...arrays], false, byValue);
}

export function array_diff_key(array: AnyArray, ...arrays: AnyArray[]): AnyArray {
  return selectByName('array_diff_key', [array, ...arrays], false, byKey);
}

export function array_diff_assoc(array: AnyArray, ...arrays: AnyArray[]): AnyArray {
  return selectByName('array_diff_assoc', [array, ...arrays], false, byBoth);
}

/** What is in all of the arrays, by value as a string, with the keys of the first. */
export function array_intersect(array: AnyArray, ...arrays: AnyArray[]): AnyArray {
  return selectByName('array_intersect', [array, ...arrays], true, byValue);
}

export function array_intersect_key(array: AnyArray, ...arrays: AnyArray[]): AnyArray {
  return selectByName('array_intersect_key', [array, ...arrays], true, byKey);
}

export function array_intersect_assoc(array: AnyArray, ...arrays: AnyArray[]): AnyArray {
  return selectByName('array_intersect_assoc', [array, ...arrays], true, byBoth);
}

/** Takes the callback off the end: the arrays come first, as many as there are. */
function withCallback(
  who: string,
  args: readonly unknown[],
): { arrays: readonly unknown[]; order: (a: unknown, b: unknown) => number } {
  const call = resolve(args.at(-1), who, args.length);
  return { arrays: args.slice(0, -1), order: (a, b) => toInt(call(a, b)) };
}

/** `array_diff` by a callback that compares values: the last argument. */
export function array_udiff(...args: unknown[]): AnyArray {
  const { arrays, order } = withCallback('array_udiff', args);
  return select('array_udiff', arrays, false, (a, b) => order(a[1], b[1]) === 0);
}

export function array_uintersect(...args: unknown[]): AnyArray {
  const { arrays, order } = withCallback('array_uintersect', args);
  return select('array_uintersect', arrays, true, (a, b) => order(a[1], b[1]) === 0);
}

/** `array_diff_key` by a callback that compares keys: the last argument. */
export function array_diff_ukey(...args: unknown[]): AnyArray {
  const { arrays, order } = withCallback('array_diff_ukey', args);
  return select('array_diff_ukey', arrays, false, (a, b) => order(a[0], b[0]) === 0);
}

export function array_intersect_ukey(...args: unknown[]): AnyArray {
  const { arrays, order } = withCallback('array_intersect_ukey', args);
  return select('array_intersect_ukey', arrays, true, (a, b) => order(a[0], b[0]) === 0);
}

export function array_diff_uassoc(...args: unknown[]): AnyArray {
  const { arrays, order } = withCallback('array_diff_uassoc', args);
  return select(
    'array_diff_uassoc',
    arrays,
    false,
    (a, b) => toStr(a[1]) === toStr(b[1]) && order(a[0], b[0]) === 0,
  );
}

export function array_intersect_uassoc(...args: unknown[]): AnyArray {
  const { arrays, order } = withCallback('array_intersect_uassoc', args);
  return select(
    'array_intersect_uassoc',
    arrays,
    true,
    (a, b) => toStr(a[1]) === toStr(b[1]) && order(a[0], b[0]) === 0,
  );
}

export function array_udiff_assoc(...args: unknown[]): AnyArray {
  const { arrays, order } = withCallback('array_udiff_assoc', args);
  return select('array_udiff_assoc', arrays, false, (a, b) => a[0] === b[0] && order(a[1], b[1]) === 0);
}

export function array_uintersect_assoc(...args: unknown[]): AnyArray {
  const { arrays, order } = withCallback('array_uintersect_assoc', args);
  return select('array_uintersect_assoc', arrays, true, (a, b) => a[0] === b[0] && order(a[1], b[1]) === 0);
}
