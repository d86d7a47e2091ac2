import { getSystemErrorMap } from 'node:util';
import {
  SWOOLE_STRERROR_DNS,
  SWOOLE_STRERROR_GAI,
  SWOOLE_STRERROR_SWOOLE,
  SWOOLE_STRERROR_SYSTEM,
} from '../constants/strerror.js';
import { SWOOLE_ERROR_TEXTS } from './swoole-error-texts.js';
import { SYSTEM_ERRORS } from './system-errors.js';

/** Numbers below this belong to the system. */
const FIRST_SWOOLE_ERROR = 500;

/** What getaddrinfo() returns on Linux. */
const GAI_TEXTS: ReadonlyMap<number, string> = new Map([
  [-1, 'Bad value for ai_flags'],
  [-2, 'Name or service not known'],
  [-3, 'Temporary failure in name resolution'],
  [-4, 'Non-recoverable failure in name resolution'],
  [-5, 'No address associated with hostname'],
  [-6, 'ai_family not supported'],
  [-7, 'ai_socktype not supported'],
  [-8, 'Servname not supported for ai_socktype'],
  [-9, 'Address family for hostname not supported'],
  [-10, 'Memory allocation failure'],
  [-11, 'System error'],
  [-100, 'Processing request in progress'],
  [-101, 'Request canceled'],
  [-102, 'Request not canceled'],
  [-103, 'All requests done'],
  [-104, 'Interrupted by a signal'],
  [-105, 'Parameter string not correctly encoded'],
]);

/** What gethostbyname() leaves in h_errno, from 0. */
const RESOLVER_TEXTS = [
  'Resolver Error 0 (no error)',
  'Unknown host',
  'Host name lookup failure',
  'Unknown server error',
  'No address associated with name',
];

/** Node names a system's own numbers; the text comes from the name. */
function textByName(name: string | undefined): string | undefined {
  for (const [candidate, text] of SYSTEM_ERRORS.values()) if (candidate === name) return text;
  return undefined;
}

function systemText(code: number): string {
  if (code === 0) return 'Success';
  const text =
    process.platform === 'linux'
      ? SYSTEM_ERRORS.get(code)?.[1]
      : textByName(getSystemErrorMap().get(-code)?.[0]);
  return text ?? `Unknown error ${code}`;
}

function swooleText(code: number): string {
  if (code < FIRST_SWOOLE_ERROR) return systemText(code);
  return SWOOLE_ERROR_TEXTS.get(code) ?? `Unknown error ${code}`;
}

/**
 * The text of an error number.
 * @param errno from `swoole_last_error()`, `getLastError()`, `errCode`…; Swoole's own numbers are known by any type
 * @param error_type whose number it is: `SWOOLE_STRERROR_*`
 * @returns English text, `Unknown error N` for an unknown number
 * @see swoole_strerror
 */
export function swoole_strerror(errno: number, error_type: number = SWOOLE_STRERROR_SYSTEM): string {
  if (error_type === SWOOLE_STRERROR_GAI) return GAI_TEXTS.get(errno) ?? 'Unknown error';
  if (error_type === SWOOLE_STRERROR_DNS) {
    return errno < 0 ? 'Resolver internal error' : (RESOLVER_TEXTS[errno] ?? 'Unknown resolver error');
  }
  if (error_type === SWOOLE_STRERROR_SWOOLE || SWOOLE_ERROR_TEXTS.has(errno)) return swooleText(errno);
  return systemText(errno);
}
