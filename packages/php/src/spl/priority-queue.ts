import { RuntimeException } from '../errors/exceptions.js';
import { compare } from '../value/compare.js';
import { SplHeap } from './heap.js';

interface Element<T> {
  data: T;
  priority: unknown;
  order: number;
}

class Elements<T> extends SplHeap<Element<T>> {
  readonly #by: (a: unknown, b: unknown) => number;

  constructor(by: (a: unknown, b: unknown) => number) {
    super();
    this.#by = by;
  }

  protected override compare(a: Element<T>, b: Element<T>): number {
    // Elements of one priority leave in the order in which they came.
    return this.#by(a.priority, b.priority) || b.order - a.order;
  }
}

/** PHP's queue by priority: the highest leaves first. */
export class SplPriorityQueue<T = unknown> {
  static readonly phpName: string = 'SplPriorityQueue';
  static readonly EXTR_DATA = 1;
  static readonly EXTR_PRIORITY = 2;
  static readonly EXTR_BOTH = 3;
  readonly #elements = new Elements<T>((a, b) => this.compare(a, b));
  #flags = SplPriorityQueue.EXTR_DATA;
  #next = 0;

  /** Positive when the first priority is the higher one. */
  compare(priority1: unknown, priority2: unknown): number {
    return compare(priority1, priority2);
  }

  insert(value: T, priority: unknown): true {
    return this.#elements.insert({ data: value, priority, order: this.#next++ });
  }

  /** What `extract()` and `top()` give: `EXTR_DATA`, `EXTR_PRIORITY` or both. */
  setExtractFlags(flags: number): number {
    if (flags === 0) throw new RuntimeException('Must specify at least one extract flag');
    this.#flags = flags;
    return flags;
  }

  getExtractFlags(): number {
    return this.#flags;
  }

  #shown({ data, priority }: Element<T>): T {
    if (this.#flags === SplPriorityQueue.EXTR_DATA) return data;
    return (this.#flags === SplPriorityQueue.EXTR_PRIORITY ? priority : { data, priority }) as T;
  }

  extract(): T {
    return this.#shown(this.#elements.extract());
  }

  top(): T {
    return this.#shown(this.#elements.top());
  }

  isEmpty(): boolean {
    return this.#elements.isEmpty();
  }

  count(): number {
    return this.#elements.count();
  }

  rewind(): void {}

  valid(): boolean {
    return this.#elements.valid();
  }

  key(): number {
    return this.#elements.key();
  }

  current(): T | null {
    const element = this.#elements.current();
    return element === null ? null : this.#shown(element);
  }

  next(): void {
    this.#elements.next();
  }

  *[Symbol.iterator](): Iterator<T> {
    for (; this.valid(); this.next()) yield this.current() as T;
  }
}
