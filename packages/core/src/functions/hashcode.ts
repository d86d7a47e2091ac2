/**
 * The hash of a text or bytes that is the same in every program.
 * @param type 0 for PHP's own hash of 64 bits, 1 for "one at a time" of 32 bits
 * @returns a bigint, with a sign, for type 0, a number for type 1; false for another type
 * @see swoole_hashcode
 */
export function swoole_hashcode(data: string | Uint8Array, type = 0): bigint | number | false {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  if (type === 0) return times33(bytes);
  return type === 1 ? oneAtATime(bytes) : false;
}

function times33(bytes: Uint8Array): bigint {
  let hash = 5381n;
  for (const byte of bytes) hash = BigInt.asUintN(64, hash * 33n + BigInt(byte));
  // PHP's hash is never 0: its highest bit is always set.
  return BigInt.asIntN(64, hash | (1n << 63n));
}

function oneAtATime(bytes: Uint8Array): number {
  let hash = 0;
  // A char has a sign in C.
  for (const byte of new Int8Array(bytes)) {
    hash = (hash + byte) | 0;
    hash = (hash + (hash << 10)) | 0;
    hash ^= hash >>> 6;
  }
  hash = (hash + (hash << 3)) | 0;
  hash ^= hash >>> 11;
  return (hash + (hash << 15)) >>> 0;
}
