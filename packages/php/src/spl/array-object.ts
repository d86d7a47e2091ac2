import { asort, ksort, uasort, uksort } from '../arrays/sort.js';
import { OutOfBoundsException } from '../errors/exceptions.js';
import type { Key } from '../value/key.js';
import { type AnyArray, pairs } from '../value/kinds.js';
import { PhpArray } from '../value/php-array.js';

/** What ArrayObject and ArrayIterator share: an array with the methods of one. */
class ArrayHolder<T = unknown> {
  protected array: PhpArray<T>;

  constructor(array: AnyArray<T> = []) {
    this.array = PhpArray.fromEntries(pairs(array));
    Object.defineProperty(this, 'array', { enumerable: false });
  }

  getArrayCopy(): PhpArray<T> {
    return this.array.copy();
  }

  append(value: T): void {
    this.array.push(value);
  }

  count(): number {
    return this.array.length;
  }

  offsetExists(key: unknown): boolean {
    return this.array.has(key);
  }

  offsetGet(key: unknown): T | null {
    return this.array.get(key);
  }

  offsetSet(key: unknown, value: T): void {
    if (key === null) this.array.push(value);
    else this.array.set(key, value);
  }

  offsetUnset(key: unknown): void {
    this.array.delete(key);
  }

  asort(flags = 0): true {
    return asort(this.array, flags);
  }

  ksort(flags = 0): true {
    return ksort(this.array, flags);
  }

  uasort(callback: (a: T, b: T) => unknown): true {
    return uasort(this.array, callback);
  }

  uksort(callback: (a: Key, b: Key) => unknown): true {
    return uksort(this.array, callback);
  }

  __debugInfo(): object {
    return { storage: this.array };
  }

  jsonSerialize(): unknown {
    return Object.fromEntries(this.array.entries());
  }
}

/** PHP's array as an object. */
export class ArrayObject<T = unknown> extends ArrayHolder<T> {
  static readonly phpName: string = 'ArrayObject';
  static readonly STD_PROP_LIST = 1;
  static readonly ARRAY_AS_PROPS = 2;

  getIterator(): ArrayIterator<T> {
    return new ArrayIterator(this.array);
  }

  exchangeArray(array: AnyArray<T>): PhpArray<T> {
    const before = this.array.copy();
    this.array.assign(pairs(array));
    return before;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.array[Symbol.iterator]();
  }
}

/** PHP's iterator over an array. */
export class ArrayIterator<T = unknown> extends ArrayHolder<T> {
  static readonly phpName: string = 'ArrayIterator';
  #place = 0;

  rewind(): void {
    this.#place = 0;
  }

  valid(): boolean {
    return this.#place < this.array.length;
  }

  current(): T | null {
    return this.array.values()[this.#place] ?? null;
  }

  key(): Key | null {
    return this.array.keys()[this.#place] ?? null;
  }

  next(): void {
    this.#place++;
  }

  seek(offset: number): void {
    if (offset < 0 || offset >= this.array.length)
      throw new OutOfBoundsException(`Seek position ${offset} is out of range`);
    this.#place = offset;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.array[Symbol.iterator]();
  }
}
