import { connect, type Socket } from 'node:net';
import tls from 'node:tls';
import { Wait } from '../coroutine/wait.js';
import { SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED, SWOOLE_ERROR_SSL_VERIFY_FAILED } from '../errors/numbers.js';
import type { ClientSettings } from './client-settings.js';
import { tlsSettings } from './tls-settings.js';

const ETIMEDOUT = 110;
const ECANCELED = 125;

/** Where to connect to. */
export type Target = { readonly path: string } | { readonly host: string; readonly port: number };

/** Connects a socket. @returns an error number when it cannot */
export async function connectSocket(
  target: Target,
  settings: ClientSettings,
  ssl: boolean,
  seconds: number,
): Promise<Socket | number> {
  const socket = connect({
    ...target,
    noDelay: settings.open_tcp_nodelay !== false,
    ...(settings.bind_address === undefined ? {} : { localAddress: settings.bind_address }),
    ...(settings.bind_port === undefined ? {} : { localPort: settings.bind_port }),
  });
  const connected = await outcome(socket, 'connect', seconds);
  if (connected !== 0) return connected;
  return ssl ? secureSocket(socket, settings, 'host' in target ? target.host : undefined, seconds) : socket;
}

/** Begins to speak TLS on a connected socket. @returns an error number when it cannot */
export async function secureSocket(
  socket: Socket,
  settings: ClientSettings,
  host?: string,
  seconds = -1,
): Promise<Socket | number> {
  const options = tlsSettings(settings);
  const secure = tls.connect({ socket, ...(host === undefined ? {} : { host }), ...options });
  const shaken = await outcome(secure, 'secureConnect', seconds);
  if (shaken === 0) return secure;
  return shaken;
}

/** Waits until the socket is ready. @returns 0, or an error number: then the socket is gone */
function outcome(socket: Socket, ready: 'connect' | 'secureConnect', seconds: number): Promise<number> {
  const giveUp = (error: number): number => {
    socket.destroy();
    return error;
  };
  const ends = { canceled: () => giveUp(ECANCELED), timedOut: () => giveUp(ETIMEDOUT) };
  const wait = new Wait<number>('Swoole\\Coroutine\\Client->connect()', ends, seconds);
  socket.once(ready, () => {
    socket.off('error', failed);
    wait.wake(0);
  });
  const failed = (error: NodeJS.ErrnoException): void => {
    wait.wake(giveUp(numberOf(error)));
  };
  socket.once('error', failed);
  return wait.promise;
}

function numberOf({ code = '', errno }: NodeJS.ErrnoException): number {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED;
  return errno === undefined ? SWOOLE_ERROR_SSL_VERIFY_FAILED : Math.abs(errno);
}
