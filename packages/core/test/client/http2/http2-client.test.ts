import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http2, { type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Coroutine, Http2 } from '../../../src/index.js';

const { Client } = Coroutine.Http2;
const held: Array<() => void> = [];
const sessions = new Set<ServerHttp2Session>();
let port = 0;

const server = http2.createServer();
server.on('session', (session) => {
  sessions.add(session);
  session.on('close', () => sessions.delete(session)).on('error', () => {});
});
server.on('sessionError', () => {});
server.on('stream', async (stream, headers) => {
  stream.on('error', () => {});
  switch (headers[':path']) {
    case '/held':
      held.push(() => {
        stream.respond({ ':status': 200 });
        stream.end('at last');
      });
      break;
    case '/parts':
      stream.respond({ ':status': 200, 'content-encoding': 'gzip' });
      held.push(
        () => stream.write(gzipSync('one')),
        () => stream.end(),
      );
      break;
    case '/trailers':
      stream.respond({ ':status': 203 }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-trailer': 'last' }));
      stream.end('body');
      break;
    case '/refused':
      stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
      break;
    case '/calm':
      stream.session?.goaway(11, 0, Buffer.from('calm down'));
      break;
    case '/gone':
      stream.session?.destroy();
      break;
    case '/broken':
      stream.respond({ ':status': 200, 'content-encoding': 'gzip' });
      stream.end('this is no gzip');
      break;
    default: {
      const pieces: Buffer[] = await stream.toArray();
      stream.respond({ ':status': 200, 'set-cookie': ['a=b+c; HttpOnly', 'd=e'], 'x-twice': ['1', '2'] });
      const { ':method': method, ':path': at, ':authority': authority, cookie, 'x-own': own } = headers;
      stream.end(
        JSON.stringify([
          method,
          at,
          authority,
          cookie,
          own,
          headers['content-type'],
          String(Buffer.concat(pieces)),
        ]),
      );
    }
  }
});

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  for (const session of sessions) session.destroy();
  server.close();
});

async function connected(): Promise<Coroutine.Http2.Client> {
  const client = new Client('127.0.0.1', port);
  expect(await client.connect()).toBe(true);
  return client;
}

function request(path: string, more: Partial<Http2.Request> = {}): Http2.Request {
  return Object.assign(new Http2.Request(), { path }, more);
}

