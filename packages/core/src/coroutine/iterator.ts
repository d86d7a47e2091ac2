import { TimerIterator } from '../timer/iterator.js';

/** The ids of the coroutines there were when it was made. @see Swoole\Coroutine\Iterator */
export class CoroutineIterator extends TimerIterator {
  static override readonly phpName: string = 'Swoole\\Coroutine\\Iterator';
}
