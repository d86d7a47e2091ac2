import { hexDigit } from './ascii.js';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const SEMICOLON = 0x3b;
const DELETE = 0x7f;

const BEFORE_SIZE = 0;
const SIZE = 1;
const EXTENSION = 2;
const SIZE_END = 3;
const DATA = 4;
const DATA_CR = 5;
const DATA_LF = 6;
const BEFORE_TRAILER = 7;
const TRAILER = 8;
const TRAILER_END = 9;
const BODY_END = 10;

/**
 * Finds the data in a chunked body that comes in pieces of any size (RFC 9112, 7.1). Extensions and trailers are
 * checked for stray control characters and left out.
 */
export class ChunkedDecoder {
  /** Where the data is: offset of its first byte, offset behind its last, and so on. */
  readonly ranges: number[] = [];
  completed = false;
  failed = false;

  #state = BEFORE_SIZE;
  #size = 0;

  /**
   * Reads on.
   * @param bytes all bytes since the first; `from` is where the last call ended
   * @returns the offset of the first byte that was not used: `to`, or behind the body, or where it is malformed
   */
  feed(bytes: Buffer, from: number, to: number): number {
    let at = from;
    while (at < to) {
      if (this.#state === DATA) {
        const end = Math.min(at + this.#size, to);
        this.ranges.push(at, end);
        this.#size -= end - at;
        if (this.#size === 0) this.#state = DATA_CR;
        at = end;
        continue;
      }
      if (!this.#step(bytes[at]!)) {
        this.failed = true;
        return at;
      }
      at++;
      if (this.completed) return at;
    }
    return to;
  }

  #step(byte: number): boolean {
    switch (this.#state) {
      case BEFORE_SIZE:
        this.#size = hexDigit(byte);
        this.#state = SIZE;
        return this.#size >= 0;
      case SIZE:
        return this.#sizeByte(byte);
      case EXTENSION:
        return this.#text(byte, SIZE_END);
      case SIZE_END:
        this.#state = this.#size === 0 ? BEFORE_TRAILER : DATA;
        return byte === LF;
      case DATA_CR:
        this.#state = DATA_LF;
        return byte === CR;
      case DATA_LF:
        this.#state = BEFORE_SIZE;
        return byte === LF;
      case BEFORE_TRAILER:
        this.#state = byte === CR ? BODY_END : TRAILER;
        return byte === CR || byte > SPACE;
      case TRAILER:
        return this.#text(byte, TRAILER_END);
      case TRAILER_END:
        this.#state = BEFORE_TRAILER;
        return byte === LF;
      default:
        this.completed = byte === LF;
        return this.completed;
    }
  }

  #sizeByte(byte: number): boolean {
    const digit = hexDigit(byte);
    if (digit >= 0) {
      this.#size = this.#size * 16 + digit;
      return this.#size <= Number.MAX_SAFE_INTEGER;
    }
    this.#state = byte === CR ? SIZE_END : EXTENSION;
    return byte === CR || byte === SEMICOLON;
  }

  /** A byte of a line whose content does not matter. */
  #text(byte: number, next: number): boolean {
    if (byte === CR) {
      this.#state = next;
      return true;
    }
    return (byte >= SPACE && byte !== DELETE) || byte === TAB;
  }
}
