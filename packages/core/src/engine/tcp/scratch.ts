/** In bytes: as much as Node's own pool pins for a write that has to wait. */
const SIZE = 8192;
const LARGEST = SIZE / 2;

/**
 * Copies of bytes that wait for the end of a turn, in memory that is used again as soon as the system has taken them: nearly every
 * write is taken at once, and a copy in new memory is what a send costs most.
 */
export class Scratch {
  private memory = Buffer.allocUnsafeSlow(SIZE);
  private used = 0;
  /** Copies that are neither given back nor lost. */
  private out = 0;

  copy(bytes: Uint8Array): Buffer {
    const { length } = bytes;
    if (length > LARGEST) return Buffer.from(bytes);
    if (this.used + length > SIZE) this.renew();
    const { memory, used } = this;
    memory.set(bytes, used);
    this.used = used + length;
    this.out++;
    return memory.subarray(used, used + length);
  }

  /** The bytes of a copy for as long as they are needed: what is in the memory is copied out of it, and given back. */
  keep(copy: Buffer): Buffer {
    if (copy.buffer !== this.memory.buffer) return copy;
    const kept = Buffer.from(copy);
    this.giveBack(copy);
    return kept;
  }

  /** Nobody reads the copy any more. */
  giveBack(copy: Buffer): void {
    if (copy.buffer === this.memory.buffer && --this.out === 0) this.used = 0;
  }

  /** The copy goes on to be read: its memory is no more to be written. */
  lose(copy: Buffer): void {
    if (copy.buffer === this.memory.buffer) this.renew();
  }

  private renew(): void {
    this.memory = Buffer.allocUnsafeSlow(SIZE);
    this.used = 0;
    this.out = 0;
  }
}
