import { Coroutine } from './coroutine.js';
import { type Callable, create } from './lifecycle.js';
import { AF_INET } from './system/names.js';
import { System } from './system.js';

/** @see swoole_coroutine_create */
export function swoole_coroutine_create<Params extends unknown[]>(
  func: Callable<NoInfer<Params>>,
  ...params: Params
): number | false {
  return create('swoole_coroutine_create()', func, params);
}

/** @see swoole_coroutine_defer */
export const swoole_coroutine_defer = Coroutine.defer;

/** The address of a host: the same as `Coroutine.System.dnsLookup()`. @param timeout in seconds @returns false when there is none @see swoole_async_dns_lookup_coro */
export function swoole_async_dns_lookup_coro(
  domain_name: string,
  timeout = 60,
  type = AF_INET,
): Promise<string | false> {
  return System.dnsLookup(domain_name, timeout, type);
}
