import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StaticHandler, type StaticHandlerOptions } from '../../../src/http/static/static-handler.js';
import { type Answer, FakeExchange } from './fake-exchange.js';

const modified = 'Tue, 14 Nov 2023 22:13:20 GMT';
let base = '';
let root = '';
let handler: StaticHandler;

function file(name: string, content: string | Buffer): void {
  writeFileSync(join(base, name), content);
  utimesSync(join(base, name), 1700000000, 1700000000);
}

function make(options: Partial<StaticHandlerOptions> = {}): StaticHandler {
  return new StaticHandler({
    documentRoot: root,
    locations: [],
    indexFiles: [],
    autoindex: false,
    ...options,
  });
}

async function ask(
  on: StaticHandler,
  path: string,
  { method = 'GET', headers = {}, keepAlive = false } = {},
): Promise<Answer | 'dynamic'> {
  const exchange = new FakeExchange(path, method, headers);
  if (on.handle(exchange, keepAlive)) return exchange.answer;
  expect(exchange.open).toBe(true);
  return 'dynamic';
}

async function get(path: string, options = {}, on = handler): Promise<Answer> {
  const answer = await ask(on, path, options);
  if (answer === 'dynamic') throw new Error(`${path} went to the request event`);
  return answer;
}

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'static-'));
  root = join(base, 'public');
  mkdirSync(join(root, 'sub dir'), { recursive: true });
  mkdirSync(join(root, 'assets'));
  mkdirSync(join(root, 'private'));
  file('secret.txt', 'outside');
  file('public/index.html', '<h1>index</h1>');
  file('public/app.js', 'let a = 1;');
  file('public/readme', 'no extension');
  file('public/odd.zzz', 'unknown type');
  file('public/page.php', '<?php echo 1;');
  file('public/photo.avif', 'a type that Swoole does not know');
  file('public/empty.txt', '');
  file('public/.hidden.txt', 'dot file');
  file('public/sub dir/näme.txt', 'utf-8 name');
  file('public/assets/letters.txt', 'abcdefghijklmnopqrstuvwxyz');
  file('public/assets/odd.zzz', 'zzz');
  file('public/private/letters.txt', 'private');
  file('public/big.bin', Buffer.alloc(300_000, 'swoole'));
  symlinkSync(join(base, 'secret.txt'), join(root, 'link.txt'));
  symlinkSync(base, join(root, 'up'));
  symlinkSync(join(root, 'app.js'), join(root, 'inside.js'));
  symlinkSync(join(base, 'nothing.txt'), join(root, 'dangling.txt'));
  handler = make();
});

afterAll(() => rmSync(base, { recursive: true }));

