import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_PHP_RUNTIME_NOTICE } from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import { cookieDate } from './http-date.js';
import { phpText } from './php-text.js';

/** The parts of a Set-Cookie header; text that is empty stands for a part that is not set. */
export interface CookieParts {
  name: string;
  value: string;
  path: string;
  domain: string;
  sameSite: string;
  priority: string;
  /** Whether the value is url-encoded. */
  encode: boolean;
  /** Seconds since 1970; 0 and less for a cookie that ends with the browser's session. */
  expires: number;
  secure: boolean;
  httpOnly: boolean;
  partitioned: boolean;
}

/** What follows the name in `Response::cookie()`, in its order. */
export type CookieOptions = [
  value?: string | number | bigint | boolean | null,
  expires?: number,
  path?: string,
  domain?: string,
  secure?: boolean,
  httponly?: boolean,
  samesite?: string,
  priority?: string,
  partitioned?: boolean,
];

const FORBIDDEN = '",", ";", " ", "\\t", "\\r", "\\n", "\\013", or "\\014"';
/** The first second of the year 10000. */
const TOO_FAR = 253_402_300_800;

function isForbidden(code: number): boolean {
  return code === 0x2c || code === 0x3b || code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

function hasForbidden(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (isForbidden(text.charCodeAt(i))) return true;
  return false;
}

function isUnreserved(byte: number): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x2d ||
    byte === 0x2e ||
    byte === 0x5f
  );
}

/** PHP's `urlencode`. */
export function urlEncode(text: string): string {
  let plain = 0;
  while (plain < text.length && isUnreserved(text.charCodeAt(plain))) plain++;
  if (plain === text.length) return text;
  let encoded = text.slice(0, plain);
  for (const byte of Buffer.from(text.slice(plain))) {
    if (isUnreserved(byte)) encoded += String.fromCharCode(byte);
    else if (byte === 0x20) encoded += '+';
    else encoded += `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;
  }
  return encoded;
}

function refuse(place: string, reason: string): false {
  fail(SWOOLE_ERROR_PHP_RUNTIME_NOTICE);
  warn(`${place}: ${reason}`);
  return false;
}

/**
 * The value of a Set-Cookie header.
 * @param place the running function, for warnings: `Swoole\Http\Response::cookie()`
 * @returns false, with Swoole's warning, when a part has a character that would break the header
 */
export function cookieText(cookie: CookieParts, place: string): string | false {
  const { name, value, path, domain, expires } = cookie;
  if (name === '') return refuse(place, 'The name cannot be empty');
  if (name.includes('=') || hasForbidden(name))
    return refuse(place, `The name cannot contain "=", ${FORBIDDEN}`);

  let text: string;
  if (value === '') {
    text = `${name}=deleted; expires=${cookieDate(1)}; Max-Age=0`;
  } else {
    if (!cookie.encode && hasForbidden(value)) return refuse(place, `The value cannot contain ${FORBIDDEN}`);
    text = `${name}=${cookie.encode ? urlEncode(value) : value}`;
    if (expires > 0) {
      if (expires >= TOO_FAR) return refuse(place, 'The expires cannot have a year greater than 9999');
      const left = Math.max(0, Math.trunc(expires) - Math.floor(Date.now() / 1000));
      text += `; expires=${cookieDate(expires)}; Max-Age=${left}`;
    }
  }
  if (path !== '') {
    if (hasForbidden(path)) return refuse(place, `The path option cannot contain ${FORBIDDEN}`);
    text += `; path=${path}`;
  }
  if (domain !== '') {
    if (hasForbidden(domain)) return refuse(place, `The domain option cannot contain ${FORBIDDEN}`);
    text += `; domain=${domain}`;
  }
  if (cookie.secure) text += '; secure';
  if (cookie.httpOnly) text += '; HttpOnly';
  if (cookie.sameSite !== '') text += `; SameSite=${cookie.sameSite}`;
  if (cookie.priority !== '') text += `; Priority=${cookie.priority}`;
  if (cookie.partitioned) text += '; Partitioned';
  return text;
}

/** The parts from the arguments of `Response::cookie()`. No path is sent unless it is given. */
export function cookieParts(name: string, options: CookieOptions, encode: boolean): CookieParts {
  const value = options[0];
  return {
    name,
    value: typeof value === 'string' ? value : (phpText(value) ?? ''),
    expires: options[1] ?? 0,
    path: options[2] ?? '',
    domain: options[3] ?? '',
    secure: options[4] ?? false,
    httpOnly: options[5] ?? false,
    sameSite: options[6] ?? '',
    priority: options[7] ?? '',
    partitioned: options[8] ?? false,
    encode,
  };
}
