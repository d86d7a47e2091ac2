import {
  createCipheriv,
  createDecipheriv,
  createHash,
  getCipherInfo,
  getCiphers,
  randomBytes,
} from 'node:crypto';
import { warn } from '../errors/raise.js';
import { toBytes, toStr } from '../value/convert.js';
import type { Ref } from '../value/ref.js';
import { received } from '../value/text.js';

export const OPENSSL_RAW_DATA = 1;
export const OPENSSL_ZERO_PADDING = 2;

const fit = (value: Buffer, size: number): Buffer =>
  Buffer.concat([value, Buffer.alloc(Math.max(0, size - value.length))]).subarray(0, size);

const authenticated = (mode: string | undefined): boolean =>
  mode === 'gcm' || mode === 'ccm' || mode === 'ocb';

function parts(
  who: string,
  cipher: string,
  passphrase: unknown,
  iv: unknown,
): { key: Buffer; vector: Buffer | null; mode: string | undefined } | null {
  const info = getCipherInfo(cipher);
  if (info === undefined) {
    warn(`${who}(): Unknown cipher algorithm`);
    return null;
  }
  const given = toBytes(iv);
  const size = info.ivLength ?? 0;
  const vector = size === 0 ? null : authenticated(info.mode) ? given : fit(given, size);
  return { key: fit(toBytes(passphrase), info.keyLength), vector, mode: info.mode };
}

/** Encrypts: base64, or bytes with OPENSSL_RAW_DATA. @param tag gets the tag of GCM @returns false on failure */
export function openssl_encrypt(
  data: unknown,
  cipher_algo: string,
  passphrase: unknown,
  options = 0,
  iv: unknown = '',
  tag?: Ref<unknown> | null,
  aad: unknown = '',
  tag_length = 16,
): string | Buffer | false {
  const made = parts('openssl_encrypt', cipher_algo, passphrase, iv);
  if (made === null) return false;
  const authenticates = authenticated(made.mode);
  const cipher = createCipheriv(cipher_algo as 'aes-256-gcm', made.key, made.vector as Buffer, {
    authTagLength: tag_length,
  });
  if ((options & OPENSSL_ZERO_PADDING) !== 0) cipher.setAutoPadding(false);
  if (authenticates && toBytes(aad).length > 0) cipher.setAAD(toBytes(aad));
  const out = Buffer.concat([cipher.update(toBytes(data)), cipher.final()]);
  if (tag && authenticates) tag.value = cipher.getAuthTag();
  return (options & OPENSSL_RAW_DATA) !== 0 ? out : out.toString('base64');
}

/** Decrypts what `openssl_encrypt` made; false when it was not made so. */
export function openssl_decrypt(
  data: unknown,
  cipher_algo: string,
  passphrase: unknown,
  options = 0,
  iv: unknown = '',
  tag: unknown = null,
  aad: unknown = '',
): string | Buffer | false {
  const made = parts('openssl_decrypt', cipher_algo, passphrase, iv);
  if (made === null) return false;
  const body = (options & OPENSSL_RAW_DATA) !== 0 ? toBytes(data) : Buffer.from(toStr(data), 'base64');
  try {
    const mac = tag === null ? null : toBytes(tag);
    const decipher = createDecipheriv(
      cipher_algo as 'aes-256-gcm',
      made.key,
      made.vector as Buffer,
      mac === null ? {} : { authTagLength: mac.length },
    );
    if ((options & OPENSSL_ZERO_PADDING) !== 0) decipher.setAutoPadding(false);
    if (authenticated(made.mode)) {
      if (mac === null) return false;
      decipher.setAuthTag(mac);
      if (toBytes(aad).length > 0) decipher.setAAD(toBytes(aad));
    }
    return received(Buffer.concat([decipher.update(body), decipher.final()]));
  } catch {
    return false;
  }
}

/** So many random bytes, fit for secrets. */
export function openssl_random_pseudo_bytes(length: number, strong_result?: Ref<boolean>): Buffer {
  if (strong_result !== undefined) strong_result.value = true;
  return randomBytes(length);
}

export function openssl_cipher_iv_length(cipher_algo: string): number | false {
  return (
    getCipherInfo(cipher_algo)?.ivLength ?? (getCiphers().includes(cipher_algo.toLowerCase()) ? 0 : false)
  );
}

export function openssl_get_cipher_methods(): string[] {
  return getCiphers();
}

export function openssl_digest(data: unknown, digest_algo: string, binary = false): string | Buffer | false {
  const digest = createHash(digest_algo).update(toBytes(data)).digest();
  return binary ? digest : digest.toString('hex');
}