describe('a file', () => {
  it('is served with its type and time, and the connection ends with it', async () => {
    const answer = await get('/app.js');
    expect(answer.status).toBe('200 OK');
    expect(answer.body?.toString()).toBe('let a = 1;');
    expect(answer.close).toBe(true);
    expect(answer.headers).toEqual({
      Connection: 'close',
      'Content-Type': 'application/javascript',
      'Accept-Ranges': 'bytes',
      'Last-Modified': modified,
      Server: 'swoole-http-server',
    });
    expect(answer.headerNames).toEqual([
      'Connection',
      'Content-Type',
      'Accept-Ranges',
      'Last-Modified',
      'Server',
    ]);
  });

  it('leaves the connection open after keep-alive', async () => {
    const answer = await get('/app.js', { keepAlive: true });
    expect(answer.headers.Connection).toBe('keep-alive');
    expect(answer.close).toBe(false);
  });

  it.each([
    ['/index.html?v=2', '<h1>index</h1>'],
    ['/index.html#part', '<h1>index</h1>'],
    ['//index.html', '<h1>index</h1>'],
    ['/sub%20dir/n%C3%A4me.txt', 'utf-8 name'],
    ['/sub+dir/näme.txt', 'utf-8 name'],
    ['/sub%20dir/../index.html', '<h1>index</h1>'],
    ['/./index.html', '<h1>index</h1>'],
    ['/.hidden.txt', 'dot file'],
    ['/empty.txt', ''],
    ['/inside.js', 'let a = 1;'],
  ])('is found by %s', async (path, content) => {
    expect((await get(path)).body?.toString()).toBe(content);
  });

  it.each([
    '/',
    '/readme',
    '/odd.zzz',
    '/page.php',
    '/photo.avif',
    '/sub%20dir',
    '/sub%20dir/',
    '/index.html/',
    '/INDEX.HTML',
    '/missing.html',
    '/dangling.txt',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/sub%20dir/../../secret.txt',
    '/index.html%00.txt',
    '/%ff.txt',
    '*',
    'http://host/index.html',
    `/${'x'.repeat(5000)}.txt`,
  ])('is not what %s asks for: the request event gets it', async (path) => {
    expect(await ask(handler, path)).toBe('dynamic');
  });

  it('outside of the root is not served through a link', async () => {
    for (const path of ['/link.txt', '/up/secret.txt', '/up/public/../secret.txt']) {
      const answer = await get(path);
      expect(answer.status).toBe('404 Not Found');
      expect(answer.body?.toString()).not.toContain('outside');
    }
  });

  it('is announced to HEAD with its length and no body', async () => {
    const answer = await get('/index.html', { method: 'HEAD' });
    expect(answer).toMatchObject({
      how: 'respondHead',
      status: '200 OK',
      length: 14,
      body: null,
      close: true,
    });
  });

  it('is served for any method, but not when the request has a body', async () => {
    expect((await get('/index.html', { method: 'DELETE' })).length).toBe(14);
    expect((await get('/index.html', { method: 'POST', headers: { 'Content-Length': '0' } })).length).toBe(
      14,
    );
    expect(await ask(handler, '/index.html', { method: 'POST', headers: { 'Content-Length': '3' } })).toBe(
      'dynamic',
    );
    expect(
      await ask(handler, '/index.html', { method: 'POST', headers: { 'Transfer-Encoding': 'chunked' } }),
    ).toBe('dynamic');
  });

  it('larger than 64 KiB is streamed whole', async () => {
    const answer = await get('/big.bin');
    expect(answer).toMatchObject({ how: 'stream', length: 300_000 });
    expect(answer.body?.equals(Buffer.alloc(300_000, 'swoole'))).toBe(true);
  });
});

describe('If-Modified-Since', () => {
  it.each([
    [modified, 304],
    ['Tue, 14 Nov 2023 22:13:19 GMT', 200],
    ['Wed, 15 Nov 2023 00:00:00 GMT', 304],
    ['Tuesday, 14-Nov-23 22:13:20 GMT', 304],
    ['Tue Nov 14 22:13:20 2023', 304],
    ['not a date', 200],
    ['Tue, 99 Nov 2023 22:13:20 GMT', 200],
  ])('%s gives %d', async (since, status) => {
    const answer = await get('/index.html', { headers: { 'If-Modified-Since': since } });
    expect(Number.parseInt(answer.status, 10)).toBe(status);
  });

  it('gives 304 without a body, a type or ranges', async () => {
    const answer = await get('/index.html', { headers: { 'If-Modified-Since': modified } });
    expect(answer).toMatchObject({ how: 'respondHead', length: null, close: true });
    expect(answer.headerNames).toEqual(['Connection', 'Last-Modified', 'Server']);
  });

  it('is not looked at beside If-None-Match, nor for other methods than GET and HEAD', async () => {
    const headers = { 'If-Modified-Since': modified, 'If-None-Match': '"x"' };
    expect((await get('/index.html', { headers })).status).toBe('200 OK');
    const since = { 'If-Modified-Since': modified };
    expect((await get('/index.html', { method: 'DELETE', headers: since })).status).toBe('200 OK');
    expect((await get('/index.html', { method: 'HEAD', headers: since })).status).toBe('304 Not Modified');
  });

  it('does not hide that a file is missing', async () => {
    expect(await ask(handler, '/missing.html', { headers: { 'If-Modified-Since': modified } })).toBe(
      'dynamic',
    );
  });
});

