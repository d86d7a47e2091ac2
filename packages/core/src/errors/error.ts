import { brand, Throwable } from './throwable.js';

/** What Swoole throws for misuse of its functions, such as waiting outside a coroutine. @see Swoole\Error */
class SwooleError extends Throwable {
  static {
    brand(SwooleError, 'Swoole\\Error');
  }
}

export { SwooleError as Error };
