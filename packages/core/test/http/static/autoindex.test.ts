import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StaticHandler } from '../../../src/http/static/static-handler.js';
import { type Answer, FakeExchange } from './fake-exchange.js';

/** The tree and the lines of the transcript http-index-files. */
const tree: Record<string, Record<string, string>> = {
  both: { 'index.html': 'both html', 'default.txt': 'both txt' },
  second: { 'default.txt': 'second txt' },
  none: { 'b.txt': 'b', 'a & b <c>.txt': 'a', 'Zed.zzz': 'z', '.hidden': 'h' },
  nested: {},
};
let root = '';
let handler: StaticHandler;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'index-'));
  for (const [directory, files] of Object.entries(tree)) {
    mkdirSync(join(root, directory));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(root, directory, name), content);
  }
  mkdirSync(join(root, 'nested/deeper'));
  mkdirSync(join(root, 'nested/index.html'));
  handler = new StaticHandler({
    documentRoot: root,
    locations: [],
    indexFiles: ['index.html', 'default.txt'],
    autoindex: true,
  });
});

afterAll(() => rmSync(root, { recursive: true }));

async function ask(path: string, method = 'GET', on = handler): Promise<Answer | null> {
  const exchange = new FakeExchange(path, method);
  return on.handle(exchange, false) ? exchange.answer : null;
}

async function listing(path: string): Promise<string> {
  const answer = await ask(path);
  expect(answer?.headers['Content-Type']).toBe('text/html');
  const body = answer?.body?.toString() ?? '';
  const title = /<title>(.*?)<\/title>/.exec(body)?.[1];
  const links = [...body.matchAll(/<a href="(.*?)">(.*?)<\/a>/g)];
  return `${title}: ${links.map(([, href, text]) => `${href} (${text})`).join(', ')}`;
}

describe('http_index_files', () => {
  it.each([
    ['/both', 'text/html', 'both html'],
    ['/both/', 'text/html', 'both html'],
    ['/both/default.txt', 'text/plain', 'both txt'],
    ['/second/', 'text/plain', 'second txt'],
    ['/second', 'text/plain', 'second txt'],
  ])('answer %s', async (path, type, content) => {
    const answer = await ask(path);
    expect(answer?.headers['Content-Type']).toBe(type);
    expect(answer?.body?.toString()).toBe(content);
  });

  it('give the request event what they cannot answer', async () => {
    for (const path of ['/nested/', '/missing/', '/none/Zed.zzz', '/none/.hidden'])
      expect(await ask(path)).toBeNull();
  });

  it('are served with the time of the file, not of its directory', async () => {
    utimesSync(join(root, 'both/index.html'), 1700000000, 1700000000);
    expect((await ask('/both/'))?.headers['Last-Modified']).toBe('Tue, 14 Nov 2023 22:13:20 GMT');
  });

  it('are no links', async () => {
    mkdirSync(join(root, 'linked'));
    symlinkSync(join(root, 'both/index.html'), join(root, 'linked/index.html'));
    expect(await ask('/linked/')).toBeNull();
    rmSync(join(root, 'linked'), { recursive: true });
  });

  it('are names in the directory: paths are not looked for', async () => {
    const on = new StaticHandler({
      documentRoot: root,
      locations: [],
      indexFiles: ['../both/index.html', '..'],
      autoindex: false,
    });
    expect(await ask('/none/', 'GET', on)).toBeNull();
  });
});

describe('http_autoindex', () => {
  const none =
    'Index of /none/: /none/.. (..), /none/.hidden (.hidden), /none/Zed.zzz (Zed.zzz), ' +
    '/none/a%20%26%20b%20%3Cc%3E.txt (a &amp; b &lt;c&gt;.txt), /none/b.txt (b.txt)';

  it.each([
    ['/none/', none],
    ['/none', none],
    ['/nested/deeper/', 'Index of /nested/deeper/: /nested/deeper/.. (..)'],
    ['/', 'Index of /: /both (both), /nested (nested), /none (none), /second (second)'],
    ['/?x=1', 'Index of /: /both (both), /nested (nested), /none (none), /second (second)'],
  ])('lists %s', async (path, expected) => {
    expect(await listing(path)).toBe(expected);
  });

  it('escapes the path that was asked for', async () => {
    const text = (await ask('/nested/./deeper/?x'))?.body?.toString() ?? '';
    expect(text).toContain('Index of /nested/./deeper/');
    mkdirSync(join(root, '"><script>'));
    const page = (await ask('/"><script>/'))?.body?.toString() ?? '';
    expect(page).toContain('Index of /&quot;&gt;&lt;script&gt;/');
    expect(page).not.toContain('<script>');
    rmSync(join(root, '"><script>'), { recursive: true });
  });

  it('links to this server only, however many slashes are in front', async () => {
    expect(await listing('//none/')).toBe(none);
  });

  it('answers HEAD without a body, and ends the connection', async () => {
    const whole = await ask('/none/');
    const answer = await ask('/none/', 'HEAD');
    expect(answer).toMatchObject({ how: 'respondHead', length: whole?.length, close: true });
    expect(answer?.headerNames).toEqual(['Connection', 'Content-Type', 'Last-Modified', 'Server']);
  });
});
