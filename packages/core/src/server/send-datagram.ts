import net from 'node:net';
import { SWOOLE_SOCK_UDP, SWOOLE_SOCK_UDP6 } from '../constants/index.js';
import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_BAD_HOST_ADDR,
  SWOOLE_ERROR_BAD_PORT,
  SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW,
  SWOOLE_ERROR_PHP_FATAL_ERROR,
} from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import type { Port } from './port.js';

/** RFC 768 with the headers of RFC 791 and of RFC 8200: the length field counts 65535 bytes, UDP's own 8 among them. */
const LARGEST = { [SWOOLE_SOCK_UDP]: 65535 - 20 - 8, [SWOOLE_SOCK_UDP6]: 65535 - 8 };
const EMSGSIZE = 90;

/** Sends a datagram from one of the ports; false with its reasons as `sendto()` tells them. */
export function sendDatagram(
  ports: readonly Port<never>[],
  address: string,
  port: number,
  data: string | Uint8Array,
  from: number,
): boolean {
  if (address.startsWith('/')) return missing('UnixDgram');
  const type = address.includes(':') ? SWOOLE_SOCK_UDP6 : SWOOLE_SOCK_UDP;
  const ofFamily = ports.filter((candidate) => candidate.type === type);
  const last = ofFamily.at(-1);
  if (last === undefined) return missing(type === SWOOLE_SOCK_UDP ? 'UDP' : 'UDP6');
  const named = from < 0 ? last : ports[from];
  const socket = named?.datagrams ?? null;
  if (socket === null || named?.type !== type) return fail(SWOOLE_ERROR_BAD_PORT);
  if (net.isIP(address) === 0) return fail(SWOOLE_ERROR_BAD_HOST_ADDR);
  if (!Number.isInteger(port) || port < 1 || port > 65535) return fail(SWOOLE_ERROR_BAD_PORT);
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  if (bytes.length > LARGEST[type]) return fail(EMSGSIZE);
  return socket.send(bytes, address, port) || fail(SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW);
}

function missing(kind: string): false {
  warn(`Swoole\\Server::sendto(): ${kind} listener has to be added before executing sendto`);
  return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
}
