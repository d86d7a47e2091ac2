// What the setting swoole.use_shortname gives a PHP program. From the package itself, so that the names are the same classes and types.
import { Coroutine } from 'swoole-ts';

export { Coroutine as Co, Coroutine as co };
export const { defer, go } = Coroutine;
export const chan: typeof Coroutine.Channel = Coroutine.Channel;
export type chan<T = unknown> = Coroutine.Channel<T>;
