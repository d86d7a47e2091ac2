import { RuntimeException } from '../errors/exceptions.js';
import { compare } from '../value/compare.js';
import { toInt } from '../value/convert.js';

/** PHP's heap: `extract()` gives the element that `compare()` puts on top. */
export abstract class SplHeap<T = unknown> {
  static readonly phpName: string = 'SplHeap';
  readonly #items: T[] = [];

  /** Positive when the first belongs nearer to the top. */
  protected abstract compare(value1: T, value2: T): number;

  insert(value: T): true {
    const items = this.#items;
    let at = items.push(value) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (toInt(this.compare(items[parent] as T, value)) >= 0) break;
      items[at] = items[parent] as T;
      at = parent;
    }
    items[at] = value;
    return true;
  }

  extract(): T {
    const items = this.#items;
    if (items.length === 0) throw new RuntimeException("Can't extract from an empty heap");
    const top = items[0] as T;
    const last = items.pop() as T;
    if (items.length > 0) this.#sink(last);
    return top;
  }

  #sink(value: T): void {
    const items = this.#items;
    let at = 0;
    for (let child = 1; child < items.length; child = at * 2 + 1) {
      if (child + 1 < items.length && toInt(this.compare(items[child + 1] as T, items[child] as T)) > 0)
        child++;
      if (toInt(this.compare(value, items[child] as T)) >= 0) break;
      items[at] = items[child] as T;
      at = child;
    }
    items[at] = value;
  }

  top(): T {
    if (this.#items.length === 0) throw new RuntimeException("Can't peek at an empty heap");
    return this.#items[0] as T;
  }

  isEmpty(): boolean {
    return this.#items.length === 0;
  }

  count(): number {
    return this.#items.length;
  }

  /** Going over a heap takes its elements out. */
  rewind(): void {}

  valid(): boolean {
    return this.#items.length > 0;
  }

  key(): number {
    return this.#items.length - 1;
  }

  current(): T | null {
    return this.#items[0] ?? null;
  }

  next(): void {
    if (this.valid()) this.extract();
  }

  *[Symbol.iterator](): Iterator<T> {
    for (; this.valid(); this.next()) yield this.current() as T;
  }
}

/** The least on top. */
export class SplMinHeap<T = unknown> extends SplHeap<T> {
  static override readonly phpName: string = 'SplMinHeap';

  protected override compare(value1: T, value2: T): number {
    return compare(value2, value1);
  }
}

/** The greatest on top. */
export class SplMaxHeap<T = unknown> extends SplHeap<T> {
  static override readonly phpName: string = 'SplMaxHeap';

  protected override compare(value1: T, value2: T): number {
    return compare(value1, value2);
  }
}
