import type { RequestHead } from '../../engine/engine.js';
import { ChunkedDecoder } from './chunked-decoder.js';
import { bodyLength, CHUNKED, CONTRADICTORY } from './framing.js';
import { HeadParser } from './head-parser.js';

/**
 * One request read from bytes in pieces of any size, with no connection behind it.
 * @see Swoole\Http\Request::create
 */
export class RequestParser {
  /** True once the whole request, body included, is there. */
  completed = false;
  /** True once the bytes cannot be a request any more. */
  failed = false;

  #bytes: Buffer = Buffer.alloc(0);
  #length = 0;
  /** Offset of the next byte to read; behind it is what a completed or failed parser left. */
  #at = 0;
  readonly #headParser = new HeadParser();
  #chunks: ChunkedDecoder | null = null;
  #bodyStart = 0;
  /** Bytes of a body with a known length that have not come yet. */
  #missing = 0;

  /** As soon as it is known, before the rest of the head; empty until then. */
  get method(): string {
    return this.#headParser.method;
  }

  /** The head, null until its last byte has come. */
  get head(): RequestHead | null {
    return this.#headParser.head;
  }

  /** Everything that was fed, as it came. */
  get data(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  /** What has come of the body, without the framing of chunks. */
  get body(): Buffer {
    if (this.#chunks) {
      const { ranges } = this.#chunks;
      const pieces: Buffer[] = [];
      for (let i = 0; i < ranges.length; i += 2) pieces.push(this.#bytes.subarray(ranges[i], ranges[i + 1]));
      return Buffer.concat(pieces);
    }
    return this.head ? Buffer.from(this.#bytes.subarray(this.#bodyStart, this.#at)) : Buffer.alloc(0);
  }

  /**
   * Reads on.
   * @returns how many bytes of `data` belong to the request: fewer than given when it ended before them, or where they
   *   are malformed; false when the request was complete already
   * @see Swoole\Http\Request::parse
   */
  feed(data: Uint8Array): number | false {
    if (this.completed) return false;
    const from = this.#length;
    this.#append(data);
    if (this.failed) return 0;
    if (!this.head) this.#readHead();
    if (this.head && !this.failed && !this.completed) this.#readBody();
    return this.#at - from;
  }

  #append(data: Uint8Array): void {
    const length = this.#length + data.length;
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#bytes.set(data, this.#length);
    this.#length = length;
  }

  #readHead(): void {
    this.#at = this.#headParser.feed(this.#bytes, this.#at, this.#length);
    this.failed = this.#headParser.failed;
    if (this.head) {
      this.#bodyStart = this.#at;
      this.failed = !this.#frameBody(this.head);
    }
  }

  /** Finds out how the body ends; false when the headers contradict each other. */
  #frameBody(head: RequestHead): boolean {
    const length = bodyLength(head);
    if (length === CONTRADICTORY) return false;
    // What follows a CONNECT is the tunnel's.
    if (head.method === 'CONNECT') this.completed = true;
    else if (length === CHUNKED) this.#chunks = new ChunkedDecoder();
    else this.#missing = length;
    return true;
  }

  #readBody(): void {
    if (this.#chunks) {
      this.#at = this.#chunks.feed(this.#bytes, this.#at, this.#length);
      this.completed = this.#chunks.completed;
      this.failed = this.#chunks.failed;
      return;
    }
    const taken = Math.min(this.#missing, this.#length - this.#at);
    this.#at += taken;
    this.#missing -= taken;
    this.completed = this.#missing === 0;
  }
}
