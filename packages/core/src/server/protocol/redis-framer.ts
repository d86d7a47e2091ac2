import { ByteQueue } from './byte-queue.js';
import type { Framer } from './framer.js';

const CR = 0x0d;
const LF = 0x0a;
const ARRAY = 0x2a;
const BULK = 0x24;
const INTEGER = 0x3a;
/** A type, a sign and the digits of 64 bits, with CR and LF. */
const LONGEST_LINE = 24;

/** `open_redis_protocol`: a packet is one command of RESP, an array of bulk strings (integers may be among them). */
export class RedisFramer implements Framer {
  broken = false;
  private readonly queue = new ByteQueue();
  /** Elements of the command that has begun which are still to come; -1 when none has. */
  private left = -1;
  /** Where the next line begins, counted from the beginning of the command. */
  private at = 0;

  constructor(private readonly maxLength: number) {}

  get waiting(): number {
    return this.queue.length;
  }

  push(chunk: Buffer): void {
    if (!this.broken) this.queue.append(chunk);
  }

  next(): Buffer | null {
    const { queue } = this;
    while (!this.broken && this.left !== 0 && queue.length > this.at) if (!this.line()) break;
    if (this.broken || this.left !== 0 || queue.length < this.at) {
      queue.settle();
      return null;
    }
    const { at } = this;
    this.at = 0;
    this.left = -1;
    return queue.take(at);
  }

  /** Reads a line; false when it has not come whole. */
  private line(): boolean {
    const bytes = this.queue.peek();
    const end = bytes.indexOf(LF, this.at);
    if (end < 0 || end - this.at >= LONGEST_LINE) {
      this.broken = bytes.length - this.at >= LONGEST_LINE;
      return false;
    }
    const number = bytes[end - 1] === CR ? wholeNumber(bytes, this.at + 1, end - 1) : null;
    const kind = bytes[this.at];
    const expected = this.left < 0 ? kind === ARRAY : kind === BULK || kind === INTEGER;
    if (number === null || !expected) {
      this.broken = true;
      return false;
    }
    this.at = end + 1;
    if (this.left < 0) this.left = number;
    else {
      this.left--;
      // A bulk string ends with a line break of its own; -1 stands for none.
      if (kind === BULK && number >= 0) this.at += number + 2;
    }
    this.broken = this.left < 0 || this.at > this.maxLength || this.left > this.maxLength;
    return true;
  }
}

/** The number that the bytes spell; null when they spell none. */
function wholeNumber(bytes: Buffer, from: number, to: number): number | null {
  const text = bytes.toString('latin1', from, to);
  const number = Number(text);
  return text !== '' && Number.isSafeInteger(number) && String(number) === text ? number : null;
}
