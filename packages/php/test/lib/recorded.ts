import { readFileSync } from 'node:fs';
import * as php from '../../src/index.js';
import { callbacks } from './callbacks.js';

/** One call as `record.php` wrote it. */
export interface Recorded {
  f: string;
  a: unknown[];
  r?: unknown;
  refs?: Record<string, unknown>;
  out?: unknown;
  w?: string[];
  throws?: [string, string];
}

/** Which kind of array the arguments become: the one that ported code would have, or always PhpArray. */
export type Kind = 'natural' | 'PhpArray';

const dir = new URL('../recorded/', import.meta.url);

export function load(family: string): Recorded[] {
  return JSON.parse(readFileSync(new URL(`${family}.json`, dir), 'utf8')) as Recorded[];
}

/** These take the array that they change itself, not a Ref. */
const IN_PLACE =
  /^(?:[akru]*r?sort|u[ak]?sort|nat(?:case)?sort|shuffle|array_(?:push|pop|shift|unshift|splice|walk|multisort)|reset|end|next|prev|current|key)$/;
/** These make or keep keys that a JavaScript array or a plain object cannot have in that order. */
const KEEPS_KEYS = /^(?:(?:a|ar|k|kr|ua|uk|nat|natcase)sort|array_splice|array_unshift)$/;

type Fields = Record<string, unknown>;

/** A value out of a recording. */
export function decode(value: unknown, kind: Kind): unknown {
  if (Array.isArray(value)) {
    const list = value.map((item) => decode(item, kind));
    return kind === 'natural' ? list : php.PhpArray.of(...list);
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Fields;
  if ('$b' in fields) return Buffer.from(fields.$b as string, 'hex');
  if ('$f' in fields) return php.float(toNumber(fields.$f as string));
  if ('$i' in fields) return BigInt(fields.$i as string);
  if ('$fn' in fields) return callbacks[fields.$fn as string];
  if ('$o' in fields) return Object.assign(new php.stdClass(), decodeFields(fields.$o as Fields, kind));
  if ('$a' in fields) {
    const pairs = fields.$a as [unknown, unknown][];
    return php.PhpArray.fromEntries(pairs.map(([key, item]) => [decode(key, kind), decode(item, kind)]));
  }
  const plain = decodeFields(fields, kind);
  const ordered = Object.keys(plain).every((key) => !/^\d+$/.test(key));
  return kind === 'natural' && ordered ? plain : php.PhpArray.fromEntries(Object.entries(plain));
}

const decodeFields = (fields: Fields, kind: Kind): Fields =>
  Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, decode(item, kind)]));

const toNumber = (text: string): number =>
  text === 'NAN' ? Number.NaN : text.endsWith('INF') ? Number(text.replace('INF', 'Infinity')) : Number(text);

/** Both in one form, so that they can be compared: what was recorded, and what came now. */
export function canonical(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' || value instanceof Number) return Math.fround(0) + round(Number(value));
  if (value instanceof Uint8Array) return `bytes:${Buffer.from(value).toString('hex')}`;
  if (typeof value === 'string') {
    // The numbers of objects depend on what was made before.
    const numbered = value.replace(/\)#\d+ \(/g, ')#0 (');
    if (numbered !== value) return numbered;
    const raw = php.bytes(value);
    return raw.toString() === value ? value : `bytes:${raw.toString('hex')}`;
  }
  if (typeof value === 'bigint') return `int:${value}`;
  if (php.isArray(value)) {
    const pairs = [...php.entries(value)];
    if (pairs.every(([key], i) => key === i)) return pairs.map(([, item]) => canonical(item));
    return { pairs: pairs.map(([key, item]) => [key, canonical(item)]) };
  }
  if (value instanceof php.stdClass)
    return { object: Object.entries(value).map(([key, item]) => [key, canonical(item)]) };
  return value;
}

/** Floats to 15 digits: the last one may depend on the C library. */
const round = (value: number): number =>
  Number.isSafeInteger(value) ? value : Number(value.toPrecision(15));

/** Bytes that happen to be UTF-8 were recorded as text. */
const asText = (value: unknown): unknown =>
  value instanceof Uint8Array && Buffer.from(value).toString() !== '' && php.isUtf8(value)
    ? php.text(value)
    : value;

function leveled(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.length === 0 ? '' : asText(value);
  if (php.isArray(value))
    return php.PhpArray.fromEntries([...php.entries(value)].map(([key, item]) => [key, leveled(item)]));
  if (value instanceof php.stdClass)
    return Object.assign(
      new php.stdClass(),
      Object.fromEntries(Object.entries(value).map(([k, v]) => [k, leveled(v)])),
    );
  return value;
}

const comparable = (value: unknown): unknown => canonical(leveled(value));

/** What a call gives now, in the form that `expected()` has. */
export async function replay(entry: Recorded, kind: Kind): Promise<Record<string, unknown>> {
  const target = (php as unknown as Record<string, (...args: unknown[]) => unknown>)[entry.f];
  if (typeof target !== 'function') return { missing: entry.f };
  const refs = Object.keys(entry.refs ?? {}).map(Number);
  const args = entry.a.map((arg, i) => {
    const inPlace = refs.includes(i) && IN_PLACE.test(entry.f);
    const value = decode(
      arg,
      inPlace && KEEPS_KEYS.test(entry.f) && !(Array.isArray(arg) && entry.f.startsWith('array_'))
        ? 'PhpArray'
        : kind,
    );
    return refs.includes(i) && !inPlace ? php.ref(value) : value;
  });
  const warnings: string[] = [];
  php.set_error_handler((_level, message) => {
    if (!message.includes('deprecated')) warnings.push(message);
    return true;
  });
  php.ob_start();
  const seen: Record<string, unknown> = {};
  try {
    seen.r = comparable(await target(...args));
  } catch (error) {
    if (!(error instanceof php.Throwable)) throw error;
    seen.throws = [php.className(error), (error as Error).message];
  } finally {
    const output = php.ob_get_clean();
    if (output !== '' && output !== false) seen.out = comparable(output);
    php.restore_error_handler();
  }
  if (refs.length > 0)
    seen.refs = Object.fromEntries(
      refs.map((i) => [i, comparable(args[i] instanceof php.Ref ? args[i].value : args[i])]),
    );
  if (warnings.length > 0) seen.w = warnings;
  return seen;
}

/** What was recorded, ready to compare. */
export function expected(entry: Recorded): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  if ('r' in entry) out.r = comparable(decode(entry.r, 'PhpArray'));
  if (entry.throws) out.throws = entry.throws;
  if (entry.out !== undefined) out.out = comparable(decode(entry.out, 'PhpArray'));
  if (entry.refs)
    out.refs = Object.fromEntries(
      Object.entries(entry.refs).map(([i, value]) => [i, comparable(decode(value, 'PhpArray'))]),
    );
  // What is deprecated in PHP 8.2 is not told by the functions here.
  const warnings = entry.w?.filter((message) => !message.includes('deprecated')) ?? [];
  if (warnings.length > 0) out.w = warnings;
  return out;
}

export const describeCall = (entry: Recorded): string =>
  `${entry.f}(${entry.a.map((arg) => JSON.stringify(arg)).join(', ')})`;
