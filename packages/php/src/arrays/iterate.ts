import { resolve } from '../functions/callable.js';
import { toBool } from '../value/convert.js';
import { entries } from '../value/foreach.js';
import { PhpArray } from '../value/php-array.js';

/** What an iterator gives, as a list or with its keys. */
export function iterator_to_array(iterator: unknown, preserve_keys?: true): PhpArray<unknown>;
export function iterator_to_array(iterator: unknown, preserve_keys: false): unknown[];
export function iterator_to_array(iterator: unknown, preserve_keys = true): unknown {
  const list = [...entries(iterator)];
  return preserve_keys ? PhpArray.fromEntries(list) : list.map(([, value]) => value);
}

export function iterator_count(iterator: unknown): number {
  return [...entries(iterator)].length;
}

/** Calls back as often as the iterator has elements, until the callback gives false. */
export function iterator_apply(iterator: unknown, callback: unknown, args: readonly unknown[] = []): number {
  const call = resolve(callback, 'iterator_apply', 2);
  let times = 0;
  for (const _ of entries(iterator)) {
    times++;
    if (!toBool(call(...args))) break;
  }
  return times;
}
