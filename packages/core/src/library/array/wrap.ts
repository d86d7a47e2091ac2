import { ArrayObject } from '../array-object.js';
import { isArray } from '../php-array.js';
import { StringObject } from '../string-object.js';

/** What an ArrayObject gives for a value: text and arrays with methods, all else as it is. */
export type Wrapped<Value> = unknown extends Value
  ? unknown
  : Value extends string
    ? StringObject
    : Value extends readonly (infer Item)[]
      ? ArrayObject<Item>
      : Value extends Readonly<Record<string, infer Item>>
        ? ArrayObject<Item>
        : Value;

/** @internal */
export function wrap<Value>(value: Value): Wrapped<Value> {
  const wrapped: unknown =
    typeof value === 'string' ? new StringObject(value) : isArray(value) ? new ArrayObject(value) : value;
  return wrapped as Wrapped<Value>;
}
