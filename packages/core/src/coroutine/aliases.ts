import { Coroutine } from './coroutine.js';
import { type Callable, create } from './lifecycle.js';

/** @see swoole_coroutine_create */
export function swoole_coroutine_create<Params extends unknown[]>(
  func: Callable<NoInfer<Params>>,
  ...params: Params
): number | false {
  return create('swoole_coroutine_create()', func, params);
}

/** @see swoole_coroutine_defer */
export const swoole_coroutine_defer = Coroutine.defer;
