import { brand, Throwable } from '../errors/throwable.js';

/** What a coroutine gets that has used up the time of `Coroutine.setTimeLimit()`. @see Swoole\Coroutine\TimeoutException */
export class TimeoutException extends Throwable {
  static readonly phpName = 'Swoole\\Coroutine\\TimeoutException';
  static {
    brand(TimeoutException, 'Swoole\\Coroutine\\TimeoutException');
  }
}
