/** Whose numbers `swoole_strerror()` shall explain. */

export const SWOOLE_STRERROR_SYSTEM = 0;
export const SWOOLE_STRERROR_GAI = 1;
export const SWOOLE_STRERROR_DNS = 2;
export const SWOOLE_STRERROR_SWOOLE = 9;
