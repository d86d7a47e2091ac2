// What the setting swoole.use_shortname gives a PHP program. From the package itself, so that the names are the same classes and types.
import { Coroutine, swoole_coroutine_defer } from 'swoole-ts';

export { Coroutine as Co, Coroutine as co, swoole_coroutine_defer as defer };
/** Starts a coroutine, and warns under its short name. @see go */
export function go<Params extends unknown[]>(
  func: (...params: NoInfer<Params>) => unknown,
  ...params: Params
): number | false {
  return Coroutine.go(func, ...params);
}
export const chan: typeof Coroutine.Channel = Coroutine.Channel;
export type chan<T = unknown> = Coroutine.Channel<T>;
