import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { fail } from '../../errors/last-error.js';
import {
  SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED,
  SWOOLE_ERROR_DNSLOOKUP_RESOLVE_TIMEOUT,
} from '../../errors/numbers.js';
import type { WaitEnds } from '../wait.js';

export const AF_INET = 2;

const family = (type: number): 4 | 6 => (type === AF_INET ? 4 : 6);

/** What a lookup ends with that is cancelled or takes too long. */
export const lookupEnds: WaitEnds<false> = {
  canceled: () => false,
  timedOut: () => fail(SWOOLE_ERROR_DNSLOOKUP_RESOLVE_TIMEOUT),
};

function unresolved(): false {
  return fail(SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED);
}

/** The addresses that the system knows for a name, each once. */
export async function addressesOf(name: string, type: number): Promise<string[] | false> {
  try {
    const found = await lookup(name, { family: family(type), all: true });
    return found.length > 0 ? [...new Set(found.map(({ address }) => address))] : unresolved();
  } catch {
    return unresolved();
  }
}

/** The first address that the system knows for a name. */
export async function firstAddressOf(name: string, type: number): Promise<string | false> {
  const addresses = await addressesOf(name, type);
  return addresses === false ? false : (addresses[0] as string);
}

/** The first address that the DNS servers tell for a name. An address stands for itself. */
export async function resolveName(name: string, type: number, seconds: number): Promise<string | false> {
  if (isIP(name) !== 0) return name;
  const resolver = new Resolver({ timeout: Math.max(1, Math.round(seconds * 1000)), tries: 1 });
  try {
    const found = family(type) === 4 ? await resolver.resolve4(name) : await resolver.resolve6(name);
    return found[0] ?? unresolved();
  } catch (error) {
    const late = (error as NodeJS.ErrnoException).code === 'ETIMEOUT';
    return late ? fail(SWOOLE_ERROR_DNSLOOKUP_RESOLVE_TIMEOUT) : unresolved();
  }
}
