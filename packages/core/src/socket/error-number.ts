import { constants } from 'node:os';
import {
  SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED,
  SWOOLE_ERROR_SSL_HANDSHAKE_FAILED,
  SWOOLE_ERROR_SSL_VERIFY_FAILED,
} from '../errors/numbers.js';

/** Swoole's number for what Node says has gone wrong with a socket. */
export function errorNumber({ code = '', errno, ...rest }: NodeJS.ErrnoException): number {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED;
  if (errno !== undefined) return Math.abs(errno);
  const known = constants.errno[code as keyof typeof constants.errno];
  if (known !== undefined) return known;
  // What is wrong with the certificate has a name that is none of OpenSSL's.
  return code.startsWith('ERR_SSL') || 'library' in rest
    ? SWOOLE_ERROR_SSL_HANDSHAKE_FAILED
    : SWOOLE_ERROR_SSL_VERIFY_FAILED;
}
