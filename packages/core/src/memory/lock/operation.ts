/** What `Lock.lock()` is to do, PHP's constants of `flock()`: one of the first three, with or without the last. */

/** Together with other readers. */
export const LOCK_SH = 1;
/** Alone. */
export const LOCK_EX = 2;
export const LOCK_UN = 3;
/** Without waiting. */
export const LOCK_NB = 4;
