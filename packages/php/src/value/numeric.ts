import { isAscii } from './text.js';

/** A PHP number: an int beyond 2^53 is a bigint, a float with a whole value looks like an int. */
export type Num = number | bigint;

export const INT_MAX = 2n ** 63n - 1n;
export const INT_MIN = -(2n ** 63n);

const NUMBER = /^[ \t\n\r\v\f]*([+-]?(?:\d+(\.\d*)?|(\.\d+))([eE][+-]?\d+)?)([ \t\n\r\v\f]*)/;

/** A number at the beginning of a string. */
export interface Leading {
  value: Num;
  /** Whether the string is nothing but this number and white space. */
  whole: boolean;
  /** Whether PHP makes a float of it: it has a point or an exponent, or is too great for an int. */
  float: boolean;
}

/** Reads the number at the beginning of a string as PHP does; null when there is none. */
export function leadingNumber(value: string): Leading | null {
  const found = NUMBER.exec(value);
  if (found === null) return null;
  const [all, digits = '', point, tail, exponent] = found;
  const whole = all.length === value.length;
  if (point !== undefined || tail !== undefined || exponent !== undefined)
    return { value: Number(digits), whole, float: true };
  const number = Number(digits);
  if (Number.isSafeInteger(number)) return { value: number + 0, whole, float: false };
  const big = BigInt(digits.replace('+', ''));
  if (big > INT_MAX || big < INT_MIN) return { value: number, whole, float: true };
  return { value: big, whole, float: false };
}

/** The number that the whole string is, null when it is none. */
export function numericString(value: string): Num | null {
  if (value === '' || !isAscii(value)) return null;
  const found = leadingNumber(value);
  return found?.whole ? found.value : null;
}

/** An int in its usual form: a number where JavaScript counts exactly, else a bigint; beyond 64 bits a float. */
export function normalInt(value: bigint): Num {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  return value > INT_MAX || value < INT_MIN ? number : value;
}
