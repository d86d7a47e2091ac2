import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Bytes } from '../engine.js';
import type { Inflating } from '../ws.js';

/** What each message ends with, and what is left out on the wire (RFC 7692, section 7.2.1). */
const TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);

/** permessage-deflate without context takeover. */
export class Deflate implements Inflating {
  private pieces: Buffer[] = [];
  private inflated = false;

  constructor(
    private readonly windowBits: number,
    /** The most bytes that a message may inflate to. */
    private readonly maxPayload: number,
  ) {}

  /** A whole message as it goes over the wire. */
  compress(data: Bytes): Buffer {
    const deflated = deflateRawSync(data, {
      windowBits: this.windowBits,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    return deflated.subarray(0, deflated.length - TAIL.length);
  }

  /** Whether the message that has just come was compressed. */
  took(): boolean {
    const { inflated } = this;
    this.inflated = false;
    return inflated;
  }

  /** @see Inflating */
  decompress(data: Buffer, fin: boolean, done: (error: Error | null, data?: Buffer) => void): void {
    this.inflated = true;
    this.pieces.push(data);
    if (!fin) {
      process.nextTick(done, null, Buffer.alloc(0));
      return;
    }
    this.pieces.push(TAIL);
    const whole = Buffer.concat(this.pieces);
    this.pieces = [];
    try {
      const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: this.maxPayload };
      // Not within this call: the parser counts on it.
      process.nextTick(done, null, inflateRawSync(whole, options));
    } catch (error) {
      process.nextTick(done, error as Error);
    }
  }
}
