import { brand, Throwable } from './throwable.js';

/** What an ArrayObject throws for a key that it does not have. @see Swoole\Exception\ArrayKeyNotExists */
export class ArrayKeyNotExists extends Throwable {
  static {
    brand(ArrayKeyNotExists, 'Swoole\\Exception\\ArrayKeyNotExists');
  }
}
