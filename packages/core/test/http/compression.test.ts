import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { acceptedEncoding, compress } from '../../src/http/compression.js';
import type { ResponseContext } from '../../src/http/response.js';
import { type FakeExchange, requestHead, responseTo } from './fake-exchange.js';

const decoders = { br: brotliDecompressSync, gzip: gunzipSync, deflate: inflateSync };
const letters = (n: number) => 'z'.repeat(n);

function ask(accept: string | null, context: Partial<ResponseContext> = {}, method = 'GET') {
  const headers = accept === null ? [] : ['accept-encoding', accept];
  return responseTo({ headers, method }, { compression: true, compressionLevel: 6, ...context });
}

function decoded(exchange: FakeExchange): string {
  const [encoding] = exchange.values('Content-Encoding');
  const decode = decoders[encoding as keyof typeof decoders];
  return (decode ? decode(exchange.body) : exchange.body).toString();
}

// The scenario http-compression.
describe('a body', () => {
  it.each([
    [null, undefined],
    ['gzip', 'gzip'],
    ['deflate', 'deflate'],
    ['br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['deflate, gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['identity', undefined],
    ['*', undefined],
    ['GZIP', undefined],
    ['gzip;q=0', 'gzip'],
    ['x-gzip', 'gzip'],
    ['zstd', undefined],
    ['', undefined],
  ])('for Accept-Encoding %s goes out as %s', (accept, encoding) => {
    const { response, exchange } = ask(accept);
    response.end(letters(200));
    expect(exchange.values('Content-Encoding')).toEqual(encoding === undefined ? [] : [encoding]);
    expect(exchange.values('Vary')).toEqual([]);
    expect(decoded(exchange)).toBe(letters(200));
    expect(exchange.length).toBe(exchange.body.length);
    expect(exchange.body.length < 200).toBe(encoding !== undefined);
  });

  it.each([
    [0, false],
    [19, false],
    [20, true],
    [21, true],
    [5000, true],
    [100_000, true],
  ])('of %i letters is compressed: %s', (n, compressed) => {
    const { response, exchange } = ask('gzip');
    response.end(letters(n));
    expect(exchange.values('Content-Encoding')).toHaveLength(compressed ? 1 : 0);
    expect(decoded(exchange)).toBe(letters(n));
  });

  it('is measured in bytes', () => {
    const long = ask('gzip');
    long.response.end('é'.repeat(10));
    expect(decoded(long.exchange)).toBe('é'.repeat(10));
    expect(long.exchange.values('Content-Encoding')).toEqual(['gzip']);
    const short = ask('gzip');
    short.response.end('é'.repeat(9));
    expect(short.exchange.values('Content-Encoding')).toEqual([]);
  });

  it('is compressed whatever its type, behind all other headers', () => {
    const { response, exchange } = ask('gzip');
    response.header('Content-Type', 'image/png');
    response.end(Buffer.from(letters(200)));
    expect(exchange.lines.slice(0, -1)).toEqual([
      'HTTP/1.1 200 OK',
      'Content-Type: image/png',
      'Server: swoole-http-server',
      'Connection: keep-alive',
      'Content-Encoding: gzip',
    ]);
    expect(decoded(exchange)).toBe(letters(200));
  });

  it('is left alone after write(), with an encoding of the program, and when compression is off', () => {
    const chunked = ask('gzip');
    chunked.response.write(letters(200));
    chunked.response.end(letters(200));
    expect(chunked.exchange.chunks).toEqual([letters(200), letters(200)]);
    const own = ask('gzip');
    own.response.header('Content-Encoding', 'identity');
    own.response.end(letters(200));
    expect(own.exchange.values('Content-Encoding')).toEqual(['identity']);
    expect(own.exchange.length).toBe(200);
    const off = ask('gzip', { compression: false });
    off.response.end(letters(200));
    expect(off.exchange.body.toString()).toBe(letters(200));
  });

  it('ignores the Content-Length of the program', () => {
    const { response, exchange } = ask('gzip');
    response.header('Content-Length', '200');
    response.end(letters(200));
    expect(decoded(exchange)).toBe(letters(200));
    expect(exchange.length).toBe(exchange.body.length);
  });

  it('is compressed only for the types asked for', () => {
    const compressionTypes = new Set(['text/html', 'application/json']);
    for (const [type, compressed] of [
      [null, true],
      ['application/json', true],
      ['image/png', false],
    ] as const) {
      const { response, exchange } = ask('gzip', { compressionTypes });
      if (type !== null) response.header('content-type', type);
      response.end(letters(200));
      expect(exchange.values('Content-Encoding')).toHaveLength(compressed ? 1 : 0);
    }
  });

  it('of a HEAD response is announced as GET would send it', () => {
    const get = ask('gzip');
    get.response.end(letters(200));
    const head = ask('gzip', {}, 'HEAD');
    head.response.end(letters(200));
    expect(head.exchange.lines).toEqual(get.exchange.lines);
    expect(head.exchange.body).toHaveLength(0);
  });
});

describe('acceptedEncoding', () => {
  it('takes the last of several headers', () => {
    const headers = ['accept-encoding', 'gzip', 'x', 'br', 'accept-encoding', 'deflate'];
    expect(acceptedEncoding(requestHead({ headers }), true)).toBe('deflate');
  });

  it('passes over br where it is not offered', () => {
    expect(acceptedEncoding(requestHead({ headers: ['accept-encoding', 'gzip, br'] }), false)).toBe('gzip');
  });
});

describe('compress', () => {
  it('takes every level, moved to the nearest there is', () => {
    for (const encoding of ['br', 'gzip', 'deflate'] as const) {
      for (const level of [-5, -1, 0, 1, 9, 11, 99]) {
        expect(decoders[encoding](compress('some text', encoding, level)).toString()).toBe('some text');
      }
    }
  });

  it('sends deflate with its zlib header (RFC 9110, 8.4.1.2)', () => {
    // RFC 1950: the first byte says deflate with a 32 KiB window, and both make a multiple of 31.
    const [first, second] = compress('some text', 'deflate', 6);
    expect(first).toBe(0x78);
    expect((0x78 * 256 + (second as number)) % 31).toBe(0);
  });
});
