/** Shortest and longest timers, in milliseconds and in seconds. */

// Shortest
export const SWOOLE_TIMER_MIN_SEC = 0.001;
export const SWOOLE_TIMER_MIN_MS = 1;

// Longest; in PHP 2^63 - 1 milliseconds
export const SWOOLE_TIMER_MAX_SEC = 9223372036854776;
export const SWOOLE_TIMER_MAX_MS = 2 ** 63;
