/** Which blocking functions of PHP become coroutine functions: the `hook_flags` setting (bits). */

export const SWOOLE_HOOK_TCP = 1 << 1;
export const SWOOLE_HOOK_UDP = 1 << 2;
export const SWOOLE_HOOK_UNIX = 1 << 3;
export const SWOOLE_HOOK_UDG = 1 << 4;
export const SWOOLE_HOOK_SSL = 1 << 5;
export const SWOOLE_HOOK_TLS = 1 << 6;
export const SWOOLE_HOOK_STREAM_FUNCTION = 1 << 7;
export const SWOOLE_HOOK_STREAM_SELECT = 1 << 7;
export const SWOOLE_HOOK_FILE = 1 << 8;
export const SWOOLE_HOOK_SLEEP = 1 << 9;
export const SWOOLE_HOOK_PROC = 1 << 10;
export const SWOOLE_HOOK_CURL = 1 << 11;
export const SWOOLE_HOOK_NATIVE_CURL = 1 << 12;
export const SWOOLE_HOOK_SOCKETS = 1 << 14;
export const SWOOLE_HOOK_STDIO = 1 << 15;
export const SWOOLE_HOOK_NET_FUNCTION = 1 << 21;
export const SWOOLE_HOOK_MONGODB = 1 << 22;

// All but the ones that need a library of their own
export const SWOOLE_HOOK_ALL = 2143287295;
