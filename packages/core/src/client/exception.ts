import { Exception } from '../errors/exception.js';
import { brand } from '../errors/throwable.js';

/** The exception that Swoole has for clients. @see Swoole\Client\Exception */
export class ClientException extends Exception {
  static readonly phpName = 'Swoole\\Client\\Exception';
  static {
    brand(ClientException, 'Swoole\\Client\\Exception');
  }
}
