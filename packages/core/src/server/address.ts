import { existsSync } from 'node:fs';
import net from 'node:net';
import {
  SWOOLE_SOCK_TCP,
  SWOOLE_SOCK_TCP6,
  SWOOLE_SOCK_UDP,
  SWOOLE_SOCK_UDP6,
  SWOOLE_SOCK_UNIX_DGRAM,
  SWOOLE_SOCK_UNIX_STREAM,
  SWOOLE_SSL,
} from '../constants/index.js';
import { SWOOLE_ERROR_SERVER_INVALID_LISTEN_PORT } from '../errors/numbers.js';
import { swoole_strerror } from '../errors/strerror.js';

const ESOCKTNOSUPPORT = 94;
/** What a program is told that asks for a Unix datagram socket. */
export const NO_UNIX_DATAGRAMS =
  'Node has no Unix datagram sockets, use SWOOLE_SOCK_UNIX_STREAM or SWOOLE_SOCK_UDP';
const strip = (type: number): number => type & ~SWOOLE_SSL;

/** What is wrong with an address, as Swoole's error number; null when it can be listened on. */
export function addressError(host: string, port: number, type: number): number | null {
  switch (strip(type)) {
    case SWOOLE_SOCK_UNIX_STREAM:
      return host === '' ? 0 : null;
    case SWOOLE_SOCK_TCP:
    case SWOOLE_SOCK_TCP6:
    case SWOOLE_SOCK_UDP:
    case SWOOLE_SOCK_UDP6:
      if (!Number.isInteger(port) || port < 0 || port > 65535) return SWOOLE_ERROR_SERVER_INVALID_LISTEN_PORT;
      return net.isIP(host) === (isIpv6(type) ? 6 : 4) ? null : 0;
    default:
      return ESOCKTNOSUPPORT;
  }
}

function isIpv6(type: number): boolean {
  return [SWOOLE_SOCK_TCP6, SWOOLE_SOCK_UDP6].includes(strip(type));
}

/** Swoole's text for an address that cannot be listened on; for a Unix datagram socket also what to do, as Swoole has them. */
export function listenFailure(host: string, port: number, code: number, type = SWOOLE_SOCK_TCP): string {
  const text = `failed to listen server port[${host}:${port}], Error: ${swoole_strerror(code, 9)}[${code}]`;
  return strip(type) === SWOOLE_SOCK_UNIX_DGRAM ? `${text}: ${NO_UNIX_DATAGRAMS}` : text;
}

/** Whether a port of this type has connections. */
export function isStream(type: number): boolean {
  return ![SWOOLE_SOCK_UDP, SWOOLE_SOCK_UDP6, SWOOLE_SOCK_UNIX_DGRAM].includes(strip(type));
}

export function isUnixSocket(type: number): boolean {
  return strip(type) === SWOOLE_SOCK_UNIX_STREAM;
}

/** Whether a Unix socket's path is already in use by a file. */
export function pathTaken(path: string): boolean {
  return existsSync(path);
}
