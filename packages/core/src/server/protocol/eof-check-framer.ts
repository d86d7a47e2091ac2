import { ByteQueue } from './byte-queue.js';
import type { Framer } from './framer.js';

/**
 * `open_eof_check`: what has come is a packet once it ends with the mark. The mark is not looked for inside, so packets that come
 * together stay together.
 */
export class EofCheckFramer implements Framer {
  broken = false;
  private readonly queue = new ByteQueue();

  constructor(
    private readonly mark: Buffer,
    private readonly maxLength: number,
  ) {}

  get waiting(): number {
    return this.queue.length;
  }

  push(chunk: Buffer): void {
    if (!this.broken) this.queue.append(chunk);
  }

  next(): Buffer | null {
    const { queue, mark } = this;
    const { length } = queue;
    if (length === 0 || this.broken) return null;
    const whole =
      length >= mark.length &&
      queue
        .peek()
        .subarray(length - mark.length)
        .equals(mark);
    if (length > this.maxLength || (length === this.maxLength && !whole)) {
      this.broken = true;
      return null;
    }
    if (whole) return queue.take(length);
    queue.settle();
    return null;
  }
}
