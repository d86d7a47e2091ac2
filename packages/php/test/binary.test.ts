import { describe, expect, it } from 'vitest';
import {
  OPENSSL_RAW_DATA,
  openssl_decrypt,
  openssl_encrypt,
  password_get_info,
  password_hash,
  password_needs_rehash,
  password_verify,
  ref,
  uniqid,
} from '../src/index.js';

describe('passwords', () => {
  it('are known again, and only they', () => {
    const hash = password_hash('rasmuslerdorf', '2y', { cost: 4 });
    expect(hash).toMatch(/^\$2y\$04\$[./A-Za-z0-9]{53}$/);
    expect([
      password_verify('rasmuslerdorf', hash),
      password_verify('other', hash),
      password_verify('x', 'nonsense'),
    ]).toEqual([true, false, false]);
    expect([password_needs_rehash(hash, '2y', { cost: 4 }), password_needs_rehash(hash)]).toEqual([
      false,
      true,
    ]);
    expect(password_get_info(hash)).toEqual({ algo: '2y', algoName: 'bcrypt', options: { cost: 4 } });
  });

  it('verify against a hash that PHP made', () => {
    expect(
      password_verify('rasmuslerdorf', '$2y$04$a3DXJDLCbertFDXaXRJuDeISgda/13/yQzCkZMnnvMKKwCDV4QwN2'),
    ).toBe(true);
  });
});

describe('openssl', () => {
  it('encrypts as PHP does', () => {
    // php -r 'echo openssl_encrypt("secret", "aes-256-cbc", "key", 0, "1234567890123456");'
    expect(openssl_encrypt('secret', 'aes-256-cbc', 'key', 0, '1234567890123456')).toBe(
      'xTFdqoDU4zasENGAd2TANA==',
    );
    expect(openssl_decrypt('xTFdqoDU4zasENGAd2TANA==', 'aes-256-cbc', 'key', 0, '1234567890123456')).toBe(
      'secret',
    );
    expect(openssl_decrypt('xTFdqoDU4zasENGAd2TANA==', 'aes-256-cbc', 'wrong', 0, '1234567890123456')).toBe(
      false,
    );
  });

  it('takes and checks the tag of GCM', () => {
    const tag = ref<unknown>(null);
    const made = openssl_encrypt(
      'secret',
      'aes-128-gcm',
      '0123456789abcdef',
      OPENSSL_RAW_DATA,
      '123456789012',
      tag,
      'more',
    );
    expect(tag.value).toHaveLength(16);
    expect(
      openssl_decrypt(
        made,
        'aes-128-gcm',
        '0123456789abcdef',
        OPENSSL_RAW_DATA,
        '123456789012',
        tag.value,
        'more',
      ),
    ).toBe('secret');
    expect(
      openssl_decrypt(
        made,
        'aes-128-gcm',
        '0123456789abcdef',
        OPENSSL_RAW_DATA,
        '123456789012',
        tag.value,
        'less',
      ),
    ).toBe(false);
  });
});

it('uniqid gives 13 digits of the time that only go up', () => {
  const ids = Array.from({ length: 100 }, () => uniqid());
  expect(ids.every((id) => /^[0-9a-f]{13}$/.test(id))).toBe(true);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(100);
  expect(uniqid('p', true)).toMatch(/^p[0-9a-f]{13}\d\.\d{8}$/);
});
