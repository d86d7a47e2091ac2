/**
 * What a coroutine keeps for itself: `context.user = …` or `context['user'] = …`, gone when the coroutine ends.
 * `count()`, `Object.keys()` and `for (const [key, value] of context)` see what was set.
 * @see Swoole\Coroutine\Context
 */
export class Context {
  static readonly phpName = 'Swoole\\Coroutine\\Context';
  [key: string]: unknown;

  /** How many values there are. @see Swoole\Coroutine\Context::count */
  count(): number {
    return Object.keys(this).length;
  }

  /** A plain object with the same values. @see Swoole\Coroutine\Context::getArrayCopy */
  getArrayCopy(): Record<string, unknown> {
    return { ...this };
  }

  [Symbol.iterator](): IterableIterator<[key: string, value: unknown]> {
    return Object.entries(this)[Symbol.iterator]();
  }
}