describe('ranges', () => {
  const path = '/assets/letters.txt';

  it('of one piece are 206 with Content-Range', async () => {
    const answer = await get(path, { headers: { Range: 'bytes=20-' } });
    expect(answer.status).toBe('206 Partial Content');
    expect(answer.body?.toString()).toBe('uvwxyz');
    expect(answer.headers['Content-Range']).toBe('bytes 20-25/26');
    expect(answer.headers['Accept-Ranges']).toBeUndefined();
  });

  it('of several pieces are multipart/byteranges', async () => {
    const answer = await get(path, { headers: { Range: 'bytes=0-3,2-6' } });
    const boundary = /^multipart\/byteranges; boundary=(SwooleBoundary\w+)$/.exec(
      answer.headers['Content-Type'] ?? '',
    )?.[1];
    expect(boundary).toHaveLength(38);
    expect(answer.body?.toString().replaceAll(boundary as string, '(some)')).toBe(
      '--(some)\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-3/26\r\n\r\nabcd\r\n' +
        '--(some)\r\nContent-Type: text/plain\r\nContent-Range: bytes 2-6/26\r\n\r\ncdefg\r\n--(some)--\r\n',
    );
    expect(answer.headers['Content-Range']).toBeUndefined();
  });

  it('of several large pieces are streamed, the announced length is right', async () => {
    const answer = await get('/big.bin', { headers: { Range: 'bytes=0-99999,200000-299999' } });
    expect(answer.how).toBe('stream');
    expect(answer.body?.length).toBe(answer.length);
    expect(answer.body?.includes(Buffer.alloc(100_000, 'swoole'))).toBe(true);
  });

  it('that cannot be read are 416 with an empty body', async () => {
    const answer = await get(path, { headers: { Range: 'bytes=a-b' } });
    expect(answer).toMatchObject({ status: '416 Range Not Satisfiable', length: 0 });
    expect(answer.headerNames).toEqual(['Connection', 'Content-Type', 'Last-Modified', 'Server']);
  });

  it('answer HEAD with the length of the piece', async () => {
    const answer = await get(path, { method: 'HEAD', headers: { Range: 'bytes=0-4' } });
    expect(answer).toMatchObject({ status: '206 Partial Content', length: 5, body: null });
    expect(answer.headers['Content-Range']).toBe('bytes 0-4/26');
  });

  it.each([
    [modified, '206 Partial Content'],
    ['Tue, 14 Nov 2023 22:13:21 GMT', '200 OK'],
    ['Tue, 14 Nov 2023 22:13:19 GMT', '200 OK'],
    ['"an entity tag"', '200 OK'],
  ])('If-Range %s gives %s', async (condition, status) => {
    const answer = await get(path, { headers: { Range: 'bytes=0-4', 'If-Range': condition } });
    expect(answer.status).toBe(status);
  });
});

describe('static_handler_locations', () => {
  const inLocations = (): StaticHandler => make({ locations: ['/assets', '/down/load'] });

  it('serve files of unknown type', async () => {
    const answer = await get('/assets/odd.zzz', {}, inLocations());
    expect(answer.headers['Content-Type']).toBe('application/octet-stream');
    expect(answer.body?.toString()).toBe('zzz');
  });

  it('answer 404 for what is missing, in any case of letters', async () => {
    for (const path of [
      '/assets/missing.txt',
      '/ASSETS/letters.txt',
      '/down/load',
      '/assets/../../secret.txt',
    ]) {
      const answer = await get(path, {}, inLocations());
      expect(answer).toMatchObject({ status: '404 Not Found', length: 321, close: false });
      expect(answer.headers).toEqual({ Server: 'swoole-http-server' });
    }
  });

  it('leave everything else, and directories, to the request event', async () => {
    for (const path of ['/private/letters.txt', '/other', '/assets']) {
      expect(await ask(inLocations(), path)).toBe('dynamic');
    }
  });

  it('are not left by dot segments, plain or encoded', async () => {
    for (const path of [
      '/assets/../private/letters.txt',
      '/assets/%2e%2e/private/letters.txt',
      '/assets/..%2fpage.php',
    ]) {
      expect((await get(path, {}, inLocations())).status).toBe('404 Not Found');
    }
    expect((await get('/assets/../assets/letters.txt', {}, inLocations())).status).toBe('200 OK');
  });
});

describe('the document root', () => {
  it('may be a link itself', async () => {
    symlinkSync(root, join(base, 'current'));
    const answer = await get('/app.js', {}, make({ documentRoot: join(base, 'current') }));
    expect(answer.body?.toString()).toBe('let a = 1;');
  });

  it('must be an existing directory', () => {
    for (const documentRoot of ['', join(base, 'nothing'), join(base, 'secret.txt')]) {
      expect(() => make({ documentRoot })).toThrow();
    }
  });

  it('may be the root of the file system', async () => {
    const answer = await get(`${base}/secret.txt`, {}, make({ documentRoot: '/' }));
    expect(answer.body?.toString()).toBe('outside');
  });
});
