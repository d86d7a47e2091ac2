import { availableParallelism, networkInterfaces } from 'node:os';
import { SWOOLE_VERSION } from '../constants/version.js';

/** PHP's AF_INET6, which Linux numbers 10 and macOS 30. */
const AF_INET6 = process.platform === 'darwin' ? 30 : 10;
const AF_INET = 2;

/** The version of Swoole whose behaviour this library has. @see swoole_version */
export function swoole_version(): string {
  return SWOOLE_VERSION;
}

/** How many processors this process may use. @see swoole_cpu_num */
export function swoole_cpu_num(): number {
  return availableParallelism();
}

/**
 * The addresses of this machine by the name of their interface, without loopback; the last one where an interface has several.
 * @param family AF_INET (2, the default) or AF_INET6 (10; 30 on macOS)
 * @see swoole_get_local_ip
 */
export function swoole_get_local_ip(family = AF_INET): Record<string, string> {
  const wanted = family === AF_INET ? 'IPv4' : family === AF_INET6 ? 'IPv6' : null;
  const found: Record<string, string> = {};
  for (const [name, addresses = []] of Object.entries(networkInterfaces())) {
    for (const { family: kind, internal, address } of addresses) {
      if (kind === wanted && !internal) found[name] = address;
    }
  }
  return found;
}

/**
 * The hardware addresses of this machine's interfaces that have an IPv4 address, without loopback: `02:42:AC:11:00:02`.
 * @see swoole_get_local_mac
 */
export function swoole_get_local_mac(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, addresses = []] of Object.entries(networkInterfaces())) {
    for (const { family, internal, mac } of addresses) {
      if (family === 'IPv4' && !internal) found[name] = mac.toUpperCase();
    }
  }
  return found;
}

/** Names this process in `ps` and `top`. The system may cut the name. @see swoole_set_process_name */
export function swoole_set_process_name(process_name: string): boolean {
  process.title = process_name;
  return true;
}
