// What the setting swoole.use_shortname gives a PHP program. From the package itself, so that the names are the same classes and types.
import { Coroutine, swoole_coroutine_create, swoole_coroutine_defer } from 'swoole-ts';

export { Coroutine as Co, Coroutine as co, swoole_coroutine_create as go, swoole_coroutine_defer as defer };
export const chan: typeof Coroutine.Channel = Coroutine.Channel;
export type chan<T = unknown> = Coroutine.Channel<T>;
