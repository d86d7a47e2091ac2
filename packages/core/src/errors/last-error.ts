let lastError = 0;

/** @internal Records the number that `swoole_last_error()` reports, and returns false for a short failure path. */
export function fail(code: number): false {
  lastError = code;
  return false;
}

/** The number of the last error; a success does not reset it. @see swoole_last_error */
export function swoole_last_error(): number {
  return lastError;
}

/** Sets the number of the last error. @see swoole_set_last_error */
export function swoole_set_last_error(code: number): void {
  lastError = code;
}

/** Sets the number of the last error to 0. @see swoole_clear_error */
export function swoole_clear_error(): void {
  lastError = 0;
}
