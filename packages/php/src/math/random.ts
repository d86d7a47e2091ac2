import { randomBytes, randomInt } from 'node:crypto';
import { PhpTypeError, ValueError } from '../errors/exceptions.js';
import { toBytes, toInteger } from '../value/convert.js';
import type { Num } from '../value/numeric.js';
import { normalInt } from '../value/numeric.js';
import { like, type Text } from '../value/text.js';
import { mersenne } from './mersenne.js';

export const MT_RAND_MT19937 = 0;
export const MT_RAND_PHP = 1;

/** A number of PHP's Mersenne Twister: the same sequence as PHP's after the same `mt_srand`. */
export function mt_rand(min?: unknown, max?: unknown): number {
  if (min === undefined || max === undefined) return mersenne.next() >>> 1;
  const [from, to] = [Number(toInteger(min)), Number(toInteger(max))];
  if (to < from)
    throw new ValueError('mt_rand(): Argument #2 ($max) must be greater than or equal to argument #1 ($min)');
  return mersenne.between(from, to);
}

/** As `mt_rand`, but the limits may come in either order. */
export function rand(min?: unknown, max?: unknown): number {
  if (min === undefined || max === undefined) return mersenne.next() >>> 1;
  const [from, to] = [Number(toInteger(min)), Number(toInteger(max))];
  return to < from ? mersenne.between(to, from) : mersenne.between(from, to);
}

/** Begins the sequence of `mt_rand`; without a seed at a random place. */
export function mt_srand(seed?: unknown): void {
  mersenne.seed(
    seed === undefined || seed === null
      ? randomInt(2 ** 32)
      : Number(BigInt.asUintN(32, BigInt(toInteger(seed)))),
  );
}

export { mt_srand as srand };

export function mt_getrandmax(): number {
  return 2147483647;
}

export { mt_getrandmax as getrandmax };

/** A random int from `min` to `max`, fit for secrets. */
export function random_int(min: unknown, max: unknown): Num {
  const [from, to] = [BigInt(toInteger(min)), BigInt(toInteger(max))];
  if (from > to)
    throw new ValueError('random_int(): Argument #1 ($min) must be less than or equal to argument #2 ($max)');
  const count = to - from + 1n;
  if (count <= 2n ** 47n) return normalInt(from + BigInt(randomInt(Number(count))));
  const limit = 2n ** 64n - (2n ** 64n % count);
  for (;;) {
    const value = randomBytes(8).readBigUInt64LE();
    if (value < limit) return normalInt(from + (value % count));
  }
}

/** So many random bytes, fit for secrets. */
export function random_bytes(length: number): Buffer {
  if (length < 1) throw new ValueError('random_bytes(): Argument #1 ($length) must be greater than 0');
  return randomBytes(length);
}

/** A float from 0 to 1, without 1. */
export function lcg_value(): number {
  return Math.random();
}

/** The bytes of a string in random order. */
export function str_shuffle(string: unknown): string | Buffer {
  if (typeof string === 'object' && !(string instanceof Uint8Array) && string !== null)
    throw new PhpTypeError('str_shuffle(): Argument #1 ($string) must be of type string');
  const all = Buffer.from(toBytes(string));
  for (let left = all.length - 1; left > 0; left--) {
    const at = mersenne.between(0, left);
    [all[left], all[at]] = [all[at] ?? 0, all[left] ?? 0];
  }
  return like((string instanceof Uint8Array ? string : '') as Text, all);
}
