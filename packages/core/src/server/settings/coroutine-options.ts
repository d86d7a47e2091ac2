import type { CoroutineOptions } from '../../coroutine/options.js';
import type { ResolvedSettings, ServerSettings } from './settings.js';

/** What a server's settings say of coroutines; what it does not set stays as `Coroutine.set()` has left it. */
export function coroutineOptions(settings: ResolvedSettings, given: ServerSettings): CoroutineOptions {
  const options: CoroutineOptions = { enable_coroutine: settings.enable_coroutine };
  if ('max_coroutine' in given || 'max_coro_num' in given) options.max_coroutine = settings.max_coro_num;
  if ('enable_deadlock_check' in given) options.enable_deadlock_check = settings.enable_deadlock_check;
  return options;
}
