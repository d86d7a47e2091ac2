import { PhpError } from '../errors/exceptions.js';
import { className, hasMethod, toBytes, toInt } from './convert.js';
import { type Key, toKey } from './key.js';
import { define, isArray, pairs } from './kinds.js';
import type { Mixed } from './mixed.js';
import { PhpArray } from './php-array.js';
import { like } from './text.js';

/** `$container[$key]` where nothing is known of the container: an array of any kind, a string, an ArrayAccess object. Missing is null. */
export function at<T = Mixed>(container: unknown, ...path: unknown[]): T;
export function at(container: unknown, ...path: unknown[]): unknown {
  let value = container;
  for (const key of path) value = item(value, key);
  return value ?? null;
}

function item(container: unknown, key: unknown): unknown {
  if (Array.isArray(container)) return container[toKey(key) as number];
  if (container instanceof PhpArray) return container.get(key);
  if (typeof container === 'string' || container instanceof Uint8Array) {
    const all = toBytes(container);
    const index = toInt(key);
    const place = index < 0 ? all.length + index : index;
    return place >= 0 && place < all.length ? like(container, all.subarray(place, place + 1)) : null;
  }
  if (typeof container !== 'object' || container === null) return null;
  if (hasMethod(container, 'offsetGet')) return container.offsetGet(key);
  if (container instanceof Map) return container.get(toKey(key));
  if (!isArray(container)) throw new PhpError(`Cannot use object of type ${className(container)} as array`);
  return Object.hasOwn(container, String(toKey(key)))
    ? (container as Record<string, unknown>)[String(toKey(key))]
    : null;
}

/** `$container[$key] = $value` for a container of any kind; gives the value. */
export function put<T>(container: object, key: unknown, value: T): T {
  if (Array.isArray(container)) putInList(container, toKey(key), value);
  else if (container instanceof PhpArray) container.set(key, value);
  else if (hasMethod(container, 'offsetSet')) container.offsetSet(key, value);
  else if (container instanceof Map) container.set(toKey(key), value);
  else if (isArray(container)) define(container, String(toKey(key)), value);
  else throw new PhpError(`Cannot use object of type ${className(container)} as array`);
  return value;
}

function putInList(list: unknown[], key: Key, value: unknown): void {
  if (typeof key !== 'number' || key < 0 || key > list.length)
    throw new TypeError(`A JavaScript array cannot have the key ${JSON.stringify(key)} here: use a PhpArray`);
  list[key] = value;
}

/** `$container[] = $value` for a container of any kind; gives the value. */
export function append<T>(container: object, value: T): T {
  if (Array.isArray(container) || container instanceof PhpArray) container.push(value);
  else if (hasMethod(container, 'offsetSet')) container.offsetSet(null, value);
  else put(container, nextKey(container), value);
  return value;
}

function nextKey(container: object): number {
  const keys = isArray(container) ? pairs(container).map(([key]) => key) : [];
  return keys.reduce<number>((next, key) => (typeof key === 'number' && key >= next ? key + 1 : next), 0);
}

/** `isset($container[$a][$b])`: whether all are there and the last is not null. */
export function isset(container: unknown, ...path: unknown[]): boolean {
  let value = container;
  for (const key of path) {
    if (value === null || value === undefined) return false;
    if (hasMethod(value, 'offsetExists') && !value.offsetExists(key)) return false;
    value =
      typeof value === 'object' &&
      !isArray(value) &&
      !hasMethod(value, 'offsetGet') &&
      !(value instanceof Uint8Array)
        ? null
        : item(value, key);
  }
  return value !== null && value !== undefined;
}

/** `unset($container[$key])` for a container of any kind. */
export function unset(container: unknown, key: unknown): void {
  if (typeof container !== 'object' || container === null) return;
  if (Array.isArray(container)) {
    const place = toKey(key);
    if (place === container.length - 1) container.pop();
    else if (typeof place === 'number' && place >= 0 && place < container.length)
      throw new TypeError('unset() in the middle of a JavaScript array would move the rest: use a PhpArray');
  } else if (container instanceof PhpArray) container.delete(key);
  else if (hasMethod(container, 'offsetUnset')) container.offsetUnset(key);
  else if (container instanceof Map) container.delete(toKey(key));
  else Reflect.deleteProperty(container, String(toKey(key)));
}
