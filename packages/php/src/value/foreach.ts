import { hasMethod } from './convert.js';
import type { Key } from './key.js';
import { type AnyArray, isArray, pairs } from './kinds.js';
import type { Mixed } from './mixed.js';

/** PHP's `Iterator`. */
export interface Iterator<T = unknown, K = unknown> {
  current(): T;
  key(): K;
  next(): void;
  rewind(): void;
  valid(): boolean;
}

/** PHP's `IteratorAggregate`. */
export interface IteratorAggregate<T = unknown, K = unknown> {
  getIterator(): Iterator<T, K> | Iterable<T> | AnyArray<T>;
}

/**
 * What `foreach ($value as $key => $item)` goes over: `for (const [key, item] of entries(value))`. Takes arrays of every kind,
 * Iterator and IteratorAggregate objects, generators and other iterables (their keys are 0, 1, 2…), and objects (their properties).
 */
export function entries<T>(value: AnyArray<T>): Iterable<[Key, T]>;
export function entries(value: unknown): Iterable<[Mixed, Mixed]>;
export function entries(value: unknown): Iterable<[unknown, unknown]> {
  if (isArray(value)) return pairs(value);
  if (typeof value !== 'object' || value === null) return [];
  if (hasMethod(value, 'getIterator')) return entries(value.getIterator());
  if (isIterator(value)) return walk(value);
  if (isIterable(value)) return number(value);
  return Object.entries(value);
}

/** The values that `foreach ($value as $item)` goes over. */
export function values<T>(value: AnyArray<T> | Iterable<T>): Iterable<T>;
export function values(value: unknown): Iterable<Mixed>;
export function* values(value: unknown): Iterable<unknown> {
  for (const [, item] of entries(value)) yield item;
}

const isIterator = (value: object): value is Iterator =>
  hasMethod(value, 'valid') &&
  hasMethod(value, 'current') &&
  hasMethod(value, 'rewind') &&
  hasMethod(value, 'key');

const isIterable = (value: object): value is Iterable<unknown> =>
  typeof (value as { [Symbol.iterator]?: unknown })[Symbol.iterator] === 'function';

function* walk(iterator: Iterator): Iterable<[unknown, unknown]> {
  for (iterator.rewind(); iterator.valid(); iterator.next()) yield [iterator.key(), iterator.current()];
}

function* number(iterable: Iterable<unknown>): Iterable<[unknown, unknown]> {
  let i = 0;
  for (const item of iterable) yield [i++, item];
}
