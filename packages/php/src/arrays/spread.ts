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
