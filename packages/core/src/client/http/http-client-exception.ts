import { Exception } from '../../errors/exception.js';
import { brand } from '../../errors/throwable.js';

/** What the HTTP client throws when it cannot be made. @see Swoole\Coroutine\Http\Client\Exception */
export class HttpClientException extends Exception {
  static readonly phpName = 'Swoole\\Coroutine\\Http\\Client\\Exception';
  static {
    brand(HttpClientException, 'Swoole\\Coroutine\\Http\\Client\\Exception');
  }
}
