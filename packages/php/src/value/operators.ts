import { E_WARNING } from '../constants/errors.js';
import {
  ArithmeticError,
  DivisionByZeroError,
  PhpTypeError,
  UnhandledMatchError,
} from '../errors/exceptions.js';
import { raise } from '../errors/raise.js';
import { fitsInt, toBytes, toInteger, toNumber, toStr, typeName } from './convert.js';
import { type AnyArray, build, isArray, pairs } from './kinds.js';
import { leadingNumber, type Num, normalInt } from './numeric.js';
import { bytes, fromBinary, text } from './text.js';

type Plain = string | number | bigint | boolean | null | undefined;

/** PHP's `.`: text, or a Buffer as soon as one part is bytes. */
export function concat(...parts: Plain[]): string;
export function concat(...parts: unknown[]): string | Buffer;
export function concat(...parts: unknown[]): string | Buffer {
  if (parts.some((part) => part instanceof Uint8Array)) return Buffer.concat(parts.map(toBytes));
  let out = '';
  for (const part of parts) out += toStr(part);
  return out;
}

/** PHP's `+`: of two arrays, the union by keys. Ints that overflow 64 bits become floats. */
export function add(a: AnyArray, b: AnyArray): AnyArray;
export function add(a: unknown, b: unknown): Num;
export function add(a: unknown, b: unknown): Num | AnyArray {
  if (isArray(a) && isArray(b)) return union(a, b);
  return arithmetic(
    '+',
    a,
    b,
    (x, y) => x + y,
    (x, y) => x + y,
  );
}

function union(a: AnyArray, b: AnyArray): AnyArray {
  const all = new Map(pairs(a));
  for (const [key, value] of pairs(b)) if (!all.has(key)) all.set(key, value);
  return build(a, [...all]);
}

/** PHP's `-`. */
export function sub(a: unknown, b: unknown): Num {
  return arithmetic(
    '-',
    a,
    b,
    (x, y) => x - y,
    (x, y) => x - y,
  );
}

/** PHP's `*`. */
export function mul(a: unknown, b: unknown): Num {
  return arithmetic(
    '*',
    a,
    b,
    (x, y) => x * y,
    (x, y) => x * y,
  );
}

function arithmetic(
  sign: string,
  a: unknown,
  b: unknown,
  numbers: (x: number, y: number) => number,
  ints: (x: bigint, y: bigint) => bigint,
): Num {
  const [x, y] = operands(sign, a, b);
  if (typeof x === 'number' && typeof y === 'number') {
    const result = numbers(x, y);
    if (result === 0 && isWhole(x) && isWhole(y)) return 0;
    if (Math.abs(result) <= Number.MAX_SAFE_INTEGER) return result;
    if (!Number.isSafeInteger(x) || !Number.isSafeInteger(y)) return result;
    return normalInt(ints(BigInt(x), BigInt(y)));
  }
  if (isWhole(x) && isWhole(y)) return normalInt(ints(BigInt(x), BigInt(y)));
  return numbers(Number(x), Number(y));
}

const isWhole = (value: Num): boolean => typeof value === 'bigint' || Number.isSafeInteger(value);

function operands(sign: string, a: unknown, b: unknown): [Num, Num] {
  if (isArray(a) || isArray(b) || isPlainObject(a) || isPlainObject(b)) throw unsupported(sign, a, b);
  const [x, y] = [operandNumber(a), operandNumber(b)];
  if (x === null || y === null) throw unsupported(sign, a, b);
  // '5.0' is a float, though its value looks like an int: an int beside it that is a bigint becomes one too.
  if ('%&|^<<>>'.includes(sign)) return [x, y];
  if (typeof x === 'bigint' && isFloatText(b)) return [Number(x), y];
  return typeof y === 'bigint' && isFloatText(a) ? [x, Number(y)] : [x, y];
}

const unsupported = (sign: string, a: unknown, b: unknown): PhpTypeError =>
  new PhpTypeError(`Unsupported operand types: ${typeName(a)} ${sign} ${typeName(b)}`);

const isFloatText = (value: unknown): boolean =>
  value instanceof Number || (typeof value === 'string' && leadingNumber(value)?.float === true);

/** A string must begin with a number; what stands behind it is warned of. */
function operandNumber(value: unknown): Num | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' && !(value instanceof Uint8Array)) return toNumber(value);
  const found = leadingNumber(text(value));
  if (found === null) return null;
  if (!found.whole) raise(E_WARNING, 'A non-numeric value encountered');
  return found.value;
}

const isPlainObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !(value instanceof Number) && !(value instanceof Uint8Array);

/** PHP's `/`: an int when it comes out even. By zero it throws DivisionByZeroError. */
export function div(a: unknown, b: unknown): Num {
  const [x, y] = operands('/', a, b);
  if (Number(y) === 0) throw new DivisionByZeroError('Division by zero');
  if (typeof x === 'number' && typeof y === 'number') return isWhole(x) && isWhole(y) ? x / y + 0 : x / y;
  if (isWhole(x) && isWhole(y) && BigInt(x) % BigInt(y) === 0n) return normalInt(BigInt(x) / BigInt(y));
  return Number(x) / Number(y);
}

/** PHP's `%` on ints: the sign is that of the dividend. By zero it throws DivisionByZeroError. */
export function mod(a: unknown, b: unknown): Num {
  const [left, right] = operands('%', a, b);
  const x = toInteger(left);
  const y = toInteger(right);
  if (Number(y) === 0) throw new DivisionByZeroError('Modulo by zero');
  if (typeof x === 'number' && typeof y === 'number') return (x % y) + 0;
  return normalInt(BigInt(x) % BigInt(y));
}

