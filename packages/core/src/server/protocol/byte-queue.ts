const EMPTY = Buffer.alloc(0);
const LEAST = 256;
/** A view of a few bytes keeps all the memory behind it: what is left of a larger piece is copied out of it. */
const KEPT_SHARE = 4;

/**
 * Bytes that wait for the rest of their packet. What is taken out are views that stay valid: memory is never written twice. A packet that comes
 * whole in one piece is not copied, one that comes in many pieces is copied a bounded number of times.
 */
export class ByteQueue {
  private bytes: Buffer = EMPTY;
  private start = 0;
  private end = 0;
  /** True when `bytes` was made here, so that its free end may be written. */
  private own = false;

  get length(): number {
    return this.end - this.start;
  }

  append(chunk: Buffer): void {
    if (this.start === this.end) {
      this.bytes = chunk;
      this.start = 0;
      this.end = chunk.length;
      this.own = false;
      return;
    }
    const needed = this.length + chunk.length;
    if (!this.own || this.end + chunk.length > this.bytes.length) this.move(Math.max(needed * 2, LEAST));
    chunk.copy(this.bytes, this.end);
    this.end += chunk.length;
  }

  /** All that waits, as a view. */
  peek(): Buffer {
    return this.bytes.subarray(this.start, this.end);
  }

  /** Where `mark` begins, searched from `from` on; -1 when it is not there. */
  indexOf(mark: Buffer, from: number): number {
    return this.peek().indexOf(mark, from);
  }

  /** Takes the first `count` bytes out. */
  take(count: number): Buffer {
    const taken = this.bytes.subarray(this.start, this.start + count);
    this.start += count;
    return taken;
  }

  /** Lets go of memory that is mostly behind what waits: to be called when nothing more can be taken for now. */
  settle(): void {
    if (this.start === this.end) {
      this.bytes = EMPTY;
      this.start = this.end = 0;
    } else {
      const held = this.bytes.buffer.byteLength;
      if (held > LEAST && this.length * KEPT_SHARE < held) this.move(Math.max(this.length * 2, LEAST));
    }
  }

  private move(capacity: number): void {
    const bigger = Buffer.allocUnsafeSlow(capacity);
    const { length } = this;
    this.bytes.copy(bigger, 0, this.start, this.end);
    this.bytes = bigger;
    this.start = 0;
    this.end = length;
    this.own = true;
  }
}
