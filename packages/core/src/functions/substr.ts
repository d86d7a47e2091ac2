import { unserialize } from '../library/php-serialize.js';

/** The bytes from an offset, counted from the end when negative; null for an offset beyond the end. */
function part(str: string | Uint8Array, offset: number, length: number): Buffer | null {
  const bytes =
    typeof str === 'string' ? Buffer.from(str) : Buffer.from(str.buffer, str.byteOffset, str.length);
  const from = offset < 0 ? bytes.length + offset : offset;
  if (from < 0 || from >= bytes.length) return null;
  return bytes.subarray(from, length > 0 ? from + length : bytes.length);
}

/**
 * The value of a part of a text that is JSON, without a copy of it in between.
 * @param offset in bytes, counted from the end when negative
 * @param length in bytes; 0 for all that follows
 * @returns null for what is not JSON
 * @see swoole_substr_json_decode
 */
export function swoole_substr_json_decode(str: string | Uint8Array, offset: number, length = 0): unknown {
  const json = part(str, offset, length);
  if (json === null) return null;
  try {
    return JSON.parse(json.toString());
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * The value of a part of a text that PHP's serialize() wrote. Objects are refused.
 * @param offset in bytes, counted from the end when negative
 * @param length in bytes; 0 for all that follows
 * @returns false for what is no such text
 * @see swoole_substr_unserialize
 */
export function swoole_substr_unserialize(str: string | Uint8Array, offset: number, length = 0): unknown {
  const text = part(str, offset, length);
  const read = text === null ? null : unserialize(text);
  return read === null ? false : read.value;
}
