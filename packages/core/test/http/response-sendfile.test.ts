import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { swoole_last_error } from '../../src/errors/last-error.js';
import { responseTo } from './fake-exchange.js';
import { collectWarnings } from './warnings.js';

const warnings = collectWarnings();
const md5 = (data: Buffer) => createHash('md5').update(data).digest('hex');
let dir = '';
const at = (name: string) => join(dir, name);

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'sf-'));
  const files = {
    'page.html': '<p>0123456789</p>\n',
    'data.json': '{"a":1}',
    'style.css': 'p{}',
    'code.js': '1',
    'unknown.zzz': 'zzz',
    noext: 'plain',
    'empty.txt': '',
    'large.bin': '0123456789abcdef'.repeat(40_000),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(at(name), content);
  writeFileSync(at('image.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  mkdirSync(at('folder'));
});
afterAll(() => rmSync(dir, { recursive: true }));

// The scenario http-sendfile.
describe('Response.sendfile()', () => {
  it.each([
    ['page.html', 'text/html', 18],
    ['data.json', 'application/json', 7],
    ['style.css', 'text/css', 3],
    ['code.js', 'application/javascript', 1],
    ['image.png', 'image/png', 4],
    ['unknown.zzz', 'application/octet-stream', 3],
    ['noext', 'application/octet-stream', 5],
    ['empty.txt', 'text/plain', 0],
  ])('sends %s as %s with %i bytes', (name, type, length) => {
    const { response, exchange, context } = responseTo();
    expect(response.sendfile(at(name))).toBe(true);
    expect(response.isWritable()).toBe(false);
    expect(exchange.calls).toEqual(['respond']);
    expect(exchange.status).toBe('200 OK');
    expect(exchange.values('Content-Type')).toEqual([type]);
    expect(exchange.length).toBe(length);
    expect(context.ended).toEqual([{ response, close: false }]);
  });

  it.each([
    [3, 0, '0123456789</p>\n'],
    [3, 10, '0123456789'],
    [0, 0, '<p>0123456789</p>\n'],
    [18, 0, ''],
  ])('sends the part of page.html from %i of length %i', (offset, length, text) => {
    const { response, exchange } = responseTo();
    expect(response.sendfile(at('page.html'), offset, length)).toBe(true);
    expect(exchange.body.toString()).toBe(text);
    expect(exchange.length).toBe(text.length);
  });

  it.each([
    [0, 0, 640_000, 'e20d86ce3ab9bb37f089f64cacf66cd6'],
    [16, 600_000, 600_000, '89ea426f66ce67420400de5d51bda936'],
  ])('streams a large file from %i of length %i', async (offset, length, bytes, digest) => {
    const { response, exchange, context } = responseTo();
    expect(response.sendfile(at('large.bin'), offset, length)).toBe(true);
    expect(response.isWritable()).toBe(false);
    expect(exchange.calls).toEqual(['stream']);
    expect(exchange.length).toBe(bytes);
    await exchange.streamed;
    expect(md5(exchange.body)).toBe(digest);
    await Promise.resolve();
    expect(context.ended).toEqual([{ response, close: false }]);
  });

  it('sends the short end of a large file in one piece', () => {
    const { response, exchange } = responseTo();
    response.sendfile(at('large.bin'), 639_990);
    expect(exchange.calls).toEqual(['respond']);
    expect(exchange.body.toString()).toBe('6789abcdef');
  });

  it('sends a file that is deleted at once', async () => {
    writeFileSync(at('short-lived'), Buffer.alloc(200_000, 1));
    const { response, exchange } = responseTo();
    response.sendfile(at('short-lived'));
    unlinkSync(at('short-lived'));
    await exchange.streamed;
    expect(exchange.body.equals(Buffer.alloc(200_000, 1))).toBe(true);
  });

  it('keeps the content type and the status of the program', () => {
    const { response, exchange } = responseTo();
    response.header('content-type', 'text/plain');
    response.status(206);
    response.sendfile(at('page.html'), 3, 4);
    expect(exchange.status).toBe('206 Partial Content');
    expect(exchange.values('Content-Type')).toEqual(['text/plain']);
    expect(exchange.body.toString()).toBe('0123');
  });

  it('is not compressed', () => {
    const { response, exchange } = responseTo(
      { headers: ['accept-encoding', 'gzip'] },
      { compression: true, compressionMinLength: 1 },
    );
    response.sendfile(at('page.html'));
    expect(exchange.values('Content-Encoding')).toEqual([]);
    expect(exchange.length).toBe(18);
  });

  it('sends only the head to HEAD, of large files too', () => {
    for (const [name, length] of [
      ['page.html', 18],
      ['large.bin', 640_000],
    ] as const) {
      const { response, exchange } = responseTo({ method: 'HEAD' });
      expect(response.sendfile(at(name))).toBe(true);
      expect(exchange.calls).toEqual(['respondHead']);
      expect(exchange.length).toBe(length);
    }
  });

  it.each([
    ['page.html', 19, 0, 'parameter $offset[19] exceeds the file size'],
    ['page.html', 3, 100, 'parameter $length[100] exceeds the file size'],
    ['page.html', -1, 0, 'parameter $offset[-1] must be greater than or equal to 0'],
    ['page.html', 0, -1, 'parameter $length[-1] must be greater than or equal to 0'],
    ['missing.txt', 0, 0, 'stat({DIR}/missing.txt) failed, Error: No such file or directory[2]'],
    ['page.html/x', 0, 0, 'stat({DIR}/page.html/x) failed, Error: Not a directory[20]'],
    ['folder', 0, 0, 'parameter $file[{DIR}/folder] given is not a regular file'],
  ])('refuses %s from %i of length %i and stays open', (name, offset, length, reason) => {
    const { response, exchange } = responseTo();
    expect(response.sendfile(at(name), offset, length)).toBe(false);
    expect(warnings).toEqual([`Swoole\\Http\\Response::sendfile(): ${reason.replace('{DIR}', dir)}`]);
    expect(response.isWritable()).toBe(true);
    response.status(404);
    response.end('no file');
    expect(exchange.body.toString()).toBe('no file');
    expect(exchange.values('Content-Type')).toEqual(['text/html']);
  });

  it('refuses an empty name and one with a NUL byte', () => {
    const { response } = responseTo();
    expect(response.sendfile('')).toBe(false);
    expect(warnings).toEqual(['Swoole\\Http\\Response::sendfile(): file name is empty']);
    expect(response.sendfile(`${at('page.html')}\0.png`)).toBe(false);
    expect(swoole_last_error()).toBe(2);
  });

  it('refuses after write()', () => {
    const { response, exchange } = responseTo();
    response.write('chunk');
    expect(response.sendfile(at('page.html'))).toBe(false);
    expect(warnings).toEqual([
      "Swoole\\Http\\Response::sendfile(): can't use sendfile when HTTP chunk is enabled",
    ]);
    expect(swoole_last_error()).toBe(503);
    response.end('no file');
    expect(exchange.chunks).toEqual(['chunk', 'no file']);
  });

  it('leaves the error number of what failed', () => {
    const { response } = responseTo();
    response.sendfile(at('missing.txt'));
    expect(swoole_last_error()).toBe(2);
    response.sendfile(at('folder'));
    expect(swoole_last_error()).toBe(9013);
    response.sendfile('');
    expect(swoole_last_error()).toBe(510);
  });

  it('closes the file and ends the response when the peer leaves', async () => {
    const opened = () => readdirSync('/proc/self/fd').length;
    const before = process.platform === 'linux' ? opened() : 0;
    const { response, exchange, context } = responseTo();
    exchange.peerLeaves = true;
    expect(response.sendfile(at('large.bin'))).toBe(true);
    await expect(exchange.streamed).rejects.toThrow('the peer is gone');
    await expect.poll(() => context.ended.length).toBe(1);
    if (process.platform === 'linux') await expect.poll(opened).toBe(before);
  });
});
