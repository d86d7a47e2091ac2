import type { Bytes } from '../engine.js';

let lastText = '';
let lastEncoded: Buffer | null = null;
let lastSource: Uint8Array | null = null;
let lastCopy = Buffer.alloc(0);

/** The UTF-8 bytes of a text: encoded once, however many connections it is sent to. */
export function encoded(text: string): Buffer {
  if (text !== lastText || lastEncoded === null) {
    lastText = text;
    lastEncoded = Buffer.from(text);
  }
  return lastEncoded;
}

/** A copy of bytes: one, however many connections they are sent to, until the program changes them. */
export function copied(bytes: Uint8Array): Buffer {
  if (bytes !== lastSource || !lastCopy.equals(bytes)) {
    lastSource = bytes;
    lastCopy = Buffer.from(bytes);
  }
  return lastCopy;
}

/**
 * What can wait until the end of the turn. Bytes are copied, for they are the program's to use again.
 * @returns a text itself the first time, its bytes when it comes again
 */
export function kept(data: Bytes): Bytes {
  if (typeof data !== 'string') return copied(data);
  if (data === lastText) return encoded(data);
  lastText = data;
  lastEncoded = null;
  return data;
}
