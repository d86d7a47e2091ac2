import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestParser } from '../../../src/http/parse/request-bytes.js';

const H = 'Host: x\r\n';

function parse(text: string | Uint8Array): { parser: RequestParser; used: number | false } {
  const parser = new RequestParser();
  const used = parser.feed(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);
  return { parser, used };
}

const show = (parser: RequestParser) => ({
  head: parser.head,
  body: parser.body.toString('latin1'),
  completed: parser.completed,
  failed: parser.failed,
});

describe('what Swoole made of it when it was recorded', () => {
  it('reads a request from a head and a body', () => {
    const parser = new RequestParser();
    expect([parser.completed, parser.body.length, parser.data.length, parser.head]).toEqual([
      false,
      0,
      0,
      null,
    ]);
    const head =
      'POST /made?by=hand HTTP/1.1\r\nHost: nowhere\r\nCookie: a=1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\n';
    expect(parser.feed(Buffer.from(head))).toBe(127);
    expect(parser.completed).toBe(false);
    expect(parser.feed(Buffer.from('x=1&y=2'))).toBe(7);
    expect(parser.completed).toBe(true);
    expect(parser.feed(Buffer.from('more'))).toBe(false);
    expect(parser.head).toEqual({
      method: 'POST',
      path: '/made',
      query: 'by=hand',
      version: '1.1',
      headers: [
        'host',
        'nowhere',
        'cookie',
        'a=1',
        'content-type',
        'application/x-www-form-urlencoded',
        'content-length',
        '7',
      ],
    });
    expect(parser.body.toString()).toBe('x=1&y=2');
    expect(parser.data.toString()).toBe(`${head}x=1&y=2`);
  });

  it('takes the framing off a chunked body, and leaves it in the data', () => {
    const { parser } = parse(
      `POST /chunked HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n`,
    );
    expect(parser.body.toString()).toBe('hello world');
    expect(parser.data.toString()).toMatch(/\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n$/);
  });

  it.each([
    ['X-Empty:', 'x-empty', ''],
    ['X-Spaces:    padded   ', 'x-spaces', 'padded   '],
    ['x-COLON: a:b:c', 'x-colon', 'a:b:c'],
    ['X_Under_Score: u', 'x_under_score', 'u'],
    ['X-Quoted: "q\\"uoted"', 'x-quoted', '"q\\"uoted"'],
  ])('reads the header %j', (line, name, value) => {
    expect(parse(`GET / HTTP/1.1\r\n${line}\r\n\r\n`).parser.head?.headers).toEqual([name, value]);
  });

  it.each([
    ['/q?', '/q', ''],
    ['/?just-a-question', '/', 'just-a-question'],
    ['/two?a=1?b=2&&c', '/two', 'a=1?b=2&&c'],
    ['/a//b/../c/./d%2Fe%20f+g?x=%2F&y=+', '/a//b/../c/./d%2Fe%20f+g', 'x=%2F&y=+'],
    ['http://other.example/absolute?q=1', 'http://other.example/absolute', 'q=1'],
    ['*', '*', ''],
  ])('reads the target %j', (target, path, query) => {
    expect(parse(`OPTIONS ${target} HTTP/1.1\r\n${H}\r\n`).parser.head).toMatchObject({ path, query });
  });

  // the scenario http-malformed
  it.each([
    ['garbage', 'this is not http at all\r\n\r\n'],
    ['binary', '\x16\x03\x01\x02\x00\x01'],
    ['no version', `GET /\r\n${H}\r\n`],
    ['version 2.0', `GET / HTTP/2.0\r\n${H}\r\n`],
    ['version 1.2', `GET / HTTP/1.2\r\n${H}\r\n`],
    ['lower case version', `GET / http/1.1\r\n${H}\r\n`],
    ['lower case method', `get / HTTP/1.1\r\n${H}\r\n`],
    ['unknown method', `BREW /pot HTTP/1.1\r\n${H}\r\n`],
    ['method glued on', `GETX /m HTTP/1.1\r\n${H}\r\n`],
    ['tab', `GET\t/ HTTP/1.1\r\n${H}\r\n`],
    ['space in the url', `GET /a b HTTP/1.1\r\n${H}\r\n`],
    ['url without slash', `GET path HTTP/1.1\r\n${H}\r\n`],
    ['control character in the url', `GET /a\x01b HTTP/1.1\r\n${H}\r\n`],
    ['latin1 in the url', `GET /caf\xe9 HTTP/1.1\r\n${H}\r\n`],
    ['header without colon', `GET / HTTP/1.1\r\n${H}nocolon\r\n\r\n`],
    ['header with space before the colon', `GET / HTTP/1.1\r\n${H}X-A : 1\r\n\r\n`],
    ['header with space in the name', `GET / HTTP/1.1\r\n${H}X A: 1\r\n\r\n`],
    ['header without name', `GET / HTTP/1.1\r\n${H}: 1\r\n\r\n`],
    ['folded header', `GET / HTTP/1.1\r\n${H}X-A: 1\r\n  2\r\n\r\n`],
    ['NUL in a value', `GET / HTTP/1.1\r\n${H}X-A: a\0b\r\n\r\n`],
    ['CR in a value', `GET / HTTP/1.1\r\n${H}X-A: a\rb\r\n\r\n`],
    [
      'length and chunked',
      `POST / HTTP/1.1\r\n${H}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
    ],
    [
      'chunk size no number',
      `POST / HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n`,
    ],
    ['other transfer encoding', `POST / HTTP/1.1\r\n${H}Transfer-Encoding: gzip\r\n\r\nabc`],
    ['negative length', `POST / HTTP/1.1\r\n${H}Content-Length: -1\r\n\r\nabc`],
    ['length is a word', `POST / HTTP/1.1\r\n${H}Content-Length: three\r\n\r\nabc`],
    ['two lengths', `POST / HTTP/1.1\r\n${H}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`],
  ])('refuses: %s', (_label, text) => {
    const { parser, used } = parse(text);
    expect(parser.failed).toBe(true);
    expect(parser.completed).toBe(false);
    expect(used).toBeLessThanOrEqual(text.length);
    expect(parser.feed(Buffer.from(`GET / HTTP/1.1\r\n${H}\r\n`))).toBe(0);
    expect(parser.failed).toBe(true);
  });

  it.each(['TRACE', 'CONNECT', 'PROPFIND', 'PURGE', 'M-SEARCH'])('knows the method %s', (method) => {
    expect(parse(`${method} /m HTTP/1.1\r\n${H}\r\n`).parser.head?.method).toBe(method);
  });

  it('takes two spaces in the request line', () => {
    expect(parse(`GET  /  HTTP/1.1\r\n${H}\r\n`).parser.head?.path).toBe('/');
  });
});

it('refuses more of a malformed chunked body', () => {
  const head = `POST / HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\n`;
  for (const body of [
    '\r\n',
    '3 \r\nabc',
    '3\nabc',
    '3\r\nabcd',
    '3\r\nabc\n',
    '20000000000000\r\n',
    '0\r\n\n',
    '0\r\n x: 1\r\n',
  ]) {
    expect(parse(head + body).parser.failed, JSON.stringify(body)).toBe(true);
  }
});

it('takes chunk extensions and trailers, which the RFC allows, and leaves them out', () => {
  const text = `POST / HTTP/1.1\r\n${H}Transfer-Encoding: Chunked\r\n\r\n3;a="b"\r\nabc\r\n0;x\r\nX-Sum: 1\r\n\r\n`;
  const { parser, used } = parse(text);
  expect(used).toBe(text.length);
  expect(parser.body.toString()).toBe('abc');
  expect(parser.completed).toBe(true);
  expect(parser.head?.headers).not.toContain('x-sum');
});

it('tells the method before the head is complete', () => {
  const parser = new RequestParser();
  parser.feed(Buffer.from('PO'));
  expect(parser.method).toBe('');
  parser.feed(Buffer.from('ST /index.html'));
  expect(parser.method).toBe('POST');
  expect(parser.head).toBeNull();
});

it('counts only the bytes of the first request, and keeps all in the data', () => {
  const first = `GET /1 HTTP/1.1\r\n${H}\r\n`;
  const { parser, used } = parse(`${first}GET /2 HTTP/1.1\r\n`);
  expect(used).toBe(first.length);
  expect(parser.completed).toBe(true);
  expect(parser.body).toHaveLength(0);
  expect(parser.data.toString()).toBe(`${first}GET /2 HTTP/1.1\r\n`);
});

it('hands out copies', () => {
  const { parser } = parse('POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc');
  parser.data.fill(0);
  parser.body.fill(0);
  expect(parser.body.toString()).toBe('abc');
});

it('reads the same whatever pieces a request comes in', () => {
  const requests = [
    `\r\nGET /path?q=1 HTTP/1.0\r\n${H}X-A: caf\xc3\xa9\r\n\r\nrest`,
    `POST /l HTTP/1.1\r\n${H}Content-Length: 10\r\n\r\n0123456789GET / HTTP/1.1\r\n`,
    `PUT /c HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\n5;e=1\r\nhe\r\no\r\n1\r\n!\r\n0\r\nT: 1\r\n\r\nrest`,
    `POST /bad HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n`,
    `GET / HTTP/1.1\r\nX A: 1\r\n\r\n`,
    `POST /short HTTP/1.1\r\nContent-Length: 10\r\n\r\n0123`,
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...requests),
      fc.array(fc.nat({ max: 200 }), { maxLength: 8 }),
      (text, cuts) => {
        const bytes = Buffer.from(text, 'latin1');
        const whole = parse(bytes);
        const parser = new RequestParser();
        let used = 0;
        let from = 0;
        for (const to of [
          ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
          bytes.length,
        ]) {
          const taken = parser.feed(bytes.subarray(from, to));
          if (taken !== false) used += taken;
          from = to;
        }
        expect(show(parser)).toEqual(show(whole.parser));
        expect(used).toBe(whole.used);
      },
    ),
    { numRuns: 500 },
  );
});

it('reads a request byte by byte', () => {
  const text = `POST /c HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`;
  const parser = new RequestParser();
  for (const byte of Buffer.from(text)) expect(parser.feed(Uint8Array.of(byte))).toBe(1);
  expect(show(parser)).toEqual(show(parse(text).parser));
  expect(parser.completed).toBe(true);
});
