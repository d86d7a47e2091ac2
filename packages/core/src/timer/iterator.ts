/** The ids of the timers there were when it was made: count them, or go through them. @see Swoole\Timer\Iterator */
export class TimerIterator {
  static readonly phpName: string = 'Swoole\\Timer\\Iterator';
  readonly #ids: readonly number[];
  #position = 0;

  constructor(ids: readonly number[]) {
    this.#ids = ids;
  }

  count(): number {
    return this.#ids.length;
  }

  [Symbol.iterator](): IterableIterator<number> {
    return this.#ids.values();
  }

  /** The id at the position, null past the end. */
  current(): number | null {
    return this.#ids[this.#position] ?? null;
  }

  /** The position, null past the end. */
  key(): number | null {
    return this.valid() ? this.#position : null;
  }

  next(): void {
    this.#position++;
  }

  rewind(): void {
    this.#position = 0;
  }

  valid(): boolean {
    return this.#position < this.#ids.length;
  }

  offsetExists(key: number): boolean {
    return this.#ids[key] !== undefined;
  }

  offsetGet(key: number): number | null {
    return this.#ids[key] ?? null;
  }

  getArrayCopy(): number[] {
    return [...this.#ids];
  }
}
