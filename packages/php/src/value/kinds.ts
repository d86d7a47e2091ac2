import { type Key, toKey } from './key.js';
import { PhpArray } from './php-array.js';

/** What functions take where PHP takes an array: a list, a PhpArray, a Map or a plain object. */
export type AnyArray<T = unknown> =
  | readonly T[]
  | PhpArray<T>
  | ReadonlyMap<Key, T>
  | { readonly [key: string]: T };

/** Whether the value is an array to PHP: a JavaScript array, a PhpArray, a Map, or an object of no class. */
export function isArray(value: unknown): value is AnyArray {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value) || value instanceof PhpArray || value instanceof Map) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Records of swoole-ts have a prototype of their own that leads to no class.
  return (
    prototype === Object.prototype ||
    prototype === null ||
    (value as { constructor?: unknown }).constructor === undefined
  );
}

/** The pairs of an array of any kind, in order, as they are now. */
export function pairs<T>(array: AnyArray<T>): [Key, T][] {
  if (array instanceof PhpArray) return array.entries();
  if (Array.isArray(array)) return Array.from(array as readonly T[], (value, i): [Key, T] => [i, value]);
  if (array instanceof Map)
    return [...(array as ReadonlyMap<Key, T>)].map(([key, value]) => [toKey(key), value]);
  return Object.entries(array as { readonly [key: string]: T }).map(([key, value]) => [toKey(key), value]);
}

/** The values of an array of any kind, in order. */
export function items<T>(array: AnyArray<T>): T[] {
  if (array instanceof PhpArray) return array.values();
  if (Array.isArray(array)) return [...(array as readonly T[])];
  return array instanceof Map ? [...(array as ReadonlyMap<Key, T>).values()] : Object.values(array);
}

/** How many elements an array of any kind has. */
export function size(array: AnyArray): number {
  if (array instanceof PhpArray) return array.length;
  if (Array.isArray(array)) return array.length;
  return array instanceof Map ? array.size : Object.keys(array).length;
}

/** Whether the keys are 0, 1, 2… in this order. */
export function isList(array: AnyArray): boolean {
  return Array.isArray(array) || pairs(array).every(([key], i) => key === i);
}

/** Replaces the elements of an array of any kind in place. */
export function replace(array: object, fresh: readonly (readonly [Key, unknown])[], who: string): void {
  if (array instanceof PhpArray) array.assign(fresh);
  else if (Array.isArray(array)) {
    if (!fresh.every(([key], i) => key === i))
      throw new TypeError(`${who}() keeps or makes keys that a JavaScript array cannot have: use a PhpArray`);
    array.splice(0, array.length, ...fresh.map(([, value]) => value));
  } else if (array instanceof Map) {
    array.clear();
    for (const [key, value] of fresh) array.set(key, value);
  } else {
    if (!keepsOrder(fresh))
      throw new TypeError(`${who}() puts keys in an order that a plain object cannot have: use a PhpArray`);
    for (const key of Object.keys(array)) Reflect.deleteProperty(array, key);
    for (const [key, value] of fresh) define(array, String(key), value);
  }
}

/** Sets an own property whatever it is called: `__proto__` too. */
export function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/**
 * Pairs as an array of the natural kind: a Map when the model is one, an object when the model is one and can have these keys in this
 * order, a list when the model is a list and the keys are 0, 1, 2…, otherwise a PhpArray.
 */
export function build<T>(model: unknown, fresh: readonly (readonly [Key, T])[]): AnyArray<T> {
  if (Array.isArray(model) && fresh.every(([key], i) => key === i)) return fresh.map(([, value]) => value);
  if (model instanceof Map) return new Map(fresh);
  if (Array.isArray(model) || model instanceof PhpArray) return PhpArray.fromEntries(fresh);
  return keepsOrder(fresh) ? record(fresh) : PhpArray.fromEntries(fresh);
}

/** Whether a plain object has its keys in this order: it puts ints first, from the least to the greatest. */
function keepsOrder(fresh: readonly (readonly [Key, unknown])[]): boolean {
  return fresh.every(([key], i) => {
    const before = fresh[i - 1]?.[0];
    return (
      typeof key === 'string' ||
      (key >= 0 && (before === undefined || (typeof before === 'number' && before < key)))
    );
  });
}

/** Pairs as a plain object. */
export function record<T>(fresh: readonly (readonly [Key, T])[]): { [key: string]: T } {
  const object: { [key: string]: T } = {};
  for (const [key, value] of fresh) define(object, String(key), value);
  return object;
}
