import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setWarningHandler } from '../../../src/errors/warnings.js';
import { parseCookies } from '../../../src/http/parse/cookies.js';
import { parseMultipart } from '../../../src/http/parse/multipart.js';
import { parseQueryString } from '../../../src/http/parse/query-string.js';
import { RequestParser } from '../../../src/http/parse/request-bytes.js';
import { removeUploads } from '../../../src/http/parse/uploads.js';

// Each of these takes milliseconds when its cost grows with the input's length, minutes when with its square.
const SOON = 5000;

let uploadDir = '';
beforeAll(() => {
  uploadDir = mkdtempSync(join(tmpdir(), 'security-'));
});
afterEach(() => {
  setWarningHandler(null);
});
afterAll(() => {
  rmSync(uploadDir, { recursive: true });
});

function upload(names: readonly string[], filename = 'x.txt') {
  const parts = names.map(
    (name) => `--B\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\n\r\ndata\r\n`,
  );
  return parseMultipart(Buffer.from(`${parts.join('')}--B--\r\n`), 'B', { uploadDir });
}

describe('prototype pollution', () => {
  const names = [
    '__proto__',
    '__proto__[polluted]',
    '__proto__[]',
    'a[__proto__][polluted]',
    'a[][__proto__][polluted]',
    '_[proto__',
    ' __proto__',
    '.[_proto__',
    '__proto__%00[polluted]',
    'constructor[prototype][polluted]',
    'a[constructor][prototype][polluted]',
    'toString',
  ];

  function merge(target: Record<string, unknown>, source: object): Record<string, unknown> {
    for (const [key, value] of Object.entries(source)) {
      if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
        if (target[key] === undefined) target[key] = {};
        merge(target[key] as Record<string, unknown>, value);
      } else {
        target[key] = value;
      }
    }
    return target;
  }

  const clean = () => {
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(typeof {}.toString).toBe('function');
  };

  it.each(names)('is not done by the query %s=1', (name) => {
    const data = parseQueryString(`${name}=1`);
    clean();
    expect(Object.getPrototypeOf(data)).toBeNull();
    expect(Object.getPrototypeOf(Object.assign({}, data))).toBe(Object.prototype);
    expect(JSON.stringify(data)).not.toContain('"__proto__"');
  });

  it.each(names)('is not done by the cookie %s', (name) => {
    const data = parseCookies(`${name}=1`);
    clean();
    expect(Object.getPrototypeOf(Object.assign({}, data))).toBe(Object.prototype);
  });

  it('is not done by names of fields and files', () => {
    const result = upload(names);
    clean();
    if (result.kind !== 'form') throw new Error(result.reason);
    expect(Object.getPrototypeOf(result.files)).toBeNull();
    expect(Object.keys(result.files ?? {})).not.toContain('__proto__');
    removeUploads(result.tmpfiles);
  });

  it('is not done by a careless merge of a form that names __proto__', () => {
    merge({}, parseQueryString('__proto__[polluted]=1&a[__proto__][polluted]=1&__proto__[toString]=1'));
    clean();
  });

  it('finds no name that was not sent', () => {
    const data = parseQueryString('a[x]=1');
    for (const name of ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf']) {
      expect(data[name]).toBeUndefined();
      expect((data.a as Record<string, unknown>)[name]).toBeUndefined();
    }
  });
});

