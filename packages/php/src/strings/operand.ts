import { PhpTypeError, ValueError } from '../errors/exceptions.js';
import { hasMethod, toText, typeName } from '../value/convert.js';
import { type AnyArray, isArray } from '../value/kinds.js';
import { binary, fromBinary } from '../value/text.js';

/** What a string function gives: a Buffer for a Buffer, a string for anything else. */
export type Out<T> = T extends Uint8Array ? Buffer : string;

/** A string argument as characters U+0000 to U+00FF, one a byte, and the way back into the kind it came in. */
export interface Operand {
  raw: string;
  back: (raw: string) => string | Buffer;
}

export function operand(value: unknown): Operand {
  const model = toText(value);
  return { raw: binary(model), back: (raw) => fromBinary(model, raw) };
}

/** A string argument as one character a byte. */
export function raw(value: unknown): string {
  return typeof value === 'string' ? binary(value) : binary(toText(value));
}

/** Applies a function on bytes to a string of either kind. */
export function mapRaw<T>(value: T, change: (raw: string) => string): Out<T>;
export function mapRaw(value: unknown, change: (raw: string) => string): string | Buffer {
  const { raw, back } = operand(value);
  return back(change(raw));
}

/** An argument that can be text, or the TypeError that PHP throws. */
export function stringArg<T>(who: string, position: number, name: string, value: T): T {
  if (typeof value === 'string' || value instanceof Uint8Array) return value;
  const isText = !isArray(value) && (typeof value !== 'object' || value === null || value instanceof Number);
  if ((isText && typeof value !== 'function') || hasMethod(value, '__toString')) return value;
  throw new PhpTypeError(
    `${who}(): Argument #${position} ($${name}) must be of type string, ${typeName(value)} given`,
  );
}

/** An array argument, or the TypeError that PHP throws. */
export function arrayArg(who: string, position: number, name: string, value: unknown): AnyArray {
  if (isArray(value)) return value;
  throw new PhpTypeError(
    `${who}(): Argument #${position} ($${name}) must be of type array, ${typeName(value)} given`,
  );
}

export function valueError(who: string, position: number, name: string, what: string): never {
  throw new ValueError(`${who}(): Argument #${position} ($${name}) ${what}`);
}

/** The range that `substr` and its kin mean: in bytes, negative counts from the end. */
export function span(size: number, offset: number, length: number | null): [from: number, to: number] {
  const from = offset < 0 ? Math.max(0, size + offset) : Math.min(offset, size);
  const to = length === null ? size : length < 0 ? size + length : Math.min(size, from + length);
  return [from, Math.max(from, to)];
}

/** Which bytes a list like `"a..z."` names. */
export function byteSet(list: string): Set<string> {
  const set = new Set<string>();
  for (let i = 0; i < list.length; i++) {
    const to = list.slice(i + 1, i + 3) === '..' ? list[i + 3] : undefined;
    const from = list.charCodeAt(i);
    if (to !== undefined && to.charCodeAt(0) >= from) {
      for (let code = from; code <= to.charCodeAt(0); code++) set.add(String.fromCharCode(code));
      i += 3;
    } else set.add(list[i] ?? '');
  }
  return set;
}
