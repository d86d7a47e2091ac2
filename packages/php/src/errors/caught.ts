import { PhpError, PhpTypeError, Throwable, ValueError } from './exceptions.js';

/** What PHP code may ask of an error that it caught. */
export interface Caught extends Error {
  getMessage(): string;
  getCode(): number | string;
  getPrevious(): unknown;
  getFile(): string;
  getLine(): number;
  getTrace(): unknown[];
  getTraceAsString(): string;
  __toString(): string;
}

/**
 * Whatever was thrown, with PHP's methods: an exception of PHP or of swoole-ts as it is, any other error as the PHP error that it is to
 * PHP (its `cause` is the original). The same error gives the same object.
 */
export function caught<T = Caught>(error: unknown): T;
export function caught(error: unknown): unknown {
  if (error instanceof Throwable && 'getMessage' in error) return complete(error);
  if (!(error instanceof Error)) return new PhpError(String(error));
  const known = wrapped.get(error);
  if (known !== undefined) return known;
  const Type =
    error instanceof TypeError ? PhpTypeError : error instanceof RangeError ? ValueError : PhpError;
  const wrapper = new Type(error.message, 0, error);
  if (error.stack !== undefined) wrapper.stack = error.stack;
  wrapped.set(error, wrapper);
  return wrapper;
}

const wrapped = new WeakMap<Error, Throwable>();

const METHODS = ['getFile', 'getLine', 'getTrace', 'getTraceAsString', '__toString'] as const;

/** The exceptions of swoole-ts know neither file nor line: they get these methods, unless they have their own. */
function complete(error: object): object {
  for (const name of METHODS)
    if (!(name in error))
      Object.defineProperty(error, name, {
        value: Throwable.prototype[name],
        configurable: true,
        writable: true,
      });
  return error;
}
