import { ValueError } from '../errors/exceptions.js';
import { resolve } from '../functions/callable.js';
import { toBool, toInt } from '../value/convert.js';
import type { Key } from '../value/key.js';
import { type AnyArray, pairs, replace } from '../value/kinds.js';
import { arrayOf } from './argument.js';
import { comparator } from './order.js';
import { rewind } from './places.js';
import { SORT_ASC, SORT_DESC, SORT_FLAG_CASE, SORT_NATURAL, SORT_REGULAR } from './sort-flags.js';

type Pair = [Key, unknown];
type Order = (a: unknown, b: unknown) => number;

/** Sorts in place and stably. Equal elements keep their order, as in PHP since 8.0. */
function sortPairs(array: object, who: string, order: (a: Pair, b: Pair) => number, keepKeys: boolean): true {
  const list = pairs(arrayOf(array, who)).sort(order);
  rewind(array);
  replace(array, keepKeys ? list : list.map(([, value], i): Pair => [i, value]), who);
  return true;
}

/** Sorts the values in place; the keys become 0, 1, 2… @param flags how to compare, `SORT_*` */
export function sort(array: object, flags = SORT_REGULAR): true {
  const order = comparator(flags);
  return sortPairs(array, 'sort', (a, b) => order(a[1], b[1]), false);
}

/** `sort` from the greatest to the least. */
export function rsort(array: object, flags = SORT_REGULAR): true {
  const order = comparator(flags);
  return sortPairs(array, 'rsort', (a, b) => order(b[1], a[1]), false);
}

/** Sorts the values in place and keeps their keys. */
export function asort(array: object, flags = SORT_REGULAR): true {
  const order = comparator(flags);
  return sortPairs(array, 'asort', (a, b) => order(a[1], b[1]), true);
}

export function arsort(array: object, flags = SORT_REGULAR): true {
  const order = comparator(flags);
  return sortPairs(array, 'arsort', (a, b) => order(b[1], a[1]), true);
}

/** Sorts by the keys in place. */
export function ksort(array: object, flags = SORT_REGULAR): true {
  const order = comparator(flags);
  return sortPairs(array, 'ksort', (a, b) => order(a[0], b[0]), true);
}

export function krsort(array: object, flags = SORT_REGULAR): true {
  const order = comparator(flags);
  return sortPairs(array, 'krsort', (a, b) => order(b[0], a[0]), true);
}

/** Sorts in place as a person would, and keeps the keys. */
export function natsort(array: object): true {
  const order = comparator(SORT_NATURAL);
  return sortPairs(array, 'natsort', (a, b) => order(a[1], b[1]), true);
}

export function natcasesort(array: object): true {
  const order = comparator(SORT_NATURAL | SORT_FLAG_CASE);
  return sortPairs(array, 'natcasesort', (a, b) => order(a[1], b[1]), true);
}

/** The order of a program's callback; one that gives a boolean is understood as PHP understands it. */
function orderOf(callback: unknown, who: string): Order {
  const call = resolve(callback, who, 2);
  return (a, b) => {
    const found = call(a, b);
    if (found === false) return toBool(call(b, a)) ? -1 : 0;
    return found === true ? 1 : typeof found === 'number' ? found : toInt(found);
  };
}

/** Sorts the values in place by a callback; the keys become 0, 1, 2… */
export function usort<T>(
  array: AnyArray<T>,
  callback: ((a: T, b: T) => unknown) | string | readonly unknown[],
): true {
  const order = orderOf(callback, 'usort');
  return sortPairs(array, 'usort', (a, b) => order(a[1], b[1]), false);
}

/** Sorts the values in place by a callback and keeps their keys. */
export function uasort<T>(
  array: AnyArray<T>,
  callback: ((a: T, b: T) => unknown) | string | readonly unknown[],
): true {
  const order = orderOf(callback, 'uasort');
  return sortPairs(array, 'uasort', (a, b) => order(a[1], b[1]), true);
}

/** Sorts by the keys in place by a callback. */
export function uksort(array: object, callback: unknown): true {
  const order = orderOf(callback, 'uksort');
  return sortPairs(array, 'uksort', (a, b) => order(a[0], b[0]), true);
}

/**
 * Sorts several arrays at once, in place: by the first, where that is equal by the second, and so on.
 * An array may be followed by its order (`SORT_ASC`, `SORT_DESC`) and its kind of comparison.
 */
export function array_multisort(...args: unknown[]): boolean {
  const columns: { array: object; list: Pair[]; order: Order }[] = [];
  let sign = 1;
  let flags = SORT_REGULAR;
  const specs: { array: object; sign: number; flags: number }[] = [];
  for (const arg of args) {
    if (typeof arg === 'number') {
      if (arg === SORT_DESC || arg === SORT_ASC) sign = arg === SORT_DESC ? -1 : 1;
      else flags = arg;
      const last = specs.at(-1);
      if (last !== undefined) Object.assign(last, { sign, flags });
    } else {
      specs.push({ array: arrayOf(arg, 'array_multisort'), sign: 1, flags: SORT_REGULAR });
      sign = 1;
      flags = SORT_REGULAR;
    }
  }
  for (const spec of specs) {
    const order = comparator(spec.flags);
    columns.push({
      array: spec.array,
      list: pairs(spec.array as AnyArray),
      order: (a, b) => order(a, b) * spec.sign,
    });
  }
  const size = columns[0]?.list.length ?? 0;
  if (columns.some(({ list }) => list.length !== size)) throw new ValueError('Array sizes are inconsistent');
  const rows = Array.from({ length: size }, (_, i) => i).sort((a, b) => {
    for (const { list, order } of columns) {
      const found = order(list[a]?.[1], list[b]?.[1]);
      if (found !== 0) return found;
    }
    return 0;
  });
  for (const { array, list } of columns) {
    let next = 0;
    const fresh = rows.map((row): Pair => {
      const [key, value] = list[row] ?? [0, null];
      return [typeof key === 'string' ? key : next++, value];
    });
    replace(array, fresh, 'array_multisort');
  }
  return true;
}
