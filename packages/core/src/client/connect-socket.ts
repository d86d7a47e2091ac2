import { connect, isIP, type Socket } from 'node:net';
import tls from 'node:tls';
import { Wait } from '../coroutine/wait.js';
import { waitFor } from '../coroutine/wait-for.js';
import { SWOOLE_ERROR_SSL_CREATE_CONTEXT_FAILED, SWOOLE_ERROR_SSL_VERIFY_FAILED } from '../errors/numbers.js';
import { errorNumber } from '../socket/error-number.js';
import type { ConnectSettings } from './connect-settings.js';
import { proxyOf, tunnel, type UpstreamProxy } from './proxy.js';
import { isTrusted, tlsSettings } from './tls-settings.js';

const ETIMEDOUT = 110;
const ECANCELED = 125;
const WHAT = 'Swoole\\Coroutine\\Client->connect()';

/** Where to connect to. */
export type Target = {
  /** Whether it can still be sent to when the other side has ended; who connects has to close it then. */
  readonly allowHalfOpen?: boolean;
} & ({ readonly path: string } | { readonly host: string; readonly port: number; readonly family?: 4 | 6 });

/** What a protocol wants of its connections. */
export interface ConnectOptions {
  /** An HTTP proxy is spoken to itself: it is not asked to connect to the target. */
  readonly direct?: boolean;
  /** The protocols to offer over TLS. */
  readonly alpn?: readonly string[];
}

/**
 * Connects a socket, through a proxy where the settings name one.
 * @returns an error number when it cannot
 */
export async function connectSocket(
  target: Target,
  settings: ConnectSettings,
  ssl: boolean,
  seconds: number,
  { direct = false, alpn = [] }: ConnectOptions = {},
): Promise<Socket | number> {
  const proxy = 'host' in target ? proxyOf(settings) : null;
  const socket = connect({
    ...(proxy === null ? target : { host: proxy.host, port: proxy.port }),
    allowHalfOpen: target.allowHalfOpen === true,
    noDelay: settings.open_tcp_nodelay !== false,
    ...(settings.bind_address === undefined ? {} : { localAddress: settings.bind_address }),
    ...(settings.bind_port === undefined ? {} : { localPort: settings.bind_port }),
  });
  const connected = await outcome(socket, 'connect', seconds);
  if (connected !== 0) return connected;
  if (proxy !== null && 'host' in target && !(direct && proxy.kind === 'http')) {
    const through = await passed(socket, proxy, target.host, target.port, seconds);
    if (through !== 0) return through;
  }
  return ssl
    ? secureSocket(socket, settings, 'host' in target ? target.host : undefined, seconds, alpn)
    : socket;
}

/** @returns 0, or an error number: then the socket is gone */
async function passed(
  socket: Socket,
  proxy: UpstreamProxy,
  host: string,
  port: number,
  seconds: number,
): Promise<number> {
  const ends = { canceled: () => ECANCELED, timedOut: () => ETIMEDOUT };
  const error = await waitFor(WHAT, tunnel(socket, proxy, host, port), ends, seconds);
  if (error !== 0) socket.destroy();
  return error;
}

/** Begins to speak TLS on a connected socket. @returns an error number when it cannot */
export async function secureSocket(
  socket: Socket,
  settings: ConnectSettings,
  host?: string,
  seconds = -1,
  alpn: readonly string[] = [],
): Promise<Socket | number> {
  const named = host === undefined ? {} : { host, ...(isIP(host) === 0 ? { servername: host } : {}) };
  let secure: tls.TLSSocket;
  try {
    secure = tls.connect({
      socket,
      ...named,
      ...(alpn.length === 0 ? {} : { ALPNProtocols: [...alpn] }),
      ...tlsSettings(settings),
    });
  } catch {
    // A certificate, a key or an authority that cannot be read or used.
    socket.destroy();
    return SWOOLE_ERROR_SSL_CREATE_CONTEXT_FAILED;
  }
  const shaken = await outcome(secure, 'secureConnect', seconds);
  if (shaken !== 0 || isTrusted(secure, settings)) return shaken === 0 ? secure : shaken;
  secure.destroy();
  return SWOOLE_ERROR_SSL_VERIFY_FAILED;
}

/** Waits until the socket is ready. @returns 0, or an error number: then the socket is gone */
function outcome(socket: Socket, ready: 'connect' | 'secureConnect', seconds: number): Promise<number> {
  const giveUp = (error: number): number => {
    socket.destroy();
    return error;
  };
  const ends = { canceled: () => giveUp(ECANCELED), timedOut: () => giveUp(ETIMEDOUT) };
  const wait = new Wait<number>(WHAT, ends, seconds);
  socket.once(ready, () => {
    socket.off('error', failed);
    wait.wake(0);
  });
  const failed = (error: NodeJS.ErrnoException): void => {
    wait.wake(giveUp(errorNumber(error)));
  };
  socket.once('error', failed);
  return wait.promise;
}
