import net from 'node:net';
import { SWOOLE_SOCK_UDP, SWOOLE_SOCK_UDP6, SWOOLE_SOCK_UNIX_DGRAM } from '../constants/index.js';
import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_BAD_HOST_ADDR,
  SWOOLE_ERROR_BAD_PORT,
  SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW,
  SWOOLE_ERROR_PHP_FATAL_ERROR,
} from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import { wrongPath } from './address.js';
import type { Port } from './port.js';

/** RFC 768 with the headers of RFC 791 and of RFC 8200: the length field counts 65535 bytes, UDP's own 8 among them. */
const LARGEST = { [SWOOLE_SOCK_UDP]: 65535 - 20 - 8, [SWOOLE_SOCK_UDP6]: 65535 - 8 };
const NAMES = { [SWOOLE_SOCK_UDP]: 'UDP', [SWOOLE_SOCK_UDP6]: 'UDP6', [SWOOLE_SOCK_UNIX_DGRAM]: 'UnixDgram' };
const EAGAIN = 11;
const EMSGSIZE = 90;

/** Sends a datagram from one of the ports; false with its reasons as `sendto()` tells them. */
export function sendDatagram(
  ports: readonly Port<never>[],
  address: string,
  port: number | undefined,
  data: string | Uint8Array,
  from: number,
): boolean {
  const type = typeOf(address);
  const last = ports.findLast((candidate) => candidate.type === type);
  if (last === undefined) {
    warn(`Swoole\\Server::sendto(): ${NAMES[type]} listener has to be added before executing sendto`);
    return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
  }
  const named = from < 0 ? last : ports[from];
  const socket = named?.datagrams ?? null;
  if (socket === null || named?.type !== type) return fail(SWOOLE_ERROR_BAD_PORT);
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  const wrong =
    type === SWOOLE_SOCK_UNIX_DGRAM
      ? wrongPath(address, port)
      : wrongAddress(address, port, bytes, LARGEST[type]);
  const error = wrong || socket.send(bytes, address, port ?? 0);
  return error === 0 || fail(error === EAGAIN ? SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW : error);
}

function typeOf(address: string): keyof typeof NAMES {
  if (address.startsWith('/')) return SWOOLE_SOCK_UNIX_DGRAM;
  return address.includes(':') ? SWOOLE_SOCK_UDP6 : SWOOLE_SOCK_UDP;
}

function wrongAddress(address: string, port: number | undefined, data: Uint8Array, largest: number): number {
  if (net.isIP(address) === 0) return SWOOLE_ERROR_BAD_HOST_ADDR;
  if (port === undefined || !Number.isInteger(port) || port < 1 || port > 65535) return SWOOLE_ERROR_BAD_PORT;
  return data.length > largest ? EMSGSIZE : 0;
}
