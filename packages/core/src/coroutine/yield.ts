import { Wait } from './wait.js';

/** The wait of a coroutine that has yielded: `Coroutine.resume()` ends it. */
export class Yield extends Wait<boolean> {
  constructor() {
    super('Swoole\\Coroutine::yield()', { canceled: () => false });
  }
}
