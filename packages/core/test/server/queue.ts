/** What has happened, to be awaited one by one. */
export class Queue<T> {
  /** Everything that was put, taken or not. */
  readonly all: T[] = [];
  private taken = 0;
  private readonly waiting: Array<() => void> = [];

  readonly put = (item: T): void => {
    this.all.push(item);
    for (const wake of this.waiting.splice(0)) wake();
  };

  /** The next item; waits for it. */
  async next(): Promise<T> {
    await this.count(this.taken + 1);
    return this.all[this.taken++] as T;
  }

  /** Waits until that many items were put, and gives them all. */
  async count(number: number): Promise<T[]> {
    while (this.all.length < number) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.all;
  }
}
