/** Coroutines and channels. */

// The `max_coroutine` setting: its default, and its limit (in PHP 2^63 - 1)
export const SWOOLE_DEFAULT_MAX_CORO_NUM = 100000;
export const SWOOLE_CORO_MAX_NUM_LIMIT = 2 ** 63;

// States of a coroutine
export const SWOOLE_CORO_INIT = 0;
export const SWOOLE_CORO_WAITING = 1;
export const SWOOLE_CORO_RUNNING = 2;
export const SWOOLE_CORO_END = 3;

// `errCode` of a channel
export const SWOOLE_CHANNEL_CANCELED = -3;
export const SWOOLE_CHANNEL_CLOSED = -2;
export const SWOOLE_CHANNEL_TIMEOUT = -1;
export const SWOOLE_CHANNEL_OK = 0;

// Where `exit()` was called: flags of an ExitException
export const SWOOLE_EXIT_IN_COROUTINE = 2;
export const SWOOLE_EXIT_IN_SERVER = 4;
