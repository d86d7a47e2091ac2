import { brand } from './brand.js';
import { trace } from './trace.js';

/**
 * What PHP's exceptions and errors share. `instanceof` also holds for the exceptions of swoole-ts and, for Throwable, for
 * every error that JavaScript throws.
 */
export class Throwable extends globalThis.Error {
  static readonly phpName: string = 'Throwable';
  protected code: number | string;

  /** @param previous the error that led to this one; also its `cause` */
  constructor(message = '', code: number | string = 0, previous: unknown = null) {
    super(message, previous === null ? undefined : { cause: previous });
    this.code = code;
    this.name = this.constructor.name;
  }

  getMessage(): string {
    return this.message;
  }

  getCode(): number | string {
    return this.code;
  }

  /** The error that led to this one, null when there is none. */
  getPrevious(): unknown {
    return this.cause ?? null;
  }

  /** The file in which it was made, as JavaScript's stack has it. */
  getFile(): string {
    return trace(this)[0]?.file ?? '';
  }

  getLine(): number {
    return trace(this)[0]?.line ?? 0;
  }

  getTrace(): { file: string; line: number; function: string }[] {
    return trace(this);
  }

  getTraceAsString(): string {
    const frames = trace(this).map((frame, i) => `#${i} ${frame.file}(${frame.line}): ${frame.function}()`);
    return [...frames, `#${frames.length} {main}`].join('\n');
  }

  __toString(): string {
    return `${phpNameOf(this)}: ${this.message} in ${this.getFile()}:${this.getLine()}\nStack trace:\n${this.getTraceAsString()}`;
  }
}

const phpNameOf = (error: Throwable): string => {
  const type = error.constructor as typeof Throwable;
  return Object.hasOwn(type, 'phpName') ? type.phpName : type.name;
};

/** PHP's `Exception`. */
export class Exception extends Throwable {
  static override readonly phpName: string = 'Exception';
}

/** PHP's `ErrorException`: a warning that became an exception. */
export class ErrorException extends Exception {
  static override readonly phpName: string = 'ErrorException';
  readonly #severity: number;
  readonly #file: string | null;
  readonly #line: number | null;

  constructor(
    message = '',
    code = 0,
    severity = 1,
    filename: string | null = null,
    line: number | null = null,
    previous: unknown = null,
  ) {
    super(message, code, previous);
    this.#severity = severity;
    this.#file = filename;
    this.#line = line;
  }

  getSeverity(): number {
    return this.#severity;
  }

  override getFile(): string {
    return this.#file ?? super.getFile();
  }

  override getLine(): number {
    return this.#line ?? super.getLine();
  }
}

export class LogicException extends Exception {
  static override readonly phpName: string = 'LogicException';
}
export class BadFunctionCallException extends LogicException {
  static override readonly phpName: string = 'BadFunctionCallException';
}
export class BadMethodCallException extends BadFunctionCallException {
  static override readonly phpName: string = 'BadMethodCallException';
}
export class DomainException extends LogicException {
  static override readonly phpName: string = 'DomainException';
}
export class InvalidArgumentException extends LogicException {
  static override readonly phpName: string = 'InvalidArgumentException';
}
export class LengthException extends LogicException {
  static override readonly phpName: string = 'LengthException';
}
export class OutOfRangeException extends LogicException {
  static override readonly phpName: string = 'OutOfRangeException';
}
export class RuntimeException extends Exception {
  static override readonly phpName: string = 'RuntimeException';
}
export class OutOfBoundsException extends RuntimeException {
  static override readonly phpName: string = 'OutOfBoundsException';
}
export class OverflowException extends RuntimeException {
  static override readonly phpName: string = 'OverflowException';
}
export class RangeException extends RuntimeException {
  static override readonly phpName: string = 'RangeException';
}
export class UnderflowException extends RuntimeException {
  static override readonly phpName: string = 'UnderflowException';
}
export class UnexpectedValueException extends RuntimeException {
  static override readonly phpName: string = 'UnexpectedValueException';
}
export class ReflectionException extends Exception {
  static override readonly phpName: string = 'ReflectionException';
}
export class JsonException extends Exception {
  static override readonly phpName: string = 'JsonException';
}

/** PHP's `Error`; its `instanceof` also holds for the errors that JavaScript itself throws. */
export class PhpError extends Throwable {
  static override readonly phpName: string = 'Error';
}
/** PHP's `TypeError`. */
export class PhpTypeError extends PhpError {
  static override readonly phpName: string = 'TypeError';
}
export class ValueError extends PhpError {
  static override readonly phpName: string = 'ValueError';
}
export class ArithmeticError extends PhpError {
  static override readonly phpName: string = 'ArithmeticError';
}
export class DivisionByZeroError extends ArithmeticError {
  static override readonly phpName: string = 'DivisionByZeroError';
}
export class ArgumentCountError extends PhpTypeError {
  static override readonly phpName: string = 'ArgumentCountError';
}
export class AssertionError extends PhpError {
  static override readonly phpName: string = 'AssertionError';
}
export class UnhandledMatchError extends PhpError {
  static override readonly phpName: string = 'UnhandledMatchError';
}

const parts = {
  Throwable,
  Exception,
  ErrorException,
  LogicException,
  BadFunctionCallException,
  BadMethodCallException,
  DomainException,
  InvalidArgumentException,
  LengthException,
  OutOfRangeException,
  RuntimeException,
  OutOfBoundsException,
  OverflowException,
  RangeException,
  UnderflowException,
  UnexpectedValueException,
  JsonException,
  ReflectionException,
  Error: PhpError,
  TypeError: PhpTypeError,
  ValueError,
  ArithmeticError,
  DivisionByZeroError,
  ArgumentCountError,
  AssertionError,
  UnhandledMatchError,
};
for (const [name, type] of Object.entries(parts)) brand(type, name);
