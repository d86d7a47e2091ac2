import { isIP, isIPv4, isIPv6 } from 'node:net';
import * as flag from '../constants/filter.js';
import { preg_match } from '../preg/functions.js';
import { addslashes } from '../strings/escape.js';
import { htmlspecialchars, strip_tags } from '../strings/html.js';
import { parse_url, urlencode } from '../url/url.js';
import { at } from '../value/access.js';
import { toStr } from '../value/convert.js';
import { isArray } from '../value/kinds.js';
import type { Mixed } from '../value/mixed.js';
import { numericString } from '../value/numeric.js';
import { resolve } from './callable.js';

/**
 * Validates or cleans a value.
 * @param filter `FILTER_*`
 * @param options flags, or an array with `flags` and `options` (`min_range`, `max_range`, `regexp`, `default`)
 * @returns the value, or false (null with FILTER_NULL_ON_FAILURE) when it is not valid
 */
export function filter_var<T = Mixed>(value: unknown, filter?: number, options?: unknown): T;
export function filter_var(
  value: unknown,
  filter: number = flag.FILTER_DEFAULT,
  options: unknown = 0,
): unknown {
  const flags = isArray(options) ? Number(at(options, 'flags') ?? 0) : Number(options);
  const extra: unknown = isArray(options) ? at(options, 'options') : null;
  const failure: unknown = (flags & flag.FILTER_NULL_ON_FAILURE) !== 0 ? null : false;
  if (filter === flag.FILTER_CALLBACK) return resolve(extra, 'filter_var')(value);
  if (isArray(value) || (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)))
    return failure;
  const result = apply(toStr(value), filter, flags, extra, failure);
  return result === failure && extra !== null && at(extra, 'default') !== null
    ? at(extra, 'default')
    : result;
}

