import { copyOf } from '../value/copy-of.js';
import { entries } from '../value/foreach.js';
import { isArray, pairs } from '../value/kinds.js';
import { PhpArray } from '../value/php-array.js';

/** `[...$a, ...$b]` of arrays of any kind and of other iterables: int keys are numbered anew, string keys stay. */
export function spread<T = unknown>(...parts: unknown[]): PhpArray<T> {
  const all = new PhpArray<unknown>();
  for (const part of parts)
    for (const [key, value] of entries(part)) {
      if (typeof key === 'string') all.set(key, value);
      else all.push(value);
    }
  return all as PhpArray<T>;
}

/** A copy of an array of any kind as a PhpArray, which may have any key; what is no array stays what it is. */
export function toPhpArray<T>(value: T): T;
export function toPhpArray(value: unknown): unknown {
  if (!isArray(value)) return value;
  if (value instanceof PhpArray) return value.copy();
  return PhpArray.fromEntries(pairs(value).map(([key, item]) => [key, copyOf(item)] as const));
}

/**
 * A value as another thread can have it: every PhpArray in it becomes a list, an object when its keys are all text, or else a Map.
 * Objects of classes stay what they are.
 */
export function cloneable<T>(value: T): T;
export function cloneable(value: unknown): unknown {
  if (!isArray(value)) return value;
  const all = pairs(value).map(([key, item]) => [key, cloneable(item)] as const);
  if (Array.isArray(value)) return all.map(([, item]) => item);
  if (value instanceof Map) return new Map(all);
  if (!(value instanceof PhpArray)) return Object.fromEntries(all);
  if (all.every(([key], i) => key === i)) return all.map(([, item]) => item);
  return all.every(([key]) => typeof key === 'string') ? Object.fromEntries(all) : new Map(all);
}

/** A list with holes as PHP's array, which has no such keys; what has none, and what is no list, stays what it is. */
export function withoutHoles<T>(value: T): T | PhpArray {
  if (!Array.isArray(value)) return value;
  const keys = Object.keys(value);
  if (keys.length === value.length) return value;
  return PhpArray.fromEntries(keys.map((key) => [key, value[Number(key)]] as const));
}
