import { copyOf } from './copy-of.js';
import { type Key, toKey } from './key.js';

/**
 * PHP's array: an ordered map whose keys are ints and strings. `"5"` and `5` are one key. A `for … of` loop goes over the values
 * as they were when it began, as `foreach` does. Assigning it makes no copy: `copy()` does.
 */
export class PhpArray<T = unknown> {
  readonly #map = new Map<Key, T>();
  #next = 0;

  /** An array of these values with the keys 0, 1, 2… */
  static of<T>(...values: T[]): PhpArray<T> {
    return PhpArray.fromEntries(values.entries());
  }

  /** An array of pairs; a key that comes twice keeps its first place and gets the last value. */
  static fromEntries<T>(pairs: Iterable<readonly [unknown, T]>): PhpArray<T> {
    const array = new PhpArray<T>();
    for (const [key, value] of pairs) array.set(key, value);
    // An array that is written with negative keys goes on behind them, one that gets them later at 0.
    const ints = array.keys().filter((key) => typeof key === 'number');
    if (ints.length > 0 && array.#next === 0) array.#next = Math.max(...ints) + 1;
    return array;
  }

  /** How many elements there are. */
  get length(): number {
    return this.#map.size;
  }

  /** The value, null when the key is missing. */
  get(key: unknown): T | null {
    return this.#map.get(toKey(key)) ?? null;
  }

  /** Sets an element: one that is new comes last. */
  set(key: unknown, value: T): this {
    const normal = toKey(key);
    this.#map.set(normal, value);
    if (typeof normal === 'number' && normal >= this.#next) this.#next = normal + 1;
    return this;
  }

  /** Appends under the next free int key (`$a[] = …`) and returns the number of elements. */
  push(...values: T[]): number {
    for (const value of values) this.#map.set(this.#next++, value);
    return this.#map.size;
  }

  /** Whether the key is there, whatever its value. */
  has(key: unknown): boolean {
    return this.#map.has(toKey(key));
  }

  /** Whether the key is there and its value is not null. */
  isset(key: unknown): boolean {
    return (this.#map.get(toKey(key)) ?? null) !== null;
  }

  /** Removes an element (`unset`) and tells whether it was there. The next free key stays. */
  delete(key: unknown): boolean {
    return this.#map.delete(toKey(key));
  }

  keys(): Key[] {
    return [...this.#map.keys()];
  }

  values(): T[] {
    return [...this.#map.values()];
  }

  /** The elements as they are now. */
  entries(): [Key, T][] {
    return [...this.#map];
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.values()[Symbol.iterator]();
  }

  /** Replaces all elements; the next free key follows from them. */
  assign(pairs: Iterable<readonly [unknown, T]>): this {
    const fresh = [...pairs];
    this.#map.clear();
    this.#next = 0;
    for (const [key, value] of fresh) this.set(key, value);
    return this;
  }

  /** A copy as assignment makes it in PHP: arrays inside are copied too, objects are shared. */
  copy(): PhpArray<T> {
    const twin = new PhpArray<T>();
    for (const [key, value] of this.#map) twin.#map.set(key, copyOf(value));
    twin.#next = this.#next;
    return twin;
  }

  /** @internal The key that `push` takes next. */
  get next(): number {
    return this.#next;
  }

  /** A list as an array, else an object: what `JSON.stringify` and `console.log` show. */
  toJSON(): unknown {
    const keys = this.keys();
    return keys.every((key, i) => key === i) ? this.values() : Object.fromEntries(this.#map);
  }
}
