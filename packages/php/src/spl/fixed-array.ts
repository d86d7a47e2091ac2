import { RuntimeException, ValueError } from '../errors/exceptions.js';
import { toInt } from '../value/convert.js';
import { type AnyArray, items } from '../value/kinds.js';

/** PHP's array of a fixed size, with the keys 0, 1, 2… */
export class SplFixedArray<T = unknown> {
  static readonly phpName: string = 'SplFixedArray';
  #items: (T | null)[];

  constructor(size = 0) {
    if (size < 0)
      throw new ValueError(
        'SplFixedArray::__construct(): Argument #1 ($size) must be greater than or equal to 0',
      );
    this.#items = Array.from({ length: size }, () => null);
  }

  static fromArray<T>(array: AnyArray<T>, _preserveKeys = true): SplFixedArray<T> {
    const fixed = new SplFixedArray<T>();
    fixed.#items = items(array);
    return fixed;
  }

  toArray(): (T | null)[] {
    return [...this.#items];
  }

  getSize(): number {
    return this.#items.length;
  }

  setSize(size: number): true {
    this.#items = Array.from({ length: size }, (_, i) => this.#items[i] ?? null);
    return true;
  }

  count(): number {
    return this.#items.length;
  }

  #at(index: unknown): number {
    const place = toInt(index);
    if (index === null || place < 0 || place >= this.#items.length)
      throw new RuntimeException('Index invalid or out of range');
    return place;
  }

  offsetExists(index: unknown): boolean {
    return (this.#items[toInt(index)] ?? null) !== null;
  }

  offsetGet(index: unknown): T | null {
    return this.#items[this.#at(index)] ?? null;
  }

  offsetSet(index: unknown, value: T): void {
    this.#items[this.#at(index)] = value;
  }

  offsetUnset(index: unknown): void {
    this.#items[this.#at(index)] = null;
  }

  [Symbol.iterator](): Iterator<T | null> {
    return this.toArray()[Symbol.iterator]();
  }
}
