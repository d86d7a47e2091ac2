import { ByteQueue } from './byte-queue.js';
import type { Framer } from './framer.js';

/** `open_eof_split`: a packet ends with each mark, wherever it stands. The mark belongs to the packet. */
export class EofSplitFramer implements Framer {
  broken = false;
  private readonly queue = new ByteQueue();
  /** How far the mark has been looked for, so that slow senders cost no more than fast ones. */
  private searched = 0;

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
    const { queue, mark, maxLength } = this;
    if (this.broken) return null;
    const at = queue.indexOf(mark, this.searched);
    if (at < 0) {
      // The mark may have begun in the last bytes.
      this.searched = Math.max(0, queue.length - mark.length + 1);
      this.broken = queue.length >= maxLength;
      queue.settle();
      return null;
    }
    this.searched = 0;
    const length = at + mark.length;
    if (length > maxLength) {
      this.broken = true;
      return null;
    }
    return queue.take(length);
  }
}
