import { setOptions } from '../coroutine/options.js';
import { showWarnings } from '../errors/warnings.js';

/** What `swoole_async_set()` takes; other keys have no effect. */
export interface AsyncSettings {
  /** Whether callbacks of timers run as coroutines, true by default. */
  enable_coroutine?: boolean;
  /** How many coroutines there may be at a time. */
  max_coroutine?: number;
  /** Whether warnings that no handler takes are written to stderr. */
  display_errors?: boolean;
  [setting: string]: unknown;
}

/** Sets what holds for this thread outside of any server. @returns true @see swoole_async_set */
export function swoole_async_set(settings: AsyncSettings): boolean {
  const { display_errors, ...options } = settings;
  if (display_errors !== undefined) showWarnings(display_errors);
  setOptions(options);
  return true;
}