describe('Coroutine.Http2.Client', () => {
  it('sends requests with numbers, and gives what comes back', async () => {
    const client = await connected();
    const headers = { 'X-Own': 'v', Host: 'my.test', ':path': '/other' };
    expect(client.send(request('/echo?x=1', { headers, cookies: { k: 'v w', l: 'm' } }))).toBe(1);
    expect([client.isStreamExist(1), client.stats('active_stream_num')]).toEqual([true, 1]);
    const answer = (await client.recv(5)) as Http2.Response;
    expect(JSON.parse(String(answer.data))).toEqual([
      'GET',
      '/echo?x=1',
      'my.test',
      'k=v+w; l=m',
      'v',
      null,
      '',
    ]);
    expect(answer).toMatchObject({
      streamId: 1,
      statusCode: 200,
      errCode: 0,
      pipeline: false,
      set_cookie_headers: ['a=b+c; HttpOnly', 'd=e'],
      cookies: { a: 'b c', d: 'e' },
    });
    expect(answer.headers).toMatchObject({ 'set-cookie': 'd=e', 'x-twice': '2' });
    expect(client.send(request('/', { method: 'POST', data: { f: '1 2', g: { h: 'i' } } }))).toBe(3);
    const posted = (await client.recv(5)) as Http2.Response;
    expect(JSON.parse(String(posted.data)).slice(5)).toEqual([
      'application/x-www-form-urlencoded',
      'f=1+2&g%5Bh%5D=i',
    ]);
    expect(client.stats()).toMatchObject({ current_stream_id: 5, last_stream_id: 3, active_stream_num: 0 });
    expect([client.ping(), client.close(), client.close(), client.errCode]).toEqual([true, true, false, 9]);
  });

  it('gives answers in the order in which they are whole', async () => {
    const client = await connected();
    client.send(request('/held'));
    client.send(request('/fast'));
    expect(((await client.recv(5)) as Http2.Response).streamId).toBe(3);
    expect([await client.recv(0.002), client.errCode, client.errMsg, client.connected]).toEqual([
      false,
      110,
      'Connection timed out',
      true,
    ]);
    held.shift()?.();
    expect(String(((await client.recv(5)) as Http2.Response).data)).toBe('at last');
    client.close();
  });

  it('gives the parts of an answer as they come to read(), and where the request asks for that', async () => {
    for (const usePipelineRead of [false, true]) {
      const client = await connected();
      client.send(request('/parts', { usePipelineRead }));
      const receive = () => (usePipelineRead ? client.recv(5) : client.read(5)) as Promise<Http2.Response>;
      const first = receive();
      while (held.length === 0) await new Promise(setImmediate);
      held.shift()?.();
      const part = await first;
      expect([String(part.data), part.pipeline, part.statusCode]).toEqual(['one', true, 200]);
      const last = receive();
      held.shift()?.();
      expect([
        (await last).data,
        (await last).pipeline,
        (await last).statusCode,
        (await last).streamId,
      ]).toEqual([null, false, 0, 1]);
      client.close();
    }
  });

  it('sends a body in parts', async () => {
    const client = await connected();
    const id = client.send(request('/up', { method: 'POST', pipeline: true, data: 'zero ' })) as number;
    expect([client.write(id, 'one '), client.write(id, Buffer.from('two'), true)]).toEqual([true, true]);
    expect([client.write(id, 'x'), client.errCode, client.errMsg]).toEqual([
      false,
      22,
      'unable to found active pipeline stream#1',
    ]);
    const answer = (await client.recv(5)) as Http2.Response;
    expect(JSON.parse(String(answer.data)).at(-1)).toBe('zero one two');
    client.close();
  });

  it('has trailers among the headers', async () => {
    const client = await connected();
    client.send(request('/trailers'));
    const answer = (await client.recv(5)) as Http2.Response;
    expect([answer.statusCode, String(answer.data), answer.headers?.['x-trailer']]).toEqual([
      203,
      'body',
      'last',
    ]);
    client.close();
  });

  it('tells of a stream that the server gives up, and of a body that cannot be unpacked', async () => {
    const client = await connected();
    client.send(request('/refused'));
    expect(await client.recv(5)).toMatchObject({ streamId: 1, statusCode: -3, errCode: 7 });
    client.send(request('/broken'));
    expect(await client.recv(5)).toMatchObject({ streamId: 3, statusCode: -3, errCode: 2 });
    client.send(request('/fine'));
    expect(await client.recv(5)).toMatchObject({ statusCode: 200 });
    client.close();
  });

  it('ends when the server says good-bye, with its words, and when it goes without', async () => {
    const client = await connected();
    client.send(request('/calm'));
    expect([await client.recv(5), client.errCode, client.errMsg, client.connected]).toEqual([
      false,
      11,
      'calm down',
      false,
    ]);
    expect([client.serverLastStreamId, client.isStreamExist(0), client.isStreamExist(1)]).toEqual([
      1,
      false,
      false,
    ]);
    expect(await client.connect()).toBe(true);
    client.send(request('/gone'));
    expect([await client.recv(5), client.connected, client.stats('active_stream_num')]).toEqual([
      false,
      false,
      0,
    ]);
    expect([client.send(request('/')), client.errCode]).toEqual([false, 5001]);
  });

  it('says what is wrong without a connection, with one, and with a request that cannot be', async () => {
    const client = new Client('127.0.0.1', port);
    expect([
      client.send(request('/')),
      await client.recv(),
      client.ping(),
      client.goaway(),
      client.write(1, 'x'),
    ]).toEqual(Array(5).fill(false));
    expect([client.errCode, client.errMsg]).toEqual([5001, 'Client no connection']);
    expect(client.stats('remote_settings')).toMatchObject({ max_frame_size: 0 });
    await client.connect();
    expect([await client.connect(), client.errCode]).toEqual([false, 106]);
    expect([client.send(request('/', { headers: { 'bad name': 'x' } })), client.errCode]).toEqual([
      false,
      22,
    ]);
    expect([client.isStreamExist(0), client.isStreamExist(1), client.isStreamExist(-1)]).toEqual([
      true,
      false,
      false,
    ]);
    client.close();
    expect(() => new Client('')).toThrow(Client.Exception);
  });

  it('may be cancelled, and goes on', async () => {
    const client = await connected();
    client.send(request('/held'));
    let result: unknown;
    const id = Coroutine.go(async () => {
      result = await client.recv();
    }) as number;
    await Coroutine.cancel(id);
    expect([result, client.errCode]).toEqual([false, 125]);
    while (held.length === 0) await new Promise(setImmediate);
    held.shift()?.();
    expect(await client.recv(5)).toMatchObject({ statusCode: 200 });
    client.close();
  });

  it('speaks TLS', async () => {
    const keys = new URL('../../fixtures/tls/', import.meta.url).pathname;
    const secure = http2.createSecureServer({
      cert: await readFile(`${keys}a.crt`),
      key: await readFile(`${keys}a.key`),
    });
    secure.on('stream', (stream, headers) => {
      stream.respond({ ':status': 200 });
      stream.end(String(headers[':scheme']));
    });
    secure.listen(0, '127.0.0.1');
    await once(secure, 'listening');
    const client = new Client('localhost', (secure.address() as AddressInfo).port, true);
    expect([await client.connect(), client.errCode]).toEqual([false, 1014]);
    client.set({ ssl_verify_peer: false });
    expect(await client.connect()).toBe(true);
    client.send(request('/'));
    expect(String(((await client.recv(5)) as Http2.Response).data)).toBe('https');
    client.close();
    secure.close();
  });
});

