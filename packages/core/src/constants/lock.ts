/** Kinds of `Swoole.Lock`. */

export const SWOOLE_RWLOCK = 1;
export const FILE_LOCK = 2;
export const SWOOLE_MUTEX = 3;
export const SWOOLE_SPINLOCK = 5;
