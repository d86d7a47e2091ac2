import { brand, Throwable } from './throwable.js';

/** What Swoole throws when a program asks for the impossible: a second server, a bad port. @see Swoole\Exception */
export class Exception extends Throwable {
  static {
    brand(Exception, 'Swoole\\Exception');
  }
}
