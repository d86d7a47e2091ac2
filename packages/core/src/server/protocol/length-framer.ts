import { ByteQueue } from './byte-queue.js';
import type { Framer } from './framer.js';

/**
 * The length of the packet that begins with these bytes, in bytes and in all; 0 when more are needed to tell, negative when no packet begins so.
 */
export type PacketLength = (bytes: Buffer) => number;

/** `open_length_check` and other protocols whose packets tell their length. */
export class LengthFramer implements Framer {
  broken = false;
  private readonly queue = new ByteQueue();
  /** The length of the packet that has begun, 0 while it is not known. */
  private length = 0;

  /**
   * @param least the bytes without which there is no use in asking
   * @param most the bytes after which the length must be known
   */
  constructor(
    private readonly lengthOf: PacketLength,
    private readonly least: number,
    private readonly most: number,
    private readonly maxLength: number,
  ) {}

  get waiting(): number {
    return this.queue.length;
  }

  push(chunk: Buffer): void {
    if (!this.broken) this.queue.append(chunk);
  }

  next(): Buffer | null {
    const { queue } = this;
    if (this.length === 0 && !this.broken && queue.length >= this.least) this.ask();
    if (this.length === 0 || queue.length < this.length) {
      queue.settle();
      return null;
    }
    const { length } = this;
    this.length = 0;
    return queue.take(length);
  }

  private ask(): void {
    const length = Math.trunc(this.lengthOf(this.queue.peek()));
    if (length > 0 && length <= this.maxLength) this.length = length;
    else this.broken = length !== 0 || this.queue.length >= this.most;
  }
}
