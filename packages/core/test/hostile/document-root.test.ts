import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { besiege } from './siege.js';

let base = '';
beforeAll(() => {
  base = mkdtempSync(path.join(tmpdir(), 'swoole-ts-root-'));
  mkdirSync(`${base}/public/sub`, { recursive: true });
  mkdirSync(`${base}/public-private`);
  writeFileSync(`${base}/public/page.txt`, 'PUBLIC');
  writeFileSync(`${base}/public/sub/page.txt`, 'PUBLIC');
  writeFileSync(`${base}/secret.txt`, 'SECRET');
  writeFileSync(`${base}/public-private/secret.txt`, 'SECRET');
  symlinkSync(`${base}/secret.txt`, `${base}/public/link.txt`);
  symlinkSync(base, `${base}/public/up`);
});
afterAll(() => rmSync(base, { recursive: true }));

const serves = async (settings: Record<string, unknown>, targets: string[], expected: RegExp) =>
  besiege(
    {
      settings: { document_root: `${base}/public`, enable_static_handler: true, ...settings },
      request: (_request, response) => response.end('DYNAMIC'),
    },
    async (siege) => {
      for (const target of targets) {
        const raw = await siege.connect();
        raw.write(Buffer.from(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, 'latin1'));
        await raw.closed();
        const answer = raw.received.toString('latin1');
        expect(answer, target).not.toContain('SECRET');
        expect(answer, target).toMatch(expected);
      }
    },
  );

test('files inside the root are served, under other spellings too', () =>
  serves(
    {},
    ['/page.txt', '/sub/page.txt', '/sub/../page.txt', '//page.txt', '/./page.txt', '/%70age.txt'],
    /PUBLIC$/,
  ));

const ESCAPES = [
  '/../secret.txt',
  '/../../../../../../../../../../etc/passwd',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e%2fsecret.txt',
  '/.%2e/secret.txt',
  '/sub/../../secret.txt',
  '/sub/%2e%2e/%2e%2e/secret.txt',
  '//../secret.txt',
  '/..//secret.txt',
  '/../public-private/secret.txt',
  '/..\\secret.txt',
  '/..%5csecret.txt',
  '/%252e%252e/secret.txt',
  '/%c0%ae%c0%ae/secret.txt',
  '/../secret.txt%00.html',
  '/page.txt/../../secret.txt',
  '/link.txt',
  '/up/secret.txt',
  '/up/public-private/secret.txt',
  `/../${'x'.repeat(5_000)}/../secret.txt`,
];

test('no spelling of a path leaves the document root', () =>
  serves({}, ESCAPES, /^HTTP\/1\.1 (200 OK.*DYNAMIC$|4\d\d )/s));

test('listings and index files do not leave it either', () =>
  serves(
    { http_autoindex: true, http_index_files: ['page.txt', 'secret.txt'] },
    ['/..', '/../', '/%2e%2e/', '/sub/../..', '/up', '/up/', '/up/public-private/', ...ESCAPES],
    /^HTTP\/1\.1 (200 OK.*(DYNAMIC|PUBLIC|<\/html>\s*)$|4\d\d )/s,
  ));

test('a location does not open what lies beside it', () =>
  serves(
    { document_root: base, static_handler_locations: ['/public'] },
    ['/public/../secret.txt', '/public/%2e%2e/secret.txt', '/public/sub/../../secret.txt', '/secret.txt'],
    /^HTTP\/1\.1 (200 OK.*DYNAMIC$|4\d\d )/s,
  ));
