import { OutOfRangeException, RuntimeException } from '../errors/exceptions.js';
import { toInt } from '../value/convert.js';

/** PHP's list that grows and shrinks at both ends. */
export class SplDoublyLinkedList<T = unknown> {
  static readonly phpName: string = 'SplDoublyLinkedList';
  static readonly IT_MODE_LIFO = 2;
  static readonly IT_MODE_FIFO = 0;
  static readonly IT_MODE_DELETE = 1;
  static readonly IT_MODE_KEEP = 0;
  // The elements are those from `first` on; what was shifted out before them is cut off now and then.
  #items: T[] = [];
  #first = 0;
  #mode = 0;
  #place = 0;

  push(value: T): void {
    this.#items.push(value);
  }

  pop(): T {
    if (this.count() === 0) throw new RuntimeException("Can't pop from an empty datastructure");
    return this.#items.pop() as T;
  }

  shift(): T {
    if (this.count() === 0) throw new RuntimeException("Can't shift from an empty datastructure");
    const value = this.#items[this.#first++] as T;
    if (this.#first > 64 && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return value;
  }

  unshift(value: T): void {
    this.#items = [value, ...this.toArray()];
    this.#first = 0;
  }

  top(): T {
    if (this.count() === 0) throw new RuntimeException("Can't peek at an empty datastructure");
    return this.#items.at(-1) as T;
  }

  bottom(): T {
    if (this.count() === 0) throw new RuntimeException("Can't peek at an empty datastructure");
    return this.#items[this.#first] as T;
  }

  isEmpty(): boolean {
    return this.count() === 0;
  }

  count(): number {
    return this.#items.length - this.#first;
  }

  toArray(): T[] {
    return this.#items.slice(this.#first);
  }

  setIteratorMode(mode: number): number {
    this.#mode = mode;
    return mode;
  }

  getIteratorMode(): number {
    return this.#mode;
  }

  #at(index: unknown, who: string): number {
    const place = toInt(index);
    if (place < 0 || place >= this.count())
      throw new OutOfRangeException(`SplDoublyLinkedList::${who}(): Argument #1 ($index) is out of range`);
    return (
      this.#first + ((this.#mode & SplDoublyLinkedList.IT_MODE_LIFO) !== 0 ? this.count() - 1 - place : place)
    );
  }

  offsetExists(index: unknown): boolean {
    return toInt(index) >= 0 && toInt(index) < this.count();
  }

  offsetGet(index: unknown): T {
    return this.#items[this.#at(index, 'offsetGet')] as T;
  }

  offsetSet(index: unknown, value: T): void {
    if (index === null) this.push(value);
    else this.#items[this.#at(index, 'offsetSet')] = value;
  }

  offsetUnset(index: unknown): void {
    this.#items.splice(this.#at(index, 'offsetUnset'), 1);
  }

  rewind(): void {
    this.#place = 0;
  }

  valid(): boolean {
    return this.#place < this.count();
  }

  key(): number {
    return (this.#mode & SplDoublyLinkedList.IT_MODE_LIFO) !== 0
      ? this.count() - 1 - this.#place
      : this.#place;
  }

  current(): T | null {
    return this.valid() ? this.offsetGet(this.#place) : null;
  }

  next(): void {
    if ((this.#mode & SplDoublyLinkedList.IT_MODE_DELETE) === 0) this.#place++;
    else if (this.count() > 0)
      (this.#mode & SplDoublyLinkedList.IT_MODE_LIFO) !== 0 ? this.pop() : this.shift();
  }

  *[Symbol.iterator](): Iterator<T> {
    for (this.rewind(); this.valid(); this.next()) yield this.current() as T;
  }

  __debugInfo(): object {
    return { flags: this.#mode, dllist: this.toArray() };
  }
}

/** PHP's queue: in at the end, out at the beginning. */
export class SplQueue<T = unknown> extends SplDoublyLinkedList<T> {
  static override readonly phpName: string = 'SplQueue';

  enqueue(value: T): void {
    this.push(value);
  }

  dequeue(): T {
    return this.shift();
  }
}

/** PHP's stack: it is gone over from the last to the first. */
export class SplStack<T = unknown> extends SplDoublyLinkedList<T> {
  static override readonly phpName: string = 'SplStack';

  constructor() {
    super();
    this.setIteratorMode(SplDoublyLinkedList.IT_MODE_LIFO);
  }
}