function apply(text: string, filter: number, flags: number, options: unknown, failure: unknown): unknown {
  const trimmed = text.replace(/^[ \t\n\r\v\0]+|[ \t\n\r\v\0]+$/g, '');
  switch (filter) {
    case flag.FILTER_VALIDATE_INT:
      return int(trimmed, flags, options) ?? failure;
    case flag.FILTER_VALIDATE_FLOAT: {
      const number = numericString(
        trimmed.replace((flags & flag.FILTER_FLAG_ALLOW_THOUSAND) !== 0 ? /[,'.](?=\d{3})/g : /$^/, ''),
      );
      return number === null || !inRange(Number(number), options) ? failure : Number(number);
    }
    case flag.FILTER_VALIDATE_BOOLEAN:
      if (/^(?:1|true|on|yes)$/i.test(trimmed)) return true;
      return /^(?:0|false|off|no|)$/i.test(trimmed) ? false : failure;
    case flag.FILTER_VALIDATE_EMAIL:
      return isEmail(text) ? text : failure;
    case flag.FILTER_VALIDATE_URL:
      return isUrl(text, flags) ? text : failure;
    case flag.FILTER_VALIDATE_IP:
      return isAddress(text, flags) ? text : failure;
    case flag.FILTER_VALIDATE_DOMAIN:
      return isDomain(text, (flags & flag.FILTER_FLAG_HOSTNAME) !== 0) ? text : failure;
    case flag.FILTER_VALIDATE_MAC:
      return /^(?:[0-9a-f]{2}([-:]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$|^(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$/i.test(
        text,
      )
        ? text
        : failure;
    case flag.FILTER_VALIDATE_REGEXP:
      return matchesRegexp(text, options) ? text : failure;
    case flag.FILTER_SANITIZE_STRING:
      return strip_tags(text).replaceAll('"', '&#34;').replaceAll("'", '&#39;');
    case flag.FILTER_SANITIZE_SPECIAL_CHARS:
      return text.replace(/[\0-\x1f"'<>&]/g, (char) => `&#${char.charCodeAt(0)};`);
    case flag.FILTER_SANITIZE_FULL_SPECIAL_CHARS:
      return htmlspecialchars(text);
    case flag.FILTER_SANITIZE_NUMBER_INT:
      return text.replace(/[^\d+-]/g, '');
    case flag.FILTER_SANITIZE_NUMBER_FLOAT: {
      const kept = `\\d+-${(flags & flag.FILTER_FLAG_ALLOW_FRACTION) !== 0 ? '.' : ''}${(flags & flag.FILTER_FLAG_ALLOW_THOUSAND) !== 0 ? ',' : ''}${(flags & flag.FILTER_FLAG_ALLOW_SCIENTIFIC) !== 0 ? 'eE' : ''}`;
      return text.replace(new RegExp(`[^${kept}]`, 'g'), '');
    }
    case flag.FILTER_SANITIZE_EMAIL:
      return text.replace(/[^A-Za-z0-9.@!#$%&'*+/=?^_`{|}~[\]-]/g, '');
    case flag.FILTER_SANITIZE_URL:
      return text.replace(/[^\x21-\x7e]/g, '');
    case flag.FILTER_SANITIZE_ENCODED:
      return urlencode(text).replaceAll('+', '%20');
    case flag.FILTER_SANITIZE_ADD_SLASHES:
      return addslashes(text);
    default:
      return text;
  }
}

function inRange(number: number, options: unknown): boolean {
  const [min, max] = [at(options, 'min_range'), at(options, 'max_range')];
  return (min === null || number >= Number(min)) && (max === null || number <= Number(max));
}

function int(text: string, flags: number, options: unknown): number | null {
  let number: number | null = null;
  if (/^(?:0|[+-]?[1-9]\d*)$|^[+-]0$/.test(text)) number = Number(text) + 0;
  else if ((flags & flag.FILTER_FLAG_ALLOW_HEX) !== 0 && /^0[xX][0-9a-fA-F]+$/.test(text))
    number = Number.parseInt(text, 16);
  else if ((flags & flag.FILTER_FLAG_ALLOW_OCTAL) !== 0 && /^0[oO]?[0-7]+$/.test(text))
    number = Number.parseInt(text.replace(/^0[oO]?/, ''), 8);
  if (number === null || Math.abs(number) > 2 ** 63 || !inRange(number, options)) return null;
  return number;
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || local.length > 64 || text.length > 320) return false;
  const atoms = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
  const quoted = /^"(?:[\x21\x23-\x5b\x5d-\x7e]|\\[\x01-\x7f])*"$/;
  if (!atoms.test(local) && !quoted.test(local)) return false;
  const literal = /^\[(?:IPv6:)?([^\]]+)\]$/i.exec(domain)?.[1];
  if (literal !== undefined) return isIP(literal) !== 0;
  const labels = domain.split('.');
  return (
    labels.length > 1 &&
    labels.every(
      (label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/.test(label) && label.length <= 63,
    ) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  );
}

function isUrl(text: string, flags: number): boolean {
  if (/[^\x21-\x7e]/.test(text)) return false;
  const parts = parse_url(text);
  if (parts === false || parts.scheme === undefined) return false;
  if (/^https?$/i.test(parts.scheme)) {
    if (
      parts.host === undefined ||
      !(isDomain(parts.host, true) || (parts.host.startsWith('[') && isIPv6(parts.host.slice(1, -1))))
    )
      return false;
  } else if (parts.host === undefined && !/^(?:mailto|news|file)$/i.test(parts.scheme)) return false;
  if ((flags & flag.FILTER_FLAG_PATH_REQUIRED) !== 0 && parts.path === undefined) return false;
  return (flags & flag.FILTER_FLAG_QUERY_REQUIRED) === 0 || parts.query !== undefined;
}

function isDomain(text: string, hostname: boolean): boolean {
  const name = text.replace(/\.$/, '');
  if (name === '' || name.length > 253) return false;
  const label = hostname ? /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/ : /^[^.]+$/s;
  return name.split('.').every((part) => part.length <= 63 && label.test(part));
}

const PRIVATE = [/^10\./, /^172\.(?:1[6-9]|2\d|3[01])\./, /^192\.168\./, /^f[cd]/i];
const RESERVED = [
  /^0\./,
  /^127\./,
  /^(?:24\d|25[0-5])\./,
  /^169\.254\./,
  /^::1?$/,
  /^fe[89ab]/i,
  /^2001:db8:/i,
  /^::ffff:/i,
  /^5f/i,
  /^3ff3/i,
  /^2001:001/i,
];

function isAddress(text: string, flags: number): boolean {
  const both = (flags & (flag.FILTER_FLAG_IPV4 | flag.FILTER_FLAG_IPV6)) === 0;
  const v4 = isIPv4(text) && (both || (flags & flag.FILTER_FLAG_IPV4) !== 0);
  const v6 = isIPv6(text) && !text.includes('%') && (both || (flags & flag.FILTER_FLAG_IPV6) !== 0);
  if (!v4 && !v6) return false;
  if ((flags & flag.FILTER_FLAG_NO_PRIV_RANGE) !== 0 && PRIVATE.some((range) => range.test(text)))
    return false;
  return (flags & flag.FILTER_FLAG_NO_RES_RANGE) === 0 || !RESERVED.some((range) => range.test(text));
}

function matchesRegexp(text: string, options: unknown): boolean {
  return preg_match(at(options, 'regexp'), text) === 1;
}
