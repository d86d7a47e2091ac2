import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestHead } from '../../src/engine/engine.js';
import { Request, type RequestSettings } from '../../src/http/request.js';
import { requestHead } from './fake-exchange.js';
import { collectWarnings } from './warnings.js';

collectWarnings();
let uploadDir = '';
beforeAll(() => {
  uploadDir = mkdtempSync(join(tmpdir(), 'request-'));
});
afterAll(() => rmSync(uploadDir, { recursive: true }));

function request(head: Partial<RequestHead> = {}, settings: Partial<RequestSettings> = {}): Request {
  return new Request(requestHead(head), 5, {
    serverPort: 9501,
    serverAddress: '127.0.0.1',
    remoteAddress: '192.0.2.7',
    remotePort: 40_000,
    masterTime: 1_700_000_000,
    settings: { parsePost: true, parseCookie: true, parseFiles: false, uploadDir, ...settings },
  });
}

function posted(
  type: string,
  body: string,
  settings: Partial<RequestSettings> = {},
  method = 'POST',
): Request {
  const made = request({ method, headers: ['host', 'x', 'content-type', type] }, settings);
  made.attachBody(Buffer.from(body));
  expect(made.prepareBody()).toBe('ok');
  return made;
}

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data; boundary=BB';
const part = (name: string, value: string, filename?: string) =>
  `--BB\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"\r\nContent-Type: text/plain`}\r\n\r\n${value}\r\n`;

// The scenarios http-request-fields and ws-open-request.
describe('request.server', () => {
  it('has the keys of Swoole, and query_string only when there is one', () => {
    const before = Date.now();
    const { server } = request({ path: '/Path/To/File.html', query: 'a=1&b=two', method: 'DELETE' });
    const after = Date.now();
    expect(Object.keys(server)).toEqual([
      'query_string',
      'request_method',
      'request_uri',
      'path_info',
      'request_time',
      'request_time_float',
      'server_protocol',
      'server_port',
      'remote_port',
      'server_addr',
      'remote_addr',
      'master_time',
    ]);
    expect(server).toMatchObject({
      query_string: 'a=1&b=two',
      request_method: 'DELETE',
      request_uri: '/Path/To/File.html',
      path_info: '/Path/To/File.html',
      server_protocol: 'HTTP/1.1',
      server_port: 9501,
      remote_port: 40_000,
      server_addr: '127.0.0.1',
      remote_addr: '192.0.2.7',
      master_time: 1_700_000_000,
    });
    expect(server.request_time).toBe(Math.floor(server.request_time_float));
    expect(server.request_time_float * 1000).toBeGreaterThanOrEqual(before);
    expect(server.request_time_float * 1000).toBeLessThanOrEqual(after);
    expect('query_string' in request().server).toBe(false);
  });

  it('inherits nothing', () => {
    const { server } = request();
    expect(server.constructor).toBeUndefined();
    expect(server.toString).toBeUndefined();
  });

  it.each([
    ['/a//b/../c/./d%2Fe%20f+g', '/a//b/../c/./d/e f g'],
    ['/room/caf%C3%A9%20one', '/room/café one'],
    ['http://other.example/absolute', 'http://other.example/absolute'],
    ['*', '*'],
  ])('keeps %s and decodes it to %s', (path, info) => {
    const { server } = request({ path });
    expect(server.request_uri).toBe(path);
    expect(server.path_info).toBe(info);
  });

  it('tells HTTP/1.0', () => {
    expect(request({ version: '1.0' }).server.server_protocol).toBe('HTTP/1.0');
  });
});

describe('request fields', () => {
  it('are null for a request without them', () => {
    const made = request();
    expect(made.prepareBody()).toBe('ok');
    const { fd, streamId, get, post, cookie, files, tmpfiles } = made;
    expect({ fd, streamId, get, post, cookie, files, tmpfiles }).toEqual({
      fd: 5,
      streamId: 0,
      get: null,
      post: null,
      cookie: null,
      files: null,
      tmpfiles: null,
    });
    expect(made.header).toEqual({ host: 'x' });
    expect(made.getMethod()).toBe('GET');
    expect(made.rawContent()).toHaveLength(0);
    expect(made.getContent()).toHaveLength(0);
    expect(made.isCompleted()).toBe(true);
    expect(made.parse('more')).toBe(false);
  });

  it('fold repeated headers and take cookies out', () => {
    const made = request({
      headers: [
        'host',
        'a',
        'x-twice',
        '1',
        'cookie',
        'sid=abc%20def; theme="dark"; theme=light; n=1=2',
        'x-twice',
        '2',
      ],
    });
    expect(made.header).toEqual({ host: 'a', 'x-twice': ['1', '2'] });
    expect(made.cookie).toEqual({ sid: 'abc def', theme: '"dark"', n: '1=2' });
  });

  it('give an empty cookie list for an empty header, and leave cookies in place when they are not parsed', () => {
    expect(request({ headers: ['cookie', ''] }).cookie).toEqual({});
    const raw = request({ headers: ['cookie', 'a=1; b=%20'] }, { parseCookie: false });
    expect(raw.cookie).toBeNull();
    expect(raw.header.cookie).toBe('a=1; b=%20');
  });

  it('parse the query string as PHP does', () => {
    const query = 'name=J%C3%BCrgen+B&tags[]=x&tags[]=y&opt[deep][er]=1&empty=&flag&a.b=dot#frag';
    expect(request({ query }).get).toEqual({
      name: 'Jürgen B',
      tags: ['x', 'y'],
      opt: { deep: { er: '1' } },
      empty: '',
      flag: '',
      a_b: 'dot#frag',
    });
  });

  it('are parsed once and keep what is assigned', () => {
    const made = request({ query: 'a=1', headers: ['cookie', 'c=1', 'x', 'y'] });
    expect(made.get).toBe(made.get);
    expect(made.header).toBe(made.header);
    expect(made.server).toBe(made.server);
    expect(made.cookie).toBe(made.cookie);
    made.get = { b: '2' };
    made.post = { p: '3' };
    made.cookie = null;
    made.files = {};
    made.tmpfiles = [];
    made.header = { z: '1' };
    made.server = { ...made.server, request_uri: '/other' };
    expect([made.get, made.post, made.cookie, made.files, made.tmpfiles, made.header]).toEqual([
      { b: '2' },
      { p: '3' },
      null,
      {},
      [],
      { z: '1' },
    ]);
    expect(made.server.request_uri).toBe('/other');
  });

  it('keep cookies when headers are assigned before they were read', () => {
    const made = request({ headers: ['cookie', 'c=1'] });
    made.header = {};
    expect(made.cookie).toEqual({ c: '1' });
  });
});

describe('request.post', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('is parsed for %s', (method) => {
    expect(posted(FORM, 'a=1&b[]=2', {}, method).post).toEqual({ a: '1', b: ['2'] });
  });

  it('is null for other methods, other types, no body and when it is not parsed', () => {
    expect(posted(FORM, 'a=1', {}, 'GET').post).toBeNull();
    expect(posted('application/json', '{"a":1}').post).toBeNull();
    expect(posted(FORM, '').post).toBeNull();
    const off = posted(FORM, 'a=1&b[]=2', { parsePost: false });
    expect(off.post).toBeNull();
    expect(off.rawContent().toString()).toBe('a=1&b[]=2');
  });

  it('takes the beginning of the type, in any case', () => {
    expect(posted('Application/X-WWW-Form-Urlencoded; charset=utf-8', 'a=1').post).toEqual({ a: '1' });
  });
});

describe('a multipart request', () => {
  it('has its fields and files before the event, parsed though http_parse_post is off', () => {
    const made = posted(MULTIPART, `${part('a', '1')}${part('f', 'one file', 'one.txt')}--BB--\r\n`, {
      parsePost: false,
    });
    expect(made.post).toEqual({ a: '1' });
    const [path] = made.tmpfiles as string[];
    expect(made.files).toEqual({
      f: { type: 'text/plain', tmp_name: path, size: 8, name: 'one.txt', error: 0 },
    });
    expect(readFileSync(path as string, 'utf8')).toBe('one file');
    expect(made.holdsUploads()).toBe(true);
    made.release();
    expect(existsSync(path as string)).toBe(false);
    expect(made.holdsUploads()).toBe(false);
  });

  it('arranges files as PHP does when asked to', () => {
    const made = posted(
      MULTIPART,
      `${part('f[]', 'first', '1.txt')}${part('f[]', 'second', '2.txt')}--BB--\r\n`,
      {
        parseFiles: true,
      },
    );
    expect(made.files).toMatchObject({ f: { name: ['1.txt', '2.txt'], error: [0, 0], size: [5, 6] } });
    made.release();
  });

  it('loses its files with the request even if the program changed tmpfiles', () => {
    const made = posted(MULTIPART, `${part('f', 'x', 'f.txt')}--BB--\r\n`);
    made.tmpfiles?.splice(0);
    made.tmpfiles = null;
    expect(readdirSync(uploadDir)).toHaveLength(1);
    made.release();
    expect(readdirSync(uploadDir)).toEqual([]);
  });

  it('is a bad request without a boundary or with a malformed body', () => {
    for (const [type, body] of [
      ['multipart/form-data', part('a', '1')],
      [MULTIPART, 'no boundary here'],
    ] as const) {
      const made = request({ method: 'POST', headers: ['content-type', type] });
      made.attachBody(Buffer.from(body));
      expect(made.prepareBody()).toBe('bad-request');
    }
  });
});

// The scenario http-request-body; header names come in lower case.
describe('Request.getData()', () => {
  it('writes head and body anew', () => {
    const made = request({
      method: 'POST',
      path: '/json',
      query: 'a=1',
      headers: ['host', 'x', 'content-length', '2'],
    });
    made.attachBody(Buffer.from('{}'));
    expect(made.getData().toString()).toBe(
      'POST /json?a=1 HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}',
    );
    expect(request({ version: '1.0' }).getData().toString()).toBe('GET / HTTP/1.0\r\nhost: x\r\n\r\n');
  });

  it('frames a chunked body', () => {
    const head = { method: 'POST', headers: ['transfer-encoding', 'chunked'] };
    const made = request(head);
    made.attachBody(Buffer.from('hello world'));
    const start = 'POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n';
    expect(made.getData().toString()).toBe(`${start}b\r\nhello world\r\n0\r\n\r\n`);
    expect(request(head).getData().toString()).toBe(`${start}0\r\n\r\n`);
  });
});

describe('Request.create()', () => {
  const head =
    'POST /made?by=hand HTTP/1.1\r\nHost: nowhere\r\nCookie: a=1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\n';

  it('makes a request that parse() fills', () => {
    const by = Request.create({ parse_cookie: false });
    expect([by.isCompleted(), by.getContent().toString(), by.getData().toString()]).toEqual([false, '', '']);
    expect([by.header, by.server, by.get, by.getMethod()]).toEqual([{}, {}, null, '']);
    expect(by.parse(head)).toBe(127);
    expect(by.isCompleted()).toBe(false);
    expect(by.server.request_uri).toBe('/made');
    expect(by.parse('x=1&y=2')).toBe(7);
    expect(by.isCompleted()).toBe(true);
    expect(by.parse('more')).toBe(false);
    expect(by.getMethod()).toBe('POST');
    expect(by.get).toEqual({ by: 'hand' });
    expect(by.post).toEqual({ x: '1', y: '2' });
    expect(by.cookie).toBeNull();
    expect(by.header).toEqual({
      host: 'nowhere',
      cookie: 'a=1',
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': '7',
    });
    expect(by.getContent().toString()).toBe('x=1&y=2');
    expect(by.getData().toString()).toBe(`${head}x=1&y=2`);
    expect('remote_addr' in by.server).toBe(false);
  });

  it('parses everything unless told otherwise', () => {
    const all = Request.create();
    all.parse(`${head}x=1&y=2`);
    expect([all.cookie, all.post]).toEqual([{ a: '1' }, { x: '1', y: '2' }]);
    const none = Request.create({ parse_body: false });
    none.parse(Buffer.from(`${head}x=1&y=2`));
    expect(none.post).toBeNull();
  });
});
