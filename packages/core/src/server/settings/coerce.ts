/** How a setting's value becomes what it is used as: PHP's conversions, but an error where PHP would make 0 of nonsense. */

/** PHP's truth: `false`, 0, '', '0' and empty arrays are false. */
export function toBool(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value) && value !== '0';
}

/** A whole number moved into its bounds. @throws TypeError for what is no number */
export function toInt(name: string, value: unknown, min: number, max: number): number {
  return Math.min(Math.max(Math.trunc(readNumber(name, value)), min), max);
}

/** A number from 0 to `max`. @throws TypeError for what is no number */
export function toNumber(name: string, value: unknown, max: number): number {
  return Math.min(Math.max(readNumber(name, value), 0), max);
}

function readNumber(name: string, value: unknown): number {
  const readable = typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
  const number = readable ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) {
    throw refusal(`${name} must be a number, ${show(value)} given`);
  }
  return number;
}

const units: Readonly<Record<string, number>> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 };
const quantity = /^\s*([+-]?\d+)\s*([KMG]?)\s*$/i;

/** Bytes, as a number or as php.ini writes them: `64K`, `2M`, `1G`. @throws TypeError for anything else */
export function toSize(name: string, value: unknown, max: number): number {
  if (typeof value !== 'string' || value.trim() === '') return toInt(name, value, 0, max);
  const match = quantity.exec(value);
  if (!match) throw refusal(`failed to parse ${show(value)} to size (${name})`);
  const [, digits, unit = ''] = match;
  return toInt(name, Number(digits) * (units[unit.toUpperCase()] ?? 1), 0, max);
}

/** Text; a number as it is written, false for none. @throws TypeError for anything else */
export function toText(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (value === false) return '';
  throw refusal(`${name} must be a string, ${show(value)} given`);
}

/** Bytes; text as UTF-8. @throws TypeError for anything else */
export function toBytes(name: string, value: unknown): Buffer {
  return value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(toText(name, value));
}

/** A function, or null. @throws TypeError for anything else */
export function toCallable(name: string, value: unknown): ((...args: never[]) => unknown) | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'function') throw refusal(`${name} must be callable, ${show(value)} given`);
  return value as (...args: never[]) => unknown;
}

/** A certificate and its private key. */
export interface CertificateFiles {
  readonly ssl_cert_file: string;
  readonly ssl_key_file: string;
}

/** Certificates by host name. @throws TypeError for anything else */
export function toCertificates(name: string, value: unknown): Readonly<Record<string, CertificateFiles>> {
  if (typeof value !== 'object' || value === null || (Array.isArray(value) && value.length > 0))
    throw refusal(`${name} requires an array mapping host names to cert paths`);
  const pairs = Object.entries(value).map(([host, files]) => {
    if (typeof files !== 'object' || files === null) throw refusal('invalid SNI_cert setting');
    const { ssl_cert_file = '', ssl_key_file = '' } = files as Partial<
      Record<keyof CertificateFiles, unknown>
    >;
    const texts = {
      ssl_cert_file: toText('ssl_cert_file', ssl_cert_file),
      ssl_key_file: toText('ssl_key_file', ssl_key_file),
    };
    return [host, texts] as const;
  });
  return Object.fromEntries(pairs);
}

/** The distinct texts of an array, without empty ones. @throws TypeError for anything else */
export function toList(name: string, value: unknown): string[] {
  if (!Array.isArray(value)) throw refusal(`${name} must be array`);
  const texts = value.map((item) => toText(name, item)).filter((text) => text !== '');
  return [...new Set(texts)];
}

/** An error that names the method the setting came through. */
export function refusal(message: string): TypeError {
  return new TypeError(`Swoole\\Server::set(): ${message}`);
}

function show(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : typeof value;
}
