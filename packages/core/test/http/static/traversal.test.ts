import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StaticHandler } from '../../../src/http/static/static-handler.js';
import { FakeExchange } from './fake-exchange.js';

const secret = 'TOP-SECRET';
let base = '';
let handlers: StaticHandler[] = [];

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'traversal-'));
  // A neighbour whose name begins with the root's.
  for (const directory of ['public/a/b', 'public-not', 'outside'])
    mkdirSync(join(base, directory), { recursive: true });
  for (const name of ['secret.txt', 'public-not/secret.txt', 'outside/secret.txt', 'outside/index.html']) {
    writeFileSync(join(base, name), secret);
  }
  for (const name of ['public/ok.txt', 'public/a/ok.txt', 'public/a/b/ok.txt'])
    writeFileSync(join(base, name), 'fine');
  symlinkSync(join(base, 'secret.txt'), join(base, 'public/link.txt'));
  symlinkSync(join(base, 'outside'), join(base, 'public/linked'));
  symlinkSync('../../outside', join(base, 'public/a/relative'));
  symlinkSync('..', join(base, 'public/up'));
  symlinkSync('linked', join(base, 'public/twice'));
  symlinkSync('loop', join(base, 'public/loop'));
  const documentRoot = join(base, 'public');
  handlers = [[], ['/'], ['/a', '/linked']].map(
    (locations) =>
      new StaticHandler({ documentRoot, locations, indexFiles: ['index.html'], autoindex: true }),
  );
});

afterAll(() => rmSync(base, { recursive: true }));

async function expectNoSecret(path: string, headers: Record<string, string> = {}): Promise<void> {
  for (const handler of handlers) {
    const exchange = new FakeExchange(path, 'GET', headers);
    if (!handler.handle(exchange, true)) continue;
    const { body } = await exchange.answer;
    expect(body?.includes(secret) ?? false, path).toBe(false);
    // Nor may a listing tell what lies outside.
    expect(body?.includes('>secret.txt<') ?? false, path).toBe(false);
  }
}

describe('no file outside of the document root is served', () => {
  const up = [
    '..',
    '%2e%2e',
    '%2E.',
    '.%2e',
    '%252e%252e',
    '..%5c',
    '..\\',
    '..%00',
    '..;',
    '...',
    '%c0%ae%c0%ae',
    '.. ',
  ];
  const slash = ['/', '%2f', '%5c', '\\', '//', '%252f', '/./', '%c0%af'];
  const down = ['secret.txt', 'outside/secret.txt', 'public-not/secret.txt', 'outside', 'outside/'];
  const corpus = up.flatMap((u) =>
    slash.flatMap((s) => down.flatMap((d) => [`/${u}${s}${d}`, `/a${s}${u}${s}${u}${s}${d}`])),
  );
  const links = [
    '/link.txt',
    '/linked',
    '/linked/',
    '/linked/secret.txt',
    '/linked/index.html',
    '/a/relative/secret.txt',
  ];
  const more = [
    '/up/secret.txt',
    '/up/',
    '/up',
    '/twice/secret.txt',
    '/loop',
    '/loop/x.txt',
    '/up/public/up/secret.txt',
  ];

  it('by dot segments in any disguise', async () => {
    for (const path of corpus) await expectNoSecret(path);
  });

  it('by links', async () => {
    for (const path of [...links, ...more]) await expectNoSecret(path);
  });

  it('by any mix of such parts', async () => {
    const names = [
      'a',
      'b',
      'up',
      'linked',
      'twice',
      'relative',
      'public',
      'public-not',
      'ok.txt',
      'link.txt',
      'index.html',
    ];
    const part = fc.oneof(
      fc.constantFrom(...up, ...slash, ...down, ...names, '?', '#', '+', '%', '%00', '%0', '%zz', ':', '~'),
      fc.string({ maxLength: 3 }),
    );
    const path = fc.array(part, { maxLength: 12 }).map((parts) => `/${parts.join('')}`);
    const separated = fc.array(part, { maxLength: 8 }).map((parts) => `/${parts.join('/')}`);
    await fc.assert(
      fc.asyncProperty(fc.oneof(path, separated), (target) => expectNoSecret(target)),
      { numRuns: 2000 },
    );
  });

  it('by absolute paths', async () => {
    for (const path of [
      `/${base}/secret.txt`,
      `${base}/secret.txt`,
      `-not/secret.txt`,
      `file://${base}/secret.txt`,
    ]) {
      await expectNoSecret(path);
    }
  });

  it('by ranges', () => expectNoSecret('/linked/secret.txt', { Range: 'bytes=0-3,4-9' }));
});
