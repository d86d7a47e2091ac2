import { Throwable } from './throwable.js';

/** PHP's own exception for a call at the wrong time. */
export class BadMethodCallException extends Throwable {
  static readonly phpName = 'BadMethodCallException';
}

/** PHP's own exception for an impossible argument. */
export class InvalidArgumentException extends Throwable {
  static readonly phpName = 'InvalidArgumentException';
}

/** PHP's own exception for what goes wrong while a program runs. */
export class RuntimeException extends Throwable {
  static readonly phpName = 'RuntimeException';
}
