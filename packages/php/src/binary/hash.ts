import { createHash, createHmac, getHashes, hkdfSync, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PhpTypeError, ValueError } from '../errors/exceptions.js';
import { Resource } from '../files/resource.js';
import { toBool, toBytes, toStr, typeName } from '../value/convert.js';
import { checksum, crc32Of, FNV } from './checksums.js';

/** What Node calls the algorithms that PHP names otherwise. */
const NODE_NAMES: { readonly [name: string]: string } = {
  'sha512/256': 'sha512-256',
  'sha512/224': 'sha512-224',
  'sha3-224': 'sha3-224',
  whirlpool: 'whirlpool',
};

interface Hasher {
  update(data: Uint8Array): unknown;
  digest(): Buffer;
}

const available = new Set(getHashes().map((name) => name.toLowerCase()));

function hasher(algo: string): Hasher | null {
  const name = algo.toLowerCase();
  if (FNV.has(name)) return checksum(name);
  const node = NODE_NAMES[name] ?? name;
  return available.has(node) ? createHash(node) : null;
}

const shown = (digest: Buffer, binary: unknown): string | Buffer =>
  toBool(binary) ? digest : digest.toString('hex');

/** The digest in hexadecimal, or as bytes when `binary` is true. Knows what OpenSSL has, and crc32, crc32b, crc32c, adler32, fnv and joaat. */
export function hash(algo: string, data: unknown, binary?: false): string;
export function hash(algo: string, data: unknown, binary: boolean): string | Buffer;
export function hash(algo: string, data: unknown, binary: unknown = false): string | Buffer {
  const engine = hasher(algo);
  if (engine === null) throw new ValueError('hash(): Argument #1 ($algo) must be a valid hashing algorithm');
  engine.update(toBytes(data));
  return shown(engine.digest(), binary);
}

export function hash_algos(): string[] {
  return [...available, ...FNV].filter((name) => !name.startsWith('rsa')).sort();
}

export function hash_hmac(algo: string, data: unknown, key: unknown, binary?: false): string;
export function hash_hmac(algo: string, data: unknown, key: unknown, binary: boolean): string | Buffer;
export function hash_hmac(
  algo: string,
  data: unknown,
  key: unknown,
  binary: unknown = false,
): string | Buffer {
  const name = NODE_NAMES[algo.toLowerCase()] ?? algo.toLowerCase();
  if (!available.has(name))
    throw new ValueError('hash_hmac(): Argument #1 ($algo) must be a valid cryptographic hashing algorithm');
  return shown(createHmac(name, toBytes(key)).update(toBytes(data)).digest(), binary);
}

/** Compares two strings in a time that does not depend on where they differ. */
export function hash_equals(known_string: unknown, user_string: unknown): boolean {
  for (const [i, value] of [known_string, user_string].entries())
    if (typeof value !== 'string' && !(value instanceof Uint8Array))
      throw new PhpTypeError(
        `hash_equals(): Argument #${i + 1} ($${i === 0 ? 'known' : 'user'}_string) must be of type string, ${typeName(value)} given`,
      );
  const [a, b] = [toBytes(known_string), toBytes(user_string)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function hash_file(algo: string, filename: unknown, binary = false): string | Buffer | false {
  try {
    return hash(algo, readFileSync(toStr(filename)), binary);
  } catch (error) {
    if (error instanceof ValueError) throw error;
    return false;
  }
}

/** What `hash_init` gives. */
export class HashContext extends Resource {
  static override readonly phpName: string = 'HashContext';
  readonly engine: Hasher;

  constructor(engine: Hasher) {
    super('HashContext');
    this.engine = engine;
  }
}

export const HASH_HMAC = 1;

/** Begins a digest that gets its data piece by piece. */
export function hash_init(algo: string, flags = 0, key: unknown = ''): HashContext {
  if ((flags & HASH_HMAC) !== 0) return new HashContext(createHmac(algo, toBytes(key)));
  const engine = hasher(algo);
  if (engine === null)
    throw new ValueError('hash_init(): Argument #1 ($algo) must be a valid hashing algorithm');
  return new HashContext(engine);
}

export function hash_update(context: HashContext, data: unknown): true {
  if (context.closed)
    throw new PhpTypeError(
      'hash_update(): Argument #1 ($context) must be a valid, non-finalized HashContext',
    );
  context.engine.update(toBytes(data));
  return true;
}

export function hash_final(context: HashContext, binary = false): string | Buffer {
  if (context.closed)
    throw new PhpTypeError('hash_final(): Argument #1 ($context) must be a valid, non-finalized HashContext');
  context.closed = true;
  return shown(context.engine.digest(), binary);
}

export function hash_pbkdf2(
  algo: string,
  password: unknown,
  salt: unknown,
  iterations: number,
  length = 0,
  binary = false,
): string | Buffer {
  const size = createHash(algo).digest().length;
  const wanted = length === 0 ? size : binary ? length : Math.ceil(length / 2);
  const derived = pbkdf2Sync(toBytes(password), toBytes(salt), iterations, wanted, algo);
  return binary ? derived : derived.toString('hex').slice(0, length === 0 ? undefined : length);
}

export function hash_hkdf(
  algo: string,
  key: unknown,
  length = 0,
  info: unknown = '',
  salt: unknown = '',
): Buffer {
  const size = createHash(algo).digest().length;
  return Buffer.from(
    hkdfSync(algo, toBytes(key), toBytes(salt), toBytes(info), length === 0 ? size : length),
  );
}

export function md5(string: unknown, binary?: false): string;
export function md5(string: unknown, binary: boolean): string | Buffer;
export function md5(string: unknown, binary: unknown = false): string | Buffer {
  return hash('md5', string, toBool(binary));
}

export function sha1(string: unknown, binary?: false): string;
export function sha1(string: unknown, binary: boolean): string | Buffer;
export function sha1(string: unknown, binary: unknown = false): string | Buffer {
  return hash('sha1', string, toBool(binary));
}

export function md5_file(filename: unknown, binary = false): string | Buffer | false {
  return hash_file('md5', filename, binary);
}

export function sha1_file(filename: unknown, binary = false): string | Buffer | false {
  return hash_file('sha1', filename, binary);
}

/** The CRC-32 of a string as an int from 0 to 2^32 - 1. */
export function crc32(string: unknown): number {
  return crc32Of(toBytes(string));
}
