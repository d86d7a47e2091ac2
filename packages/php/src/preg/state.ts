/** What `preg_last_error()` tells. */
export const preg = { error: 0 };
