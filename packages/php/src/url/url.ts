import { ValueError } from '../errors/exceptions.js';
import { properties } from '../objects/properties.js';
import { mapRaw, type Out, raw } from '../strings/operand.js';
import { toBytes, toStr } from '../value/convert.js';
import { isArray, pairs } from '../value/kinds.js';
import { fromBinary } from '../value/text.js';
import { splitUrl, type UrlParts } from './split-url.js';

export const PHP_URL_SCHEME = 0;
export const PHP_URL_HOST = 1;
export const PHP_URL_PORT = 2;
export const PHP_URL_USER = 3;
export const PHP_URL_PASS = 4;
export const PHP_URL_PATH = 5;
export const PHP_URL_QUERY = 6;
export const PHP_URL_FRAGMENT = 7;
export const PHP_QUERY_RFC1738 = 1;
export const PHP_QUERY_RFC3986 = 2;

const hex = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

const encode = (value: unknown, safe: RegExp): string =>
  Array.from(toBytes(value), (byte) =>
    safe.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : hex(byte),
  ).join('');

/** For a query string: a space is `+`. */
export function urlencode(string: unknown): string {
  return encode(string, /[A-Za-z0-9_.\- ]/).replaceAll(' ', '+');
}

/** By RFC 3986: a space is `%20`. */
export function rawurlencode(string: unknown): string {
  return encode(string, /[A-Za-z0-9_.~-]/);
}

const percentDecoded = (text: string): string =>
  text.replace(/%([0-9a-fA-F]{2})/g, (_all, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );

export function urldecode<T>(string: T): Out<T> {
  return mapRaw(string, (text) => percentDecoded(text.replaceAll('+', ' ')));
}

export function rawurldecode<T>(string: T): Out<T> {
  return mapRaw(string, percentDecoded);
}

/** A query string of an array or an object, arrays in it as `a[b]=1`. */
export function http_build_query(
  data: object,
  numeric_prefix: unknown = '',
  arg_separator: unknown = null,
  encoding_type = PHP_QUERY_RFC1738,
): string {
  const code = encoding_type === PHP_QUERY_RFC3986 ? rawurlencode : urlencode;
  const parts: string[] = [];
  const walk = (value: object, prefix: string | null): void => {
    for (const [key, item] of isArray(value) ? pairs(value) : properties(value)) {
      const own = typeof key === 'number' && prefix === null ? `${toStr(numeric_prefix)}${key}` : String(key);
      const name = prefix === null ? code(own) : `${prefix}${code(`[${key}]`)}`;
      if (item === null || item === undefined) continue;
      if (typeof item === 'object' && !(item instanceof Uint8Array) && !(item instanceof Number))
        walk(item, name);
      else parts.push(`${name}=${code(item === false ? '0' : item)}`);
    }
  };
  walk(data, null);
  return parts.join(toStr(arg_separator ?? '&'));
}

const NAMES = ['scheme', 'host', 'port', 'user', 'pass', 'path', 'query', 'fragment'] as const;

/** Takes a URL apart; false when it is badly malformed. @param component `PHP_URL_*` for one part, null when it is not there */
export function parse_url(url: unknown, component?: -1): UrlParts | false;
export function parse_url(url: unknown, component: number): string | number | null | false;
export function parse_url(url: unknown, component = -1): unknown {
  const parts = splitUrl(raw(url));
  if (parts === null) return false;
  const shown = Object.fromEntries(
    NAMES.filter((name) => parts[name] !== undefined).map((name) => {
      const part = parts[name];
      return [name, typeof part === 'string' ? fromBinary('', part.replace(/[\0-\x1f\x7f]/g, '_')) : part];
    }),
  ) as UrlParts;
  if (component === -1) return shown;
  const name = NAMES[component];
  if (name === undefined)
    throw new ValueError(
      'parse_url(): Argument #2 ($component) must be a valid URL component identifier, ' +
        `${component} given`,
    );
  return shown[name] ?? null;
}
