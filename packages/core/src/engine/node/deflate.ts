import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Bytes } from '../engine.js';
import { extension, type Inflating, PerMessageDeflate } from './ws.js';

const NAME = 'permessage-deflate';
/** What each message ends with, and what is left out on the wire (RFC 7692, section 7.2.1). */
const TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);
const MAX_WINDOW_BITS = 15;
/** zlib makes no raw stream of 8 bits: it takes 9. */
const MIN_WINDOW_BITS = 9;

/** An agreement on permessage-deflate without context takeover: each message stands alone, so that a connection keeps no state. */
export class Deflate implements Inflating {
  private pieces: Buffer[] = [];
  private inflated = false;

  private constructor(
    /** The value of Sec-WebSocket-Extensions that tells the client. */
    readonly answer: string,
    private readonly windowBits: number,
    private readonly maxPayload: number,
  ) {}

  /**
   * @param offer what the client sent as Sec-WebSocket-Extensions
   * @param maxPayload the most bytes that a message may inflate to
   * @returns null when nothing of the offer can be agreed to
   */
  static agree(offer: string, maxPayload: number): Deflate | null {
    try {
      const offers = (extension.parse(offer)[NAME] ?? []).filter(inRange);
      if (offers.length === 0) return null;
      const agreement = new PerMessageDeflate({
        isServer: true,
        serverNoContextTakeover: true,
        clientNoContextTakeover: true,
      });
      const parameters = agreement.accept(offers);
      const bits = parameters.server_max_window_bits;
      const windowBits = typeof bits === 'number' ? bits : MAX_WINDOW_BITS;
      const window = typeof bits === 'number' ? `; server_max_window_bits=${bits}` : '';
      return new Deflate(
        `${NAME}; client_no_context_takeover; server_no_context_takeover${window}`,
        windowBits,
        maxPayload,
      );
    } catch {
      // The offer is malformed: the connection goes on without (RFC 7692, section 5.1).
      return null;
    }
  }

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

function inRange(offer: Record<string, unknown>): boolean {
  const bits = offer.server_max_window_bits;
  return !Array.isArray(bits) || Number(bits[0]) >= MIN_WINDOW_BITS;
}