describe('Coroutine.Http2.MultiplexClient', () => {
  it('gives each coroutine its own answer, over one connection that it makes itself', async () => {
    const before = sessions.size;
    const client = new Coroutine.Http2.MultiplexClient('127.0.0.1', port);
    const paths = ['/held', '/a', '/b', '/c'];
    const answers = Coroutine.map(paths, async (path) => {
      const answer = await client.request(request(path), 5);
      if (path === '/a') held.shift()?.();
      return answer && String(answer.data);
    });
    const [first, ...others] = await answers;
    expect(first).toBe('at last');
    expect(others.map((text) => JSON.parse(String(text))[1])).toEqual(['/a', '/b', '/c']);
    expect([sessions.size, client.stats('active_stream_num')]).toEqual([before + 1, 0]);
    client.close();
  });

  it('gives up in time, forgets the answer that comes late, and connects again', async () => {
    const client = new Coroutine.Http2.MultiplexClient('127.0.0.1', port);
    expect(await client.request(request('/held'), 0.005)).toBe(false);
    while (held.length === 0) await new Promise(setImmediate);
    held.shift()?.();
    expect(await client.request(request('/fine'), 5)).toMatchObject({ statusCode: 200, streamId: 3 });
    const waiting = client.request(request('/held'));
    while (held.length === 0) await new Promise(setImmediate);
    client.close();
    expect([await waiting, client.connected]).toEqual([false, false]);
    held.length = 0;
    expect(await client.request(request('/fine'), 5)).toMatchObject({ statusCode: 200, streamId: 1 });
    client.close();
    expect(await new Coroutine.Http2.MultiplexClient('127.0.0.1', 1).request(request('/'))).toBe(false);
  });

  it('closes a connection that nobody needs', async () => {
    const client = new Coroutine.Http2.MultiplexClient('127.0.0.1', port);
    client.set({ heartbeat_idle_time: 0.005 });
    expect(await client.request(request('/fine'), 5)).toMatchObject({ statusCode: 200 });
    await vi.waitFor(() => expect(client.connected).toBe(false), 15_000);
  });
});
