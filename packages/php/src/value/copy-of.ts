import { isArray } from './kinds.js';
import { PhpArray } from './php-array.js';

/**
 * A value as assignment copies it in PHP: an array of whatever kind is copied with the arrays in it, anything else is the same.
 * @param value an array, a plain object, a Map, a PhpArray, or any other value
 */
export function copyOf<T>(value: T): T;
export function copyOf(value: unknown): unknown {
  if (!isArray(value)) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  if (value instanceof PhpArray) return value.copy();
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, copyOf(item)]));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)]));
}
