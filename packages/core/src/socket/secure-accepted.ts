import type { Socket } from 'node:net';
import tls from 'node:tls';
import { type ClientTlsSettings, tlsSettings } from '../client/tls-settings.js';
import { Wait } from '../coroutine/wait.js';
import {
  SWOOLE_ERROR_SSL_CREATE_CONTEXT_FAILED,
  SWOOLE_ERROR_SSL_HANDSHAKE_FAILED,
  SWOOLE_ERROR_SSL_VERIFY_FAILED,
} from '../errors/numbers.js';
import { ECANCELED, ETIMEDOUT } from './numbers.js';

/** Begins to speak TLS with a client that was accepted. @returns an error number when it cannot */
export function secureAccepted(
  socket: Socket,
  settings: ClientTlsSettings,
  seconds: number,
): Promise<Socket | number> {
  const { ssl_verify_peer: verify = false, ssl_allow_self_signed: selfSigned = false } = settings;
  const giveUp = (error: number): number => {
    socket.destroy();
    return error;
  };
  const server = serverOf(settings);
  if (server === null) return Promise.resolve(giveUp(SWOOLE_ERROR_SSL_CREATE_CONTEXT_FAILED));
  const ends = { canceled: () => giveUp(ECANCELED), timedOut: () => giveUp(ETIMEDOUT) };
  const wait = new Wait<Socket | number>('Swoole\\Coroutine\\Socket->sslHandshake()', ends, seconds);
  server.once('secureConnection', (secure) => {
    const welcome = !verify || secure.authorized || (selfSigned && signsItself(secure));
    wait.wake(welcome ? secure : giveUp(SWOOLE_ERROR_SSL_VERIFY_FAILED));
  });
  server.once('tlsClientError', () => wait.wake(giveUp(SWOOLE_ERROR_SSL_HANDSHAKE_FAILED)));
  // A server that does not listen, but shakes hands with those whom somebody else has accepted.
  server.emit('connection', socket);
  return wait.promise;
}

/** Null for a certificate or a key that cannot be read or used. */
function serverOf({ ssl_verify_peer: verify = false, ...settings }: ClientTlsSettings): tls.Server | null {
  try {
    return tls.createServer({
      ...tlsSettings(settings),
      allowHalfOpen: true,
      minVersion: 'TLSv1.2',
      requestCert: verify,
      // Judged above: one that signs itself may be welcome.
      rejectUnauthorized: false,
    });
  } catch {
    return null;
  }
}

/** Node's types have an Error here, Node has its code. */
function signsItself(secure: tls.TLSSocket): boolean {
  return String(secure.authorizationError) === 'DEPTH_ZERO_SELF_SIGNED_CERT';
}
