import { Socket as Datagrams } from 'node:dgram';
import { Server, Socket } from 'node:net';
import {
  SO_BROADCAST,
  SO_ERROR,
  SO_KEEPALIVE,
  SO_RCVBUF,
  SO_REUSEADDR,
  SO_SNDBUF,
  SO_TYPE,
  SOL_SOCKET,
  SOL_TCP,
  TCP_NODELAY,
} from '../constants/sockets.js';
import { PhpTypeError } from '../errors/exceptions.js';
import { warn } from '../errors/raise.js';
import { toBool, toInt, typeName } from '../value/convert.js';
import type { Ref } from '../value/ref.js';

type AnySocket = Server | Socket | Datagrams;
type Box = Ref<string> | Ref<number> | Ref<unknown> | null;

const STREAM = 1;
const DGRAM = 2;

/** What the program has set; Node tells none of it. */
const known = new WeakMap<AnySocket, Map<string, number>>();

function open(socket: unknown, who: string): AnySocket {
  if (socket instanceof Server || socket instanceof Socket || socket instanceof Datagrams) return socket;
  throw new PhpTypeError(`${who}(): Argument #1 ($socket) must be of type Socket, ${typeName(socket)} given`);
}

function put(box: Box | undefined, value: unknown): void {
  if (box) (box as Ref<unknown>).value = value;
}

/** Tells where a socket of Node's listens, or the near end of a connection. @returns false, with a warning, when it has no address */
export function socket_getsockname(socket: unknown, address: Box, port?: Box): boolean {
  const from = quietAddress(open(socket, 'socket_getsockname'));
  if (from === null)
    return fail('socket_getsockname', 'unable to retrieve socket name', 9, 'Bad file descriptor');
  if (typeof from === 'string') put(address, from);
  else if (from.address !== undefined) {
    put(address, from.address);
    put(port, from.port);
  }
  return true;
}

/** Tells the far end of a connection. @returns false, with a warning, when it has none */
export function socket_getpeername(socket: unknown, address: Box, port?: Box): boolean {
  const one = open(socket, 'socket_getpeername');
  const to = one instanceof Socket ? { address: one.remoteAddress, port: one.remotePort } : null;
  if (to?.address === undefined)
    return fail(
      'socket_getpeername',
      'unable to retrieve peer name',
      107,
      'Transport endpoint is not connected',
    );
  put(address, to.address);
  put(port, to.port);
  return true;
}

function quietAddress(socket: AnySocket): string | { address?: string; port?: number } | null {
  try {
    return socket.address();
  } catch {
    return null;
  }
}

/**
 * An option of a socket, as far as it is known: its type, those that Node sets for all, and what the program has set.
 * @returns false, with a warning, for another one
 */
export function socket_get_option(socket: unknown, level: unknown, option: unknown): number | false {
  const one = open(socket, 'socket_get_option');
  const [at, which] = [toInt(level), toInt(option)];
  const set = known.get(one)?.get(`${at} ${which}`);
  if (set !== undefined) return set;
  if (at === SOL_SOCKET) {
    if (which === SO_TYPE) return one instanceof Datagrams ? DGRAM : STREAM;
    // Node sets it for every TCP socket that listens, and for no other unless told to.
    if (which === SO_REUSEADDR) return one instanceof Server ? 1 : 0;
    if (which === SO_ERROR || which === SO_KEEPALIVE) return 0;
    if (one instanceof Datagrams && which === SO_RCVBUF) return one.getRecvBufferSize();
    if (one instanceof Datagrams && which === SO_SNDBUF) return one.getSendBufferSize();
  }
  return fail('socket_get_option', 'Unable to retrieve socket option', 92, 'Protocol not available');
}

/** Sets an option that Node can: SO_KEEPALIVE and TCP_NODELAY of a connection, SO_BROADCAST and the buffers of a datagram socket. */
export function socket_set_option(socket: unknown, level: unknown, option: unknown, value: unknown): boolean {
  const one = open(socket, 'socket_set_option');
  const [at, which] = [toInt(level), toInt(option)];
  if (!apply(one, at, which, value))
    return fail('socket_set_option', 'Unable to set socket option', 92, 'Protocol not available');
  // The system tells the sizes of buffers itself.
  if (which === SO_RCVBUF || which === SO_SNDBUF) return true;
  const all = known.get(one) ?? new Map<string, number>();
  known.set(one, all.set(`${at} ${which}`, toBool(value) ? 1 : 0));
  return true;
}

export { socket_get_option as socket_getopt, socket_set_option as socket_setopt };

function apply(socket: AnySocket, level: number, option: number, value: unknown): boolean {
  if (socket instanceof Socket) {
    if (level === SOL_SOCKET && option === SO_KEEPALIVE) socket.setKeepAlive(toBool(value));
    else if (level === SOL_TCP && option === TCP_NODELAY) socket.setNoDelay(toBool(value));
    else return false;
    return true;
  }
  if (level !== SOL_SOCKET || !(socket instanceof Datagrams)) return false;
  if (option === SO_BROADCAST) socket.setBroadcast(toBool(value));
  else if (option === SO_RCVBUF) socket.setRecvBufferSize(toInt(value));
  else if (option === SO_SNDBUF) socket.setSendBufferSize(toInt(value));
  else return false;
  return true;
}

function fail(who: string, what: string, code: number, text: string): false {
  warn(`${who}(): ${what} [${code}]: ${text}`);
  return false;
}
