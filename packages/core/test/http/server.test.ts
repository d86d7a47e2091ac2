import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Raw } from '../hostile/raw.js';
import { request } from '../server/client.js';
import { Queue } from '../server/queue.js';
import { httpServer, start, webSocketServer } from '../server/running.js';
import { temporary } from '../server/temporary.js';

type Request = Swoole.Http.Request;
type Response = Swoole.Http.Response;

describe('detach()', () => {
  test('leaves the answer to send(), which takes a whole raw response', async () => {
    const server = httpServer();
    const results: boolean[] = [];
    server.on('request', ({ fd }: Request, response: Response) => {
      results.push(response.detach(), response.end('not this'));
      setImmediate(() => {
        results.push(server.send(fd, 'no response at all'));
        results.push(
          server.send(fd, 'HTTP/1.1 201 Made by Hand\r\nX-Way: raw\r\nContent-Length: 7\r\n\r\nby hand'),
        );
        results.push(server.send(fd, 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ntwice'));
      });
    });
    await start(server);
    const raw = await Raw.connect(server.port);
    raw.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const head = String(await raw.take('\r\n\r\n'));
    expect(head).toMatch(/^HTTP\/1\.1 201 Made by Hand\r\n/);
    expect(head).toContain('X-Way: raw\r\n');
    expect(String(await raw.take('by hand'))).toBe('by hand');
    expect(results).toEqual([true, false, false, true, false]);
    // The connection goes on.
    raw.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await raw.take('by hand');
    expect(raw.received.length).toBe(0);
  });

  test('leaves the answer to Response.create(), later and elsewhere', async () => {
    const server = httpServer();
    const asked = new Queue<number>();
    server.on('request', ({ fd }: Request, response: Response) => {
      response.header('X-First', 'lost');
      response.detach();
      asked.put(fd);
    });
    await start(server);
    const answer = request(server.port);
    const fd = await asked.next();
    expect(server.exist(fd)).toBe(true);
    const response = Swoole.Http.Response.create(fd);
    if (response === false) throw new Error('create() failed');
    expect(response.fd).toBe(fd);
    response.status(202);
    response.header('X-Second', 'kept');
    expect(response.end('created')).toBe(true);
    const { status, headers, body } = await answer;
    expect([status, headers['x-first'], headers['x-second'], String(body)]).toEqual([
      202,
      undefined,
      'kept',
      'created',
    ]);
  });

  test('keeps nobody from leaving: what comes later is false', async () => {
    const server = httpServer();
    const asked = new Queue<number>();
    const closes = new Queue<number>();
    server.on('close', (_server: Swoole.Server, fd: number) => closes.put(fd));
    server.on('request', ({ fd }: Request, response: Response) => {
      response.detach();
      asked.put(fd);
    });
    await start(server);
    const raw = await Raw.connect(server.port);
    raw.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const fd = await asked.next();
    raw.reset();
    expect(await closes.next()).toBe(fd);
    expect(server.send(fd, 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')).toBe(false);
    const late = Swoole.Http.Response.create(fd);
    expect(late === false || late.end('late') === false).toBe(true);
  });
});

describe('Response.create()', () => {
  test('gives false for an fd that the server does not have, when it is asked', async () => {
    const server = httpServer();
    await start(server);
    expect(Swoole.Http.Response.create(server, 99)).toBe(false);
  });
});

describe('a response that is late', () => {
  test('is sent when the async callback comes to it, in between others', async () => {
    const server = httpServer();
    const slow = new Queue<Response>();
    server.on('request', (asked: Request, response: Response) => {
      if (asked.server.request_uri === '/slow') slow.put(response);
      else response.end('quick');
      // A promise that never settles keeps the request open.
      return asked.server.request_uri === '/slow' ? new Promise(() => {}) : undefined;
    });
    await start(server);
    const answer = request(server.port, '/slow');
    const response = await slow.next();
    expect(String((await request(server.port, '/quick')).body)).toBe('quick');
    expect(response.write('in ')).toBe(true);
    expect(response.end('pieces')).toBe(true);
    expect(String((await answer).body)).toBe('in pieces');
  });

  test('is 500 when the callback forgets it', async () => {
    const server = httpServer();
    server.on('request', async () => void (await Promise.resolve()));
    await start(server);
    expect((await request(server.port)).status).toBe(500);
  });
});

describe('document_root', () => {
  function site(): string {
    const root = temporary();
    mkdirSync(path.join(root, 'public/sub'), { recursive: true });
    writeFileSync(path.join(root, 'public/page.html'), '<p>page</p>');
    writeFileSync(path.join(root, 'public/sub/data.json'), '{}');
    writeFileSync(path.join(root, 'secret.txt'), 'secret');
    symlinkSync(path.join(root, 'secret.txt'), path.join(root, 'public/link.txt'));
    return path.join(root, 'public');
  }

  test.each(['Http', 'WebSocket'] as const)(
    'serves its files before the request event of a %s server',
    async (kind) => {
      const server = kind === 'Http' ? httpServer() : webSocketServer();
      server.set({ enable_static_handler: true, document_root: site() });
      server.on('request', (asked: Request, response: Response) =>
        response.end(`dynamic ${asked.server.request_uri}`),
      );
      await start(server);
      const page = await request(server.port, '/page.html');
      expect([page.status, page.headers['content-type'], String(page.body)]).toEqual([
        200,
        'text/html',
        '<p>page</p>',
      ]);
      expect((await request(server.port, '/sub/data.json')).headers['content-type']).toBe('application/json');
      for (const outside of ['/none.html', '/../secret.txt', '/%2e%2e/secret.txt', '/link.txt']) {
        const answer = await request(server.port, outside);
        expect(String(answer.body), outside).not.toContain('secret\n');
        expect(String(answer.body), outside).not.toBe('secret');
      }
      expect(String((await request(server.port, '/none.html')).body)).toBe('dynamic /none.html');
      const again = await request(server.port, '/page.html', {
        headers: { 'if-modified-since': String(page.headers['last-modified']) },
      });
      expect([again.status, again.body.length]).toEqual([304, 0]);
    },
  );

  test('is left alone for paths outside static_handler_locations', async () => {
    const server = httpServer({
      enable_static_handler: true,
      document_root: site(),
      static_handler_locations: ['/sub'],
    });
    await start(server);
    expect(String((await request(server.port, '/page.html')).body)).toBe('fine');
    expect(String((await request(server.port, '/sub/data.json')).body)).toBe('{}');
    expect((await request(server.port, '/sub/none')).status).toBe(404);
  });
});
