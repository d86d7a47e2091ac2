import { brand, Throwable } from '../errors/throwable.js';

/** What a waiting coroutine gets from `Coroutine.cancel(cid, true)`. @see Swoole\Coroutine\CanceledException */
export class CanceledException extends Throwable {
  static readonly phpName = 'Swoole\\Coroutine\\CanceledException';
  static {
    brand(CanceledException, 'Swoole\\Coroutine\\CanceledException');
  }
}
