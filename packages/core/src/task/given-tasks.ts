import { Fifo } from '../coroutine/fifo.js';
import type { Letter } from '../worker/mailbox.js';

/** A task on its way. */
export interface GivenTask {
  readonly id: number;
  readonly worker: number;
  /** Whether any task worker may do it. */
  readonly anywhere: boolean;
  readonly letter: Letter;
}

/**
 * The tasks that one thread has been given and, as far as is known, not begun. They come to it in order, and it counts in shared
 * memory how many it has begun: so what it leaves undone when it ends is known for certain.
 */
export class GivenTasks {
  readonly counter = new Int32Array(new SharedArrayBuffer(4));
  private readonly tasks = new Fifo<GivenTask>();
  private forgotten = 0;

  add(task: GivenTask): void {
    this.tasks.push(task);
    this.forget();
  }

  /** Those that it has not begun. */
  left(): GivenTask[] {
    this.forget();
    const left: GivenTask[] = [];
    for (let task = this.tasks.shift(); task !== undefined; task = this.tasks.shift()) left.push(task);
    return left;
  }

  private forget(): void {
    const begun = Atomics.load(this.counter, 0);
    for (; this.forgotten !== begun; this.forgotten = (this.forgotten + 1) | 0) this.tasks.shift();
  }
}
