import { describe, expect, it } from 'vitest';
import { ResponseReader } from '../../../src/client/http/response-reader.js';

const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** Reads an answer that comes in pieces of this many bytes. */
function read(text: string, size = text.length, bodyless = false, most = NO_LIMIT): ResponseReader {
  const reader = new ResponseReader(bodyless, null, most);
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length && !reader.done && !reader.failed; at += size)
    reader.push(bytes.subarray(at, at + size));
  return reader;
}

const whole = {
  length: 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\nX-A: b \r\n\r\nhello world',
  chunks:
    'HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: t\r\n\r\n',
  interim:
    'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world',
};

describe('ResponseReader', () => {
  it('reads an answer in pieces of any size', () => {
    for (const text of Object.values(whole)) {
      for (let size = 1; size <= text.length; size++) {
        const reader = read(text, size);
        expect([reader.done, reader.head?.status, String(reader.body())], `${size} of ${text}`).toEqual([
          true,
          200,
          'hello world',
        ]);
      }
    }
  });

  it('gives names and values as they came, without the white space around them', () => {
    expect(read(whole.length).head?.headers).toEqual(['Content-Length', '11', 'X-A', 'b']);
  });

  it('knows the answers that have no body', () => {
    for (const status of [101, 204, 304])
      expect(read(`HTTP/1.1 ${status} X\r\nContent-Length: 5\r\n\r\n`).done).toBe(true);
    expect(read('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', 1, true).done).toBe(true);
    expect(read('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n').done).toBe(false);
  });

  it('reads a body without a length up to the end of the connection', () => {
    const reader = read('HTTP/1.0 200 OK\r\n\r\nall of it', 3);
    expect([reader.done, reader.end(), String(reader.body())]).toEqual([false, true, 'all of it']);
    expect(read('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfour').end()).toBe(false);
  });

  it('tells whether the connection goes on', () => {
    const keeps = (version: string, connection: string): boolean | undefined =>
      read(`HTTP/${version} 204 X\r\n${connection}\r\n`).head?.keepAlive;
    expect(keeps('1.1', '')).toBe(true);
    expect(keeps('1.1', 'Connection: Close\r\n')).toBe(false);
    expect(keeps('1.0', '')).toBe(false);
    expect(keeps('1.0', 'Connection: Keep-Alive\r\n')).toBe(true);
  });

  it('refuses what is no answer, or says two things about where its body ends', () => {
    const heads = [
      'SSH-2.0-OpenSSH\r\n\r\n',
      'HTTP/2 200 OK\r\n\r\n',
      'HTTP/1.1 20 OK\r\n\r\n',
      'HTTP/1.1 2000\r\n\r\n',
      'HTTP/1.1  200 OK\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\n',
      'HTTP/1.1 200 OK\r\n: no name\r\n\r\n',
      'HTTP/1.1 200 OK\r\n folded: x\r\n\r\n',
      'HTTP/1.1 200 OK\r\nX: a\nY: b\r\n\r\n',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n',
    ];
    for (const head of heads)
      expect([head, read(head).failed, read(head, 1).failed]).toEqual([head, true, true]);
  });

  it('keeps no more than it is told, and no endless head', () => {
    expect(read(whole.length, 4, false, 10).failed).toBe(true);
    expect(read(whole.length, 4, false, 11).done).toBe(true);
    expect(read(`HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(20_000)}`, 1000).failed).toBe(true);
    const extensions = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(70_000)}`;
    expect(read(extensions, 1000).failed).toBe(true);
  });

  it('gives back what comes behind the answer', () => {
    const reader = new ResponseReader(false, null, NO_LIMIT);
    expect(String(reader.push(Buffer.from(`${whole.length}more`)))).toBe('more');
    expect(reader.done).toBe(true);
  });
});
