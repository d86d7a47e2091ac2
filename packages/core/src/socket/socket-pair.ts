import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectSocket } from '../client/connect-socket.js';
import { unixDatagramsMissing } from '../engine/udp/index.js';
import { fail } from '../errors/last-error.js';
import { swoole_strerror } from '../errors/strerror.js';
import { warn } from '../errors/warnings.js';
import { errorNumber } from './error-number.js';
import { Listener } from './listener.js';
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  EAFNOSUPPORT,
  ECANCELED,
  EINVAL,
  EOPNOTSUPP,
  ESOCKTNOSUPPORT,
  nextFd,
  SOCK_DGRAM,
  SOCK_STREAM,
} from './numbers.js';
import { Socket } from './socket.js';

const WHAT = 'swoole_coroutine_socketpair()';

/**
 * Makes two sockets that are connected to each other.
 * @param domain AF_UNIX (1)
 * @param type SOCK_STREAM (1) or SOCK_DGRAM (2)
 * @param protocol kept
 * @returns false, with a warning, for others: 95 for another family, 94 where there are no Unix datagram sockets
 * @see swoole_coroutine_socketpair
 */
export async function swoole_coroutine_socketpair(
  domain: number,
  type: number,
  protocol: number,
): Promise<[Socket, Socket] | false> {
  const error = impossible(domain, type);
  const made = error || (type === SOCK_DGRAM ? datagrams(protocol) : await connected(domain, type, protocol));
  if (typeof made !== 'number') return made;
  warn(`${WHAT}: failed to create socket, Error: ${swoole_strerror(made)}[${made}]`);
  return fail(made);
}

function impossible(domain: number, type: number): number {
  if (domain === AF_INET || domain === AF_INET6) return EOPNOTSUPP;
  if (domain !== AF_UNIX) return EAFNOSUPPORT;
  if (type === SOCK_DGRAM && unixDatagramsMissing() !== null) return ESOCKTNOSUPPORT;
  return type === SOCK_STREAM || type === SOCK_DGRAM ? 0 : EINVAL;
}

function datagrams(protocol: number): [Socket, Socket] | number {
  try {
    return Socket.pair(AF_UNIX, SOCK_DGRAM, protocol);
  } catch (error) {
    return errorNumber(error as NodeJS.ErrnoException);
  }
}

/** Node makes no pairs: one end connects to the other in a folder that nobody else may look into. */
async function connected(domain: number, type: number, protocol: number): Promise<[Socket, Socket] | number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'swoole-ts-'));
  try {
    const target = { path: path.join(folder, 'pair') };
    const listener = await Listener.open(nextFd(), target, 1, false);
    if (typeof listener === 'number') return listener;
    const [left, right] = await Promise.all([
      connectSocket({ ...target, allowHalfOpen: true }, {}, false, -1),
      listener.accept(WHAT, -1),
    ]);
    // That promise is kept when the pair has ended.
    void listener.close(ECANCELED);
    if (typeof left === 'number') return left;
    if (typeof right === 'number') return right;
    return [Socket.of(domain, type, protocol, left), Socket.of(domain, type, protocol, right)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
