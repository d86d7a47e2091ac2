import { readFileSync } from 'node:fs';
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

/** Whether this process runs in a container of Docker or Kubernetes. @see swoole_is_in_container */
export function swoole_is_in_container(): boolean {
  return /kubepods|docker/.test(contentOf('/proc/self/mountinfo'));
}

/**
 * How many whole processors a container may use; without a container, or without a limit from 1 up, those of the machine.
 * The environment variable SWOOLE_CPU_NUM goes before.
 * @see swoole_container_cpu_num
 */
export function swoole_container_cpu_num(): number {
  const told = Number.parseInt(process.env.SWOOLE_CPU_NUM ?? '', 10);
  if (told > 0) return told;
  if (!swoole_is_in_container()) return swoole_cpu_num();
  const [quota, period] = contentOf('/sys/fs/cgroup/cpu.max').split(' ');
  const limit = Math.floor(Number(quota) / Number(period));
  return limit >= 1 ? limit : swoole_cpu_num();
}

/** The text of a file, empty when it cannot be read. */
function contentOf(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch {
    return '';
  }
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