/** PHP's `**`. */
export function pow(a: unknown, b: unknown): Num {
  const [x, y] = operands('**', a, b);
  if (!isWhole(x) || !isWhole(y) || y < 0) return Number(x) ** Number(y);
  const result = Number(x) ** Number(y);
  if (Number.isSafeInteger(result)) return result;
  if (Math.abs(result) > 2 ** 64) return result;
  const exact = BigInt(x) ** BigInt(y);
  return fitsInt(exact) ? normalInt(exact) : result;
}

/** Division of ints that drops the remainder. By zero it throws DivisionByZeroError. */
export function intdiv(a: Num, b: Num): Num {
  const x = toInteger(a);
  const y = toInteger(b);
  if (Number(y) === 0) throw new DivisionByZeroError('Division by zero');
  if (typeof x === 'number' && typeof y === 'number') return Math.trunc(x / y) + 0;
  const result = BigInt(x) / BigInt(y);
  if (!fitsInt(result)) throw new ArithmeticError('Division of PHP_INT_MIN by -1 is not an integer');
  return normalInt(result);
}

/** PHP's unary minus. */
export function neg(value: unknown): Num {
  return mul(value, -1);
}

/** PHP's `&`; of two strings, byte by byte. */
export function bitAnd(a: unknown, b: unknown): Num | string | Buffer {
  return bitwise(
    '&',
    a,
    b,
    (x, y) => x & y,
    (x, y) => x & y,
  );
}

/** PHP's `|`; of two strings, byte by byte. */
export function bitOr(a: unknown, b: unknown): Num | string | Buffer {
  return bitwise(
    '|',
    a,
    b,
    (x, y) => x | y,
    (x, y) => x | y,
  );
}

/** PHP's `^`; of two strings, byte by byte. */
export function bitXor(a: unknown, b: unknown): Num | string | Buffer {
  return bitwise(
    '^',
    a,
    b,
    (x, y) => x ^ y,
    (x, y) => x ^ y,
  );
}

const isString = (value: unknown): value is string | Uint8Array =>
  typeof value === 'string' || value instanceof Uint8Array;

function bitwise(
  sign: string,
  a: unknown,
  b: unknown,
  small: (x: number, y: number) => number,
  big: (x: bigint, y: bigint) => bigint,
): Num | string | Buffer {
  if (isString(a) && isString(b)) {
    const [x, y] = [bytes(a), bytes(b)];
    const length = sign === '|' ? Math.max(x.length, y.length) : Math.min(x.length, y.length);
    const out = Buffer.from(Array.from({ length }, (_, i) => small(x[i] ?? 0, y[i] ?? 0)));
    return typeof a === 'string' ? fromBinary(a, out.toString('latin1')) : out;
  }
  const [left, right] = operands(sign, a, b);
  const x = toInteger(left);
  const y = toInteger(right);
  if (fits32(x) && fits32(y)) return small(x, y);
  return normalInt(BigInt.asIntN(64, big(BigInt(x), BigInt(y))));
}

const fits32 = (value: Num): value is number => typeof value === 'number' && (value | 0) === value;

/** PHP's `~` on ints. */
export function bitNot(value: unknown): Num {
  return normalInt(~BigInt(toInteger(value)));
}

/** PHP's `<<` on 64 bits. */
export function shl(a: unknown, b: unknown): Num {
  const [x, by] = shift('<<', a, b);
  return by > 63n ? 0 : normalInt(BigInt.asIntN(64, x << by));
}

/** PHP's `>>` on 64 bits: the sign is kept. */
export function shr(a: unknown, b: unknown): Num {
  const [x, by] = shift('>>', a, b);
  return normalInt(x >> (by > 63n ? 63n : by));
}

function shift(sign: string, a: unknown, b: unknown): [bigint, bigint] {
  const [left, right] = operands(sign, a, b);
  const by = BigInt(toInteger(right));
  if (by < 0n) throw new ArithmeticError('Bit shift by negative number');
  return [BigInt(toInteger(left)), by];
}

/** PHP's `++` on a variable of unknown type: null becomes 1, `'a9'` becomes `'b0'`. */
export function increment(value: unknown): unknown {
  if (value === null || value === undefined) return 1;
  if (typeof value === 'number' || typeof value === 'bigint') return add(value, 1);
  if (typeof value !== 'string') return value;
  if (value === '') return '1';
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(value) ? add(value, 1) : nextText(value);
}

/** PHP's `--` on a variable of unknown type: null stays null. */
export function decrement(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return sub(value, 1);
  if (value === '') return -1;
  if (typeof value === 'string' && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(value))
    return sub(value, 1);
  return value;
}

/** `'Az'` to `'Ba'`, `'zz'` to `'aaa'`, as Perl counts. */
function nextText(value: string): string {
  const units = [...value];
  for (let i = units.length - 1; i >= 0; i--) {
    const unit = units[i] ?? '';
    if (!/[a-zA-Z0-9]/.test(unit)) return units.join('');
    if (!'zZ9'.includes(unit)) {
      units[i] = String.fromCharCode(unit.charCodeAt(0) + 1);
      return units.join('');
    }
    units[i] = unit === 'z' ? 'a' : unit === 'Z' ? 'A' : '0';
    if (i === 0) units.unshift(unit === '9' ? '1' : (units[0] ?? ''));
  }
  return units.join('');
}

/** Throws what PHP throws for a value of the wrong type; ends an expression like `match` without a match. */
export function unhandledMatch(value: unknown): never {
  throw new UnhandledMatchError(
    `Unhandled match case ${typeof value === 'string' ? `'${value}'` : toStr(value)}`,
  );
}
