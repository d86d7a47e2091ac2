import { hexDigit } from './ascii.js';

const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;

// Decoding bytes, not characters: a percent sequence may hold one byte of a character and need not be valid UTF-8.
function decodeBytes(text: string, plusIsSpace: boolean): string {
  const bytes = Buffer.from(text);
  const length = bytes.length;
  let out = 0;
  for (let i = 0; i < length; i++) {
    let byte = bytes[i]!;
    if (byte === PERCENT && i + 2 < length) {
      const high = hexDigit(bytes[i + 1]!);
      const low = hexDigit(bytes[i + 2]!);
      if (high >= 0 && low >= 0) {
        byte = high * 16 + low;
        i += 2;
      }
    } else if (byte === PLUS && plusIsSpace) {
      byte = SPACE;
    }
    bytes[out++] = byte;
  }
  return bytes.toString('utf8', 0, out);
}

/**
 * PHP's `urldecode`: `%XX` and `+`; what is no valid sequence stays as it is.
 * @returns the bytes read as UTF-8, with U+FFFD for what is none
 */
export function urlDecode(text: string): string {
  return text.includes('%') || text.includes('+') ? decodeBytes(text, true) : text;
}

/** PHP's `rawurldecode`: as {@link urlDecode}, but `+` stays. */
export function rawUrlDecode(text: string): string {
  return text.includes('%') ? decodeBytes(text, false) : text;
}
