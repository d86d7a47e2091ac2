import { ArrayObject } from '../library/array-object.js';
import { MultibyteStringObject } from '../library/multibyte-string-object.js';
import { type ArrayLike, entriesOf, keyOf } from '../library/php-array.js';
import { StringObject } from '../library/string-object.js';

/** A text as an object with methods. @see swoole_string */
export function swoole_string(string = ''): StringObject {
  return new StringObject(string);
}

/** The same as swoole_string(). @see _string */
export function _string(string = ''): StringObject {
  return new StringObject(string);
}

/** A text as an object whose methods count in characters. @see swoole_mbstring */
export function swoole_mbstring(string = ''): MultibyteStringObject {
  return new MultibyteStringObject(string);
}

/** The same as swoole_mbstring(). @see _mbstring */
export function _mbstring(string = ''): MultibyteStringObject {
  return new MultibyteStringObject(string);
}

/** An array as an object with methods. @param array an array, an object or a Map @see swoole_array */
export function swoole_array<Value>(array: ArrayLike<Value> = []): ArrayObject<Value> {
  return new ArrayObject(array);
}

/** The same as swoole_array(). @see _array */
export function _array<Value>(array: ArrayLike<Value> = []): ArrayObject<Value> {
  return new ArrayObject(array);
}

/** The arguments as an object with the methods of an array. @see swoole_array_list */
export function swoole_array_list<Value>(...arrray: Value[]): ArrayObject<Value> {
  return new ArrayObject(arrray);
}

/** The value of a key, or another where there is none. @see swoole_array_default_value */
export function swoole_array_default_value<Value, Default = null>(
  array: ArrayLike<Value>,
  key: unknown,
  default_value: Default = null as Default,
): Value | Default {
  const own = keyOf(key);
  const found = entriesOf(array).find(([each]) => each === own);
  return found === undefined ? default_value : (found[1] as Value);
}
