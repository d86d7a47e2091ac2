/** Logging: levels, rotation, what is traced. */

// The `log_level` setting
export const SWOOLE_LOG_DEBUG = 0;
export const SWOOLE_LOG_TRACE = 1;
export const SWOOLE_LOG_INFO = 2;
export const SWOOLE_LOG_NOTICE = 3;
export const SWOOLE_LOG_WARNING = 4;
export const SWOOLE_LOG_ERROR = 5;
export const SWOOLE_LOG_NONE = 6;

// The `log_rotation` setting
export const SWOOLE_LOG_ROTATION_SINGLE = 0;
export const SWOOLE_LOG_ROTATION_MONTHLY = 1;
export const SWOOLE_LOG_ROTATION_DAILY = 2;
export const SWOOLE_LOG_ROTATION_HOURLY = 3;
export const SWOOLE_LOG_ROTATION_EVERY_MINUTE = 4;

// The `trace_flags` setting (bits; beyond 32 of them: not for JavaScript's bit operators)
export const SWOOLE_TRACE_SERVER = 1 << 1;
export const SWOOLE_TRACE_CLIENT = 1 << 2;
export const SWOOLE_TRACE_BUFFER = 1 << 3;
export const SWOOLE_TRACE_CONN = 1 << 4;
export const SWOOLE_TRACE_EVENT = 1 << 5;
export const SWOOLE_TRACE_WORKER = 1 << 6;
export const SWOOLE_TRACE_MEMORY = 1 << 7;
export const SWOOLE_TRACE_REACTOR = 1 << 8;
export const SWOOLE_TRACE_PHP = 1 << 9;
export const SWOOLE_TRACE_HTTP = 1 << 10;
export const SWOOLE_TRACE_HTTP2 = 1 << 11;
export const SWOOLE_TRACE_EOF_PROTOCOL = 1 << 12;
export const SWOOLE_TRACE_LENGTH_PROTOCOL = 1 << 13;
export const SWOOLE_TRACE_CLOSE = 1 << 14;
export const SWOOLE_TRACE_WEBSOCKET = 1 << 15;
export const SWOOLE_TRACE_REDIS_CLIENT = 1 << 16;
export const SWOOLE_TRACE_MYSQL_CLIENT = 1 << 17;
export const SWOOLE_TRACE_HTTP_CLIENT = 1 << 18;
export const SWOOLE_TRACE_AIO = 1 << 19;
export const SWOOLE_TRACE_SSL = 1 << 20;
export const SWOOLE_TRACE_NORMAL = 1 << 21;
export const SWOOLE_TRACE_CHANNEL = 1 << 22;
export const SWOOLE_TRACE_TIMER = 1 << 23;
export const SWOOLE_TRACE_SOCKET = 1 << 24;
export const SWOOLE_TRACE_COROUTINE = 1 << 25;
export const SWOOLE_TRACE_CONTEXT = 1 << 26;
export const SWOOLE_TRACE_CO_HTTP_SERVER = 1 << 27;
export const SWOOLE_TRACE_TABLE = 1 << 28;
export const SWOOLE_TRACE_CO_CURL = 1 << 29;
export const SWOOLE_TRACE_CARES = 1 << 30;
export const SWOOLE_TRACE_ZLIB = 2 ** 31;
export const SWOOLE_TRACE_CO_PGSQL = 2 ** 32;
export const SWOOLE_TRACE_CO_ODBC = 2 ** 33;
export const SWOOLE_TRACE_CO_ORACLE = 2 ** 34;
export const SWOOLE_TRACE_CO_SQLITE = 2 ** 35;
export const SWOOLE_TRACE_CO_FIREBIRD = 2 ** 36;
export const SWOOLE_TRACE_CO_SSH2 = 2 ** 37;
export const SWOOLE_TRACE_THREAD = 2 ** 40;

// In PHP 2^63 - 1, all bits; this is the nearest number
export const SWOOLE_TRACE_ALL = 2 ** 63;
