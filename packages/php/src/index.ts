export * from './constants/errors.js';
export {
  ArgumentCountError,
  ArithmeticError,
  AssertionError,
  BadFunctionCallException,
  BadMethodCallException,
  DivisionByZeroError,
  DomainException,
  ErrorException,
  Exception,
  InvalidArgumentException,
  JsonException,
  LengthException,
  LogicException,
  OutOfBoundsException,
  OutOfRangeException,
  OverflowException,
  PhpError,
  PhpError as Error,
  PhpTypeError,
  PhpTypeError as TypeError,
  RangeException,
  RuntimeException,
  Throwable,
  UnderflowException,
  UnexpectedValueException,
  UnhandledMatchError,
  ValueError,
} from './errors/exceptions.js';
export { append, at, isset, put, unset } from './value/access.js';
export { compare, identical, looseEq } from './value/compare.js';
export {
  className,
  toBool,
  toBytes,
  toFloat,
  toInt,
  toInteger,
  toNumber,
  toStr,
  toText,
} from './value/convert.js';
export { copyOf } from './value/copy-of.js';
export { float, PhpFloat } from './value/float.js';
export { entries, type Iterator, type IteratorAggregate, values } from './value/foreach.js';
export type { Key } from './value/key.js';
export { type AnyArray, isArray } from './value/kinds.js';
export type { Num } from './value/numeric.js';
export {
  add,
  bitAnd,
  bitNot,
  bitOr,
  bitXor,
  concat,
  decrement,
  div,
  increment,
  intdiv,
  mod,
  mul,
  neg,
  pow,
  shl,
  shr,
  sub,
  unhandledMatch,
} from './value/operators.js';
export { PhpArray } from './value/php-array.js';
export { Ref, ref, refTo } from './value/ref.js';
export { bytes, type Text, text } from './value/text.js';