describe('large input', () => {
  it(
    'survives thousands of nested brackets',
    () => {
      for (const text of [
        `a${'[x]'.repeat(100_000)}=1`,
        `a${'[]'.repeat(100_000)}=1`,
        `a${'['.repeat(300_000)}=1`,
        `a${'['.repeat(150_000)}${']'.repeat(150_000)}=1`,
        `a${'%5B%5D'.repeat(50_000)}=1`,
        Array.from({ length: 1000 }, () => `a${'['.repeat(1000)}`).join('&'),
      ]) {
        expect(Object.keys(parseQueryString(text)).length).toBeLessThanOrEqual(1);
      }
    },
    SOON,
  );

  it(
    'survives huge numbers of variables, separators and equals signs',
    () => {
      expect(Object.keys(parseQueryString('a=1&'.repeat(500_000)))).toEqual(['a']);
      expect(
        Object.keys(parseQueryString(Array.from({ length: 200_000 }, (_, i) => `v${i}`).join('&'))),
      ).toHaveLength(1000);
      expect(Object.keys(parseQueryString('&'.repeat(2_000_000)))).toHaveLength(0);
      expect(parseQueryString(`a${'='.repeat(2_000_000)}`).a).toHaveLength(1_999_999);
      expect(parseQueryString(Array.from({ length: 1000 }, () => 'a[]=x').join('&')).a).toHaveLength(1000);
      expect(Object.keys(parseCookies(';'.repeat(1_000_000)))).toHaveLength(0);
      expect(Object.keys(parseCookies('a; '.repeat(300_000)))).toEqual(['a']);
      expect(parseQueryString(`a=${'%zz'.repeat(300_000)}`).a).toHaveLength(900_000);
    },
    SOON,
  );

  it(
    'leaves out parts after the first thousand',
    () => {
      const part = '--B\r\nContent-Disposition: form-data; name="a[]"\r\n\r\nx\r\n';
      const result = parseMultipart(Buffer.from(`${part.repeat(5000)}--B--\r\n`), 'B', { uploadDir });
      expect(result).toMatchObject({ kind: 'form' });
      expect(result.kind === 'form' && result.post?.a).toHaveLength(1000);
    },
    SOON,
  );

  it(
    'survives bodies made of beginnings of boundaries',
    () => {
      const body = Buffer.from(
        `--BBBB\r\nContent-Disposition: form-data; name="a"\r\n\r\n${'\r\n--BBB'.repeat(300_000)}\r\n--BBBB--`,
      );
      expect(parseMultipart(body, 'BBBB', { uploadDir }).kind).toBe('form');
      expect(parseMultipart(Buffer.from('\r\n'.repeat(1_000_000)), 'B', { uploadDir }).kind).toBe('form');
    },
    SOON,
  );

  it(
    'reads a large request in small pieces',
    () => {
      const parser = new RequestParser();
      parser.feed(Buffer.from('POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n'));
      const chunk = Buffer.from('1\r\nx\r\n');
      for (let i = 0; i < 100_000; i++) parser.feed(chunk);
      parser.feed(Buffer.from('0\r\n\r\n'));
      expect(parser.completed).toBe(true);
      expect(parser.body).toHaveLength(100_000);
    },
    SOON,
  );
});

describe('names of uploads', () => {
  it('never influence where the file goes', () => {
    const hostile = fc.constantFrom(
      '../',
      '..\\',
      '/',
      '%2e%2e%2f',
      '%00',
      '/etc/passwd',
      'C:\\',
      '~',
      'swoole.upfile.',
      'x',
    );
    const name = fc.array(hostile, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(name, name, (field, filename) => {
        const result = upload([`f${field}`], filename);
        if (result.kind !== 'form') throw new Error(result.reason);
        for (const path of result.tmpfiles) {
          expect(dirname(path)).toBe(uploadDir);
          expect(basename(path)).toMatch(/^swoole\.upfile\.[0-9A-Za-z]{6}$/);
        }
        removeUploads(result.tmpfiles);
        expect(readdirSync(uploadDir)).toEqual([]);
      }),
    );
  });

  it('are handed on as sent, without what follows a NUL', () => {
    const result = upload(['f'], '../a.php%00.jpg');
    if (result.kind !== 'form') throw new Error(result.reason);
    expect(result.files?.f).toMatchObject({ name: '../a.php', error: 0 });
    removeUploads(result.tmpfiles);
  });

  it('are not guessed twice the same', () => {
    const result = upload(Array.from({ length: 200 }, () => 'f[]'));
    if (result.kind !== 'form') throw new Error(result.reason);
    expect(new Set(result.tmpfiles).size).toBe(200);
    removeUploads(result.tmpfiles);
  });
});
