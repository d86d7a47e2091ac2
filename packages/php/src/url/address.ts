import { lookup, resolve4 } from 'node:dns/promises';
import { isIPv4, isIPv6 } from 'node:net';
import { toInt, toStr } from '../value/convert.js';

/** An IPv4 address as an int; false when it is none. */
export function ip2long(ip: unknown): number | false {
  const text = toStr(ip);
  if (!isIPv4(text)) return false;
  return text.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}

export function long2ip(ip: unknown): string {
  const value = toInt(ip);
  return [24, 16, 8, 0].map((bits) => (value >>> bits) & 255).join('.');
}

/** The bytes of an address; false when it is none. */
export function inet_pton(ip: unknown): Buffer | false {
  const text = toStr(ip);
  if (isIPv4(text)) return Buffer.from(text.split('.').map(Number));
  if (!isIPv6(text)) return false;
  const [head = '', tail] = text
    .replace(
      /(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
      (_all, a, b, c, d) =>
        `${(Number(a) * 256 + Number(b)).toString(16)}:${(Number(c) * 256 + Number(d)).toString(16)}`,
    )
    .split('::');
  const groups = (part: string | undefined): string[] => (part ? part.split(':') : []);
  const [front, back] = [groups(head), groups(tail)];
  const all = [...front, ...Array.from({ length: 8 - front.length - back.length }, () => '0'), ...back];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

/** The IPv4 address of a host, the name itself when it has none. */
export async function gethostbyname(hostname: unknown): Promise<string> {
  const name = toStr(hostname);
  try {
    return (await lookup(name, 4)).address;
  } catch {
    return name;
  }
}

/** The IPv4 addresses of a host, false when it has none. */
export async function gethostbynamel(hostname: unknown): Promise<string[] | false> {
  try {
    return await resolve4(toStr(hostname));
  } catch {
    return false;
  }
}
