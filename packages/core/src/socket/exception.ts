import { Exception } from '../errors/exception.js';
import { brand } from '../errors/throwable.js';

/** What the constructor and the vectored calls of a `Coroutine.Socket` throw. @see Swoole\Coroutine\Socket\Exception */
export class SocketException extends Exception {
  static readonly phpName = 'Swoole\\Coroutine\\Socket\\Exception';
  static {
    brand(SocketException, 'Swoole\\Coroutine\\Socket\\Exception');
  }
}
