import { ArrayKeyNotExists as KeyNotExists } from './array-key-not-exists.js';
import { brand, Throwable } from './throwable.js';

/** What Swoole throws when a program asks for the impossible: a second server, a bad port. @see Swoole\Exception */
export class Exception extends Throwable {
  static readonly ArrayKeyNotExists = KeyNotExists;

  static {
    brand(Exception, 'Swoole\\Exception');
  }
}

type KeyNotExistsType = KeyNotExists;

export namespace Exception {
  export type ArrayKeyNotExists = KeyNotExistsType;
}
