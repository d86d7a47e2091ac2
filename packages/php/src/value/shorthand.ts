import { toBool } from './convert.js';
import { type AnyArray, pairs, record } from './kinds.js';
import type { Mixed } from './mixed.js';
import { text } from './text.js';

/** PHP's `$value ?: $otherwise`. */
export function either<T, O>(value: T, otherwise: () => O): NonNullable<T> | O {
  return toBool(value) ? (value as NonNullable<T>) : otherwise();
}

/** An array of any kind as a plain object, to be taken apart by key. */
export function toRecord(array: AnyArray): { [key: string]: Mixed } {
  return record(pairs(array));
}

/** Bytes become text; anything else stays as it is. */
export function textOr<T>(value: T): T extends Uint8Array ? string : T;
export function textOr(value: unknown): unknown {
  return value instanceof Uint8Array ? text(value) : value;
}
