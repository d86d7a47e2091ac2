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
import { isLongPath, unixDatagramsMissing } from '../engine/udp/index.js';
import {
  SWOOLE_ERROR_BAD_PORT,
  SWOOLE_ERROR_NAME_TOO_LONG,
  SWOOLE_ERROR_SERVER_INVALID_LISTEN_PORT,
} from '../errors/numbers.js';
import { swoole_strerror } from '../errors/strerror.js';

const ESOCKTNOSUPPORT = 94;
/** What a program is told that asks for a Unix datagram socket where there are none. */
export function noUnixDatagrams(reason = unixDatagramsMissing()): string {
  return `there are no Unix datagram sockets (${reason}), use SWOOLE_SOCK_UNIX_STREAM or SWOOLE_SOCK_UDP`;
}

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
    case SWOOLE_SOCK_UNIX_DGRAM:
      if (unixDatagramsMissing() !== null) return ESOCKTNOSUPPORT;
      return host === '' ? 0 : isLongPath(host) ? SWOOLE_ERROR_NAME_TOO_LONG : null;
    default:
      return ESOCKTNOSUPPORT;
  }
}

function isIpv6(type: number): boolean {
  return [SWOOLE_SOCK_TCP6, SWOOLE_SOCK_UDP6].includes(strip(type));
}

/** Swoole's text for an address that cannot be listened on; where there are no Unix datagram sockets also what to do, as Swoole has them. */
export function listenFailure(host: string, port: number, code: number, type = SWOOLE_SOCK_TCP): string {
  const text = `failed to listen server port[${host}:${port}], Error: ${swoole_strerror(code, 9)}[${code}]`;
  return isUnixDatagram(type) && code === ESOCKTNOSUPPORT ? `${text}: ${noUnixDatagrams()}` : text;
}

/** Whether a port of this type has connections. */
export function isStream(type: number): boolean {
  return ![SWOOLE_SOCK_UDP, SWOOLE_SOCK_UDP6, SWOOLE_SOCK_UNIX_DGRAM].includes(strip(type));
}

/** Whether the host of a port of this type is a path. */
export function isUnixSocket(type: number): boolean {
  return strip(type) === SWOOLE_SOCK_UNIX_STREAM || isUnixDatagram(type);
}

export function isUnixDatagram(type: number): boolean {
  return strip(type) === SWOOLE_SOCK_UNIX_DGRAM;
}

/** What is wrong with where a Unix datagram goes, as Swoole's error number; 0 for nothing. Swoole looks at the port, too. */
export function wrongPath(path: string, port = 0): number {
  if (port < 0 || port > 65535) return SWOOLE_ERROR_BAD_PORT;
  return isLongPath(path) ? SWOOLE_ERROR_NAME_TOO_LONG : 0;
}

/** Whether a Unix socket's path is already in use by a file. */
export function pathTaken(path: string): boolean {
  return existsSync(path);
}
