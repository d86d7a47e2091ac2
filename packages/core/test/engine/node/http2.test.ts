import http2 from 'node:http2';
import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as Swoole from '../../../src/index.js';
import { Raw } from '../../hostile/raw.js';
import { httpServer, type Settings, start } from '../../server/running.js';

interface Answer {
  head: http2.IncomingHttpHeaders;
  body: Buffer;
  trailers: http2.IncomingHttpHeaders | null;
}

type Handler = (request: Swoole.Http.Request, response: Swoole.Http.Response) => unknown;

function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url));
}

/** A server that speaks HTTP/2, and a client's session with it. */
async function speaking(handler: Handler, settings: Settings = {}) {
  const server = httpServer({ open_http2_protocol: true, ...settings });
  const closed: number[] = [];
  server.on('request', handler);
  server.on('close', (_server, fd) => void closed.push(fd as number));
  await start(server);
  const session = http2.connect(`http://127.0.0.1:${server.port}`);
  session.on('error', () => {});
  onTestFinished(() => session.destroy());
  return { server, session, closed };
}

function ask(
  session: http2.ClientHttp2Session,
  headers: http2.OutgoingHttpHeaders,
  body?: string | Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request(headers);
    const answer: Answer = { head: {}, body: Buffer.alloc(0), trailers: null };
    stream
      .on('response', (head) => {
        answer.head = head;
      })
      .on('trailers', (trailers) => {
        answer.trailers = trailers;
      })
      .on('data', (chunk: Buffer) => {
        answer.body = Buffer.concat([answer.body, chunk]);
      })
      .on('error', reject)
      .on('close', () => resolve(answer));
    stream.end(body);
  });
}

