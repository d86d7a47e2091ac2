import { Exception } from '../../errors/exception.js';
import { brand } from '../../errors/throwable.js';

/** What the HTTP/2 client throws when it cannot be made. @see Swoole\Coroutine\Http2\Client\Exception */
export class Http2ClientException extends Exception {
  static readonly phpName = 'Swoole\\Coroutine\\Http2\\Client\\Exception';
  static {
    brand(Http2ClientException, 'Swoole\\Coroutine\\Http2\\Client\\Exception');
  }
}
