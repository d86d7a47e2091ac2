import { Exception } from '../errors/exceptions.js';
import { properties } from '../objects/properties.js';
import { className, hasMethod, toStr } from '../value/convert.js';
import { isFloat } from '../value/float.js';
import type { Key } from '../value/key.js';
import { type AnyArray, isArray, items, pairs } from '../value/kinds.js';
import { exactFloatText } from '../value/number-text.js';
import { binary, fromBinary, type Text } from '../value/text.js';

/** A value in PHP's own text form. A function, or an object that forbids it, throws. */
export function serialize(value: unknown): string {
  return fromBinary('', write(value));
}

function write(value: unknown): string {
  if (value === null || value === undefined) return 'N;';
  if (typeof value === 'boolean') return `b:${value ? 1 : 0};`;
  if (typeof value === 'string' || value instanceof Uint8Array) return text(value);
  if (isFloat(value)) return `d:${exactFloatText(Number(value))};`;
  if (typeof value === 'number' || typeof value === 'bigint') return `i:${value};`;
  if (typeof value === 'function') throw new Exception("Serialization of 'Closure' is not allowed");
  return isArray(value) ? `a:${list(pairs(value))}` : object(value as object);
}

function text(value: Text): string {
  const raw = binary(value);
  return `s:${raw.length}:"${raw}";`;
}

function list(elements: readonly (readonly [Key, unknown])[]): string {
  return `${elements.length}:{${elements.map(([key, item]) => write(key) + write(item)).join('')}}`;
}

function object(value: object): string {
  const name = binary(className(value));
  const head = `O:${name.length}:"${name}":`;
  const cases = (value.constructor as { cases?: unknown }).cases;
  if (typeof cases === 'function') {
    const full = binary(`${className(value)}:${toStr((value as { name?: unknown }).name)}`);
    return `E:${full.length}:"${full}";`;
  }
  if (hasMethod(value, '__serialize')) return head + list(pairs(value.__serialize() as AnyArray));
  if (!hasMethod(value, '__sleep')) return head + list(properties(value));
  const wanted = items(value.__sleep() as AnyArray).map(toStr);
  return head + list(wanted.map((key) => [key, (value as Record<string, unknown>)[key]] as const));
}
