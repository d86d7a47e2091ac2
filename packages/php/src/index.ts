export * from './arrays/apply.js';
export * from './arrays/build.js';
export * from './arrays/count.js';
export * from './arrays/iterate.js';
export * from './arrays/keys.js';
export * from './arrays/parts.js';
export * from './arrays/pointer.js';
export * from './arrays/sets.js';
export * from './arrays/sort.js';
export * from './arrays/sort-flags.js';
export { cloneable, spread, toPhpArray, withoutHoles } from './arrays/spread.js';
export * from './arrays/stack.js';
export * from './binary/encode.js';
export * from './binary/hash.js';
export * from './binary/openssl.js';
export { pack, unpack } from './binary/pack.js';
export * from './binary/password.js';
export * from './binary/zlib.js';
export * from './constants/curl.js';
export * from './constants/errors.js';
export * from './constants/files.js';
export * from './constants/filter.js';
export * from './constants/mbstring.js';
export * from './constants/signals.js';
export * from './constants/sockets.js';
export * from './constants/system.js';
export * from './ctype.js';
export * from './date/datetime.js';
export * from './date/functions.js';
export { DateInterval } from './date/interval.js';
export { DatePeriod } from './date/period.js';
export { DateTimeZone } from './date/zone-class.js';
export { tooFewArguments } from './errors/argument-count.js';
export { type Caught, caught } from './errors/caught.js';
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
  ReflectionException,
  RuntimeException,
  Throwable,
  UnderflowException,
  UnexpectedValueException,
  UnhandledMatchError,
  ValueError,
} from './errors/exceptions.js';
export * from './errors/functions.js';
export type { ErrorHandler } from './errors/state.js';
export * from './files/contents.js';
export * from './files/handles.js';
export { IncludedFiles } from './files/included-files.js';
export * from './files/info.js';
export * from './files/ini.js';
export * from './files/listener.js';
export * from './files/paths.js';
export { Resource } from './files/resource.js';
export { Socket, stream_socket_pair } from './files/socket-pair.js';
export { Stream } from './files/stream.js';
export * from './files/tree.js';
export * from './format/number-format.js';
export * from './format/sprintf.js';
export * from './format/sscanf.js';
export * from './functions/call.js';
export {
  asCallable,
  type Callable,
  callableOf,
  classNamed,
  define_class,
  define_function,
  takingFirst,
} from './functions/callable.js';
export * from './functions/filter.js';
export * from './functions/types.js';
export * from './json/decode.js';
export { json_encode } from './json/encode.js';
export * from './json/flags.js';
export * from './math/arithmetic.js';
export * from './math/random.js';
export * from './math/round.js';
export * from './math/round-modes.js';
export * from './math/trigonometry.js';
export * from './mb/mb.js';
export * from './objects/classes.js';
export { spl_object_hash, spl_object_id } from './objects/properties.js';
export { ReflectionClass } from './objects/reflection-class.js';
export { stdClass } from './objects/std-class.js';
export * from './output/buffer.js';
export * from './output/dump.js';
export * from './preg/flags.js';
export * from './preg/functions.js';
export * from './runtime/backtrace.js';
export * from './runtime/constants.js';
export * from './runtime/environment.js';
export * from './runtime/process.js';
export * from './runtime/sockets.js';
export { superglobals } from './runtime/superglobals.js';
export * from './runtime/wait.js';
export { serialize } from './serialize/serialize.js';
export * from './serialize/unserialize.js';
export * from './services/curl/curl.js';
export { CurlHandle } from './services/curl/handle.js';
export { CURLFile } from './services/curl/transfer.js';
export * from './services/mysqli/functions.js';
export * from './services/mysqli/mysqli.js';
export * from './services/mysqli/result.js';
export { mysqli_stmt } from './services/mysqli/statement.js';
export { PDOException } from './services/pdo/exception.js';
export { PDO } from './services/pdo/pdo.js';
export { PDOStatement } from './services/pdo/statement.js';
export { Redis, RedisException } from './services/redis/redis.js';
export * from './spl/array-object.js';
export * from './spl/directory-iterator.js';
export { SplFileInfo } from './spl/file-info.js';
export { SplFixedArray } from './spl/fixed-array.js';
export * from './spl/heap.js';
export * from './spl/linked-list.js';
export { SplObjectStorage } from './spl/object-storage.js';
export { SplPriorityQueue } from './spl/priority-queue.js';
export * from './spl/recursive-iterator.js';
export * from './strings/case.js';
export * from './strings/compare.js';
export * from './strings/escape.js';
export * from './strings/html.js';
export * from './strings/parts.js';
export * from './strings/replace.js';
export * from './strings/search.js';
export * from './strings/trim.js';
export * from './url/address.js';
export * from './url/parse-str.js';
export * from './url/url.js';
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
export { float, floats, PhpFloat } from './value/float.js';
export { entries, type Iterator, type IteratorAggregate, values } from './value/foreach.js';
export { generator } from './value/generator.js';
export type { Key } from './value/key.js';
export { type AnyArray, isArray, isList, items, pairs, size } from './value/kinds.js';
export type { Mixed } from './value/mixed.js';
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
export { either, textOr, toRecord } from './value/shorthand.js';
export { bytes, isUtf8, type Text, text } from './value/text.js';