describe('a server with open_http2_protocol', () => {
  // As Swoole 6.2.1 answers the same requests.
  test('gives the program requests like those of HTTP/1', async () => {
    const { session } = await speaking((request, response) => {
      const { request_method, request_uri, path_info, query_string, server_protocol } = request.server;
      response.end(
        JSON.stringify({
          request_method,
          request_uri,
          path_info,
          query_string,
          server_protocol,
          header: request.header,
          cookie: request.cookie,
          get: request.get,
          post: request.post,
          stream: request.streamId,
          fd: request.fd,
          content: request.rawContent().toString(),
        }),
      );
    });
    const authority = new URL(String(session.originSet?.[0] ?? 'http://127.0.0.1')).host;
    const first = await ask(session, { ':path': '/a%20b?c=d', cookie: 'x=1; y=2', 'X-Mixed': 'v' });
    const { header, ...rest } = JSON.parse(first.body.toString());
    expect(header).toMatchObject({
      'x-mixed': 'v',
      host: expect.stringContaining(authority.split(':')[0] as string),
    });
    expect(header).not.toHaveProperty(':path');
    expect(rest).toEqual({
      request_method: 'GET',
      request_uri: '/a%20b',
      path_info: '/a b',
      query_string: 'c=d',
      server_protocol: 'HTTP/2',
      cookie: { x: '1', y: '2' },
      get: { c: 'd' },
      post: null,
      stream: 1,
      fd: 1,
      content: '',
    });
    const form = { ':path': '/', ':method': 'POST', 'content-type': 'application/x-www-form-urlencoded' };
    const second = JSON.parse((await ask(session, form, 'k=v&l=w')).body.toString());
    expect(second).toMatchObject({ post: { k: 'v', l: 'w' }, stream: 3, fd: 1, content: 'k=v&l=w' });
  });

  test('answers with heads, bodies and trailers as Swoole does', async () => {
    const { session } = await speaking((request, response) => {
      const { request_uri } = request.server;
      if (request_uri === '/trailer') {
        response.header('trailer', 'x-sum');
        response.header('X-Foo-Bar', '1');
        response.trailer('x-sum', 'abc');
        response.end('body');
      } else if (request_uri === '/write') {
        response.write('one');
        response.write('two');
        response.trailer('X-Late', 'yes');
        response.end('three');
      } else if (request_uri === '/204') {
        response.status(204);
        response.cookie('a', 'b');
        response.cookie('c', 'd');
        response.end();
      } else response.end('head');
    });
    const trailer = await ask(session, { ':path': '/trailer' });
    expect(trailer.head).toMatchObject({
      ':status': 200,
      'x-foo-bar': '1',
      'content-length': '4',
      server: 'swoole-http-server',
    });
    expect(trailer.head).not.toHaveProperty('connection');
    expect(trailer.body.toString()).toBe('body');
    expect(trailer.trailers).toMatchObject({ 'x-sum': 'abc' });
    const write = await ask(session, { ':path': '/write' });
    expect(write.body.toString()).toBe('onetwothree');
    expect(write.trailers).toMatchObject({ 'x-late': 'yes' });
    const empty = await ask(session, { ':path': '/204' });
    expect(empty.head).toMatchObject({ ':status': 204, 'set-cookie': ['a=b', 'c=d'] });
    const head = await ask(session, { ':path': '/', ':method': 'HEAD' });
    expect(head.head).toMatchObject({ ':status': 200, 'content-length': '4' });
    expect(head.body.length).toBe(0);
  });

  test('answers requests of one connection as they are ready, and large bodies both ways', async () => {
    const body = Buffer.alloc(1_500_000, 'body');
    const order: string[] = [];
    let largeCame = (): void => {};
    const largeHasCome = new Promise<void>((resolve) => {
      largeCame = resolve;
    });
    const { session, server } = await speaking(async (request, response) => {
      if (request.server.request_uri === '/slow') await largeHasCome;
      order.push(request.server.request_uri);
      largeCame();
      const content = request.rawContent();
      response.end(content.length > 0 ? content : 'none');
    });
    const slow = ask(session, { ':path': '/slow' });
    const large = await ask(session, { ':path': '/large', ':method': 'POST' }, body);
    expect(large.body.equals(body)).toBe(true);
    expect((await slow).body.toString()).toBe('none');
    expect(order).toEqual(['/large', '/slow']);
    expect(server.stats()).toMatchObject({ connection_num: 1 });
  });

  test('refuses what is too large with 413, and the connection goes on', async () => {
    const { session } = await speaking((_request, response) => response.end('fine'), {
      package_max_length: 65_536,
    });
    const refused = await ask(session, { ':path': '/', ':method': 'POST' }, Buffer.alloc(200_000));
    expect(refused.head[':status']).toBe(413);
    expect((await ask(session, { ':path': '/' })).body.toString()).toBe('fine');
  });

  test('reports the end of a connection once, whoever ended it, and cuts no answer off', async () => {
    const { session, server, closed } = await speaking((request, response) => {
      response.end('x'.repeat(300_000));
      if (request.server.request_uri === '/close') server.close(request.fd);
    });
    expect((await ask(session, { ':path': '/close' })).body.length).toBe(300_000);
    expect(closed).toEqual([1]);
    const other = http2.connect(`http://127.0.0.1:${server.port}`);
    other.on('error', () => {});
    await ask(other, { ':path': '/' });
    other.destroy();
    for (let i = 0; i < 200 && closed.length < 2; i++) await pause(10);
    expect(closed).toEqual([1, 2]);
    expect([...server.connections]).toEqual([]);
  });

  test('gives up the work for streams that are reset', async () => {
    const answers: boolean[] = [];
    const { session } = await speaking(async (_request, response) => {
      await pause(30);
      answers.push(response.end('late'));
    });
    const stream = session.request({ ':path': '/' });
    stream.on('error', () => {});
    await pause(10);
    stream.close(http2.constants.NGHTTP2_CANCEL);
    for (let i = 0; i < 200 && answers.length < 1; i++) await pause(10);
    expect(answers).toEqual([false]);
  });

  test('still speaks HTTP/1 to those who do', async () => {
    const { server } = await speaking((request, response) => response.end(request.server.server_protocol));
    const raw = await Raw.connect(server.port);
    raw.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await raw.take('\r\n\r\nHTTP/1.1');
    raw.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await raw.take('\r\n\r\nHTTP/1.1');
    await raw.closed();
  });

  test('waits for enough bytes to tell one from the other', async () => {
    const { server } = await speaking((request, response) => response.end(request.rawContent()));
    const raw = await Raw.connect(server.port);
    for (const byte of 'PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi') {
      raw.write(byte);
      await new Promise(setImmediate);
    }
    await raw.take('\r\n\r\nhi');
    const split = await Raw.connect(server.port);
    for (const byte of Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', 'latin1')) {
      split.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    // A frame of type 4 without flags: the server's settings.
    await split.until('the settings', () => (split.received[3] === 4 ? true : undefined));
    split.destroy();
  });

  test('survives broken frames', async () => {
    const { server, session } = await speaking((_request, response) => response.end('fine'));
    for (const rest of [
      'garbage that is no frame',
      '\0\0\0\x04\0\0\0\0\0\xff\xff\xff\x01\x05\0\0\0\x01',
      '',
    ]) {
      const raw = await Raw.connect(server.port);
      raw.write(Buffer.from(`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${rest}`, 'latin1'));
      await raw.until('the settings', () => (raw.received.length > 9 ? true : undefined));
      raw.destroy();
    }
    expect((await ask(session, { ':path': '/' })).body.toString()).toBe('fine');
  });

  test('agrees on the protocol by ALPN over TLS', async () => {
    const server = new Swoole.Http.Server(
      '127.0.0.1',
      0,
      Swoole.SWOOLE_BASE,
      Swoole.SWOOLE_SOCK_TCP | Swoole.SWOOLE_SSL,
    );
    server.set({
      log_level: Swoole.SWOOLE_LOG_NONE,
      open_http2_protocol: true,
      ssl_cert_file: fixture('a.crt'),
      ssl_key_file: fixture('a.key'),
    });
    server.on('request', (request, response) => response.end(request.server.server_protocol));
    await start(server);
    const session = http2.connect(`https://127.0.0.1:${server.port}`, { rejectUnauthorized: false });
    onTestFinished(() => session.destroy());
    expect((await ask(session, { ':path': '/' })).body.toString()).toBe('HTTP/2');
    const old = await new Promise<string>((resolve, reject) => {
      https
        .get({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false, agent: false }, (answer) => {
          answer.setEncoding('utf8').on('data', resolve);
        })
        .on('error', reject);
    });
    expect(old).toBe('HTTP/1.1');
  });
});
