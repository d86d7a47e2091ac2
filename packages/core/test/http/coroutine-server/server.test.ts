import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createUwsEngine } from '../../../src/engine/uws/index.js';
import { Routes } from '../../../src/http/coroutine-server/routes.js';
import { Coroutine, Http2, setWarningHandler, swoole_last_error, WebSocket } from '../../../src/index.js';

const { Client, Server } = Coroutine.Http;
type Server = Coroutine.Http.Server;
const running: { server: Server; over: Promise<boolean> }[] = [];

/** Serves until the end of the test. */
function serve(prepare: (server: Server) => unknown, ssl = false): Server {
  const server = new Server('127.0.0.1', 0, ssl);
  prepare(server);
  running.push({ server, over: server.start() });
  return server;
}

function uwsLoads(): boolean {
  try {
    createUwsEngine();
    return true;
  } catch {
    return false;
  }
}

function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Sends bytes, and gives what has come back when the other side has ended the connection. */
async function raw(port: number, text: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  socket.on('data', (bytes) => {
    answer += bytes;
  });
  await once(socket, 'close');
  return answer;
}

afterEach(async () => {
  for (const { server, over } of running.splice(0)) {
    server.shutdown();
    expect(await over).toBe(true);
  }
});

describe('the routes of Coroutine.Http.Server', () => {
  it('take the longest beginning of the path in any case, and / what is left', () => {
    const routes = new Routes();
    const [root, api, deep, again] = ['root', 'api', 'deep', 'again'].map((name) => () => name);
    expect(routes.find('/')).toBeNull();
    routes.add('/', root!);
    routes.add('/api', api!);
    routes.add('/API/deep', deep!);
    expect(
      ['/', '/ap', '/apiary', '/api/deeper', '/Api/Deep'].map((at) =>
        routes.find(at)?.({} as never, {} as never),
      ),
    ).toEqual(['root', 'root', 'api', 'deep', 'deep']);
    routes.add('/api/DEEP', again!);
    expect(routes.find('/api/deep')).toBe(again);
  });
});

describe('Coroutine.Http.Server', () => {
  it('knows its port before it starts, and can be connected to in the same turn', async () => {
    const server = serve((server) =>
      server.handle('/', (request, response) => void response.end(request.rawContent())),
    );
    expect([server.port > 0, server.host, server.ssl, server.settings]).toEqual([
      true,
      '127.0.0.1',
      false,
      null,
    ]);
    const client = new Client('127.0.0.1', server.port);
    client.setData('body');
    expect([await client.execute('/'), String(client.body)]).toEqual([true, 'body']);
    expect(await server.start()).toBe(false);
    client.close();
  });

  it('runs each handler as a coroutine with its own context', async () => {
    const { port } = serve((server) =>
      server.handle('/', async (request, response) => {
        const context = Coroutine.getContext();
        if (context !== null) context.path = request.server.request_uri;
        await Coroutine.sleep(0.002);
        response.end(String(Coroutine.getContext()?.path));
      }),
    );
    const bodies = await Coroutine.map(['/a', '/b', '/c'], async (at) => {
      const client = new Client('127.0.0.1', port);
      await client.get(at);
      client.close();
      return String(client.body);
    });
    expect(bodies).toEqual(['/a', '/b', '/c']);
  });

  it('answers what no handler does: 404, 500 for a forgotten answer, 413 and 400 for what it does not take', async () => {
    const { port } = serve((server) => {
      server.set({ package_max_length: 70_000 });
      server.handle('/forgot', () => {});
    });
    const client = new Client('127.0.0.1', port);
    const statuses: number[] = [];
    for (const at of ['/none', '/forgot']) {
      await client.get(at);
      statuses.push(client.statusCode);
    }
    await client.post('/forgot', 'x'.repeat(80_000));
    expect([...statuses, client.statusCode]).toEqual([404, 500, 413]);
    expect(await raw(port, 'GARBAGE\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
    client.close();
  });

  it('ends start() on shutdown(): who waits is let go, who is served gets the answer', async () => {
    const begun = signal();
    const go = signal();
    const server = new Server('127.0.0.1', 0);
    server.handle('/', (_, response) => void response.end('idle'));
    server.handle('/slow', async (_, response) => {
      begun.resolve();
      await go.promise;
      response.end('served');
    });
    const over = server.start();
    const idle = net.connect(server.port, '127.0.0.1');
    const slow = raw(server.port, 'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
    await begun.promise;
    server.shutdown();
    expect(await over).toBe(true);
    expect([server.errCode, server.errMsg]).toEqual([125, 'Operation canceled']);
    await once(idle.resume(), 'close');
    const late = new Client('127.0.0.1', server.port);
    expect([await late.get('/'), late.errCode]).toEqual([false, 111]);
    go.resolve();
    expect(await slow).toMatch(/served$/);
    running.push({ server, over: server.start() });
    expect(await late.get('/')).toBe(true);
    late.close();
  });

  it('tells of a port that is taken, unless both want to share it', async () => {
    const { port } = serve(() => {});
    await expect(new Server('127.0.0.1', port).start()).rejects.toMatchObject({
      code: 98,
      message: `bind(127.0.0.1:${port}) failed`,
    });
    expect(() => new Server('')).toThrow('host is empty');
  });

  it('speaks HTTP/2, with pings and good-byes', async () => {
    const results: unknown[] = [];
    const { port } = serve((server) => {
      server.set({ open_http2_protocol: true });
      server.handle('/', (request, response) => {
        results.push(response.ping(), response.goaway(11, 'calm'), response.upgrade());
        response.end(request.server.server_protocol);
      });
    });
    const client = new Coroutine.Http2.Client('127.0.0.1', port);
    await client.connect();
    client.send(new Http2.Request());
    expect([await client.recv(5), client.errCode, client.errMsg]).toEqual([false, 11, 'calm']);
    expect(results).toEqual([true, true, false]);
  });

  it('serves TLS, and a Unix socket', async () => {
    const keys = new URL('../../fixtures/tls/', import.meta.url).pathname;
    const { port } = serve((server) => {
      server.set({ ssl_cert_file: `${keys}a.crt`, ssl_key_file: `${keys}a.key` });
      server.handle('/', (_, response) => void response.end('secret'));
    }, true);
    const client = new Client('127.0.0.1', port, true);
    client.set({ ssl_verify_peer: false });
    expect([await client.get('/'), String(client.body)]).toEqual([true, 'secret']);
    client.close();
    const folder = await mkdtemp(path.join(tmpdir(), 'swoole-ts-'));
    const socket = new Server(`unix:${folder}/socket`);
    socket.handle('/', (_, response) => void response.end('unix'));
    const over = socket.start();
    const local = new Client(`unix:${folder}/socket`);
    expect([await local.get('/'), String(local.body)]).toEqual([true, 'unix']);
    local.close();
    socket.shutdown();
    await over;
    await rm(folder, { recursive: true });
  });

  it('takes uploads, and removes their files afterwards', async () => {
    let file = '';
    const { port } = serve((server) =>
      server.handle('/', (request, response) => {
        const upload = request.files?.document as { tmp_name: string; size: number };
        file = upload.tmp_name;
        response.end(String(upload.size));
      }),
    );
    const client = new Client('127.0.0.1', port);
    client.addData('content', 'document');
    await client.post('/', {});
    expect(String(client.body)).toBe('7');
    await expect(writeFile(file, '', { flag: 'r+' })).rejects.toThrow('ENOENT');
    client.close();
  });
});

describe('a WebSocket of Coroutine.Http.Server', () => {
  it('is what a handler makes of a request that asks for one, and of no other', async () => {
    const results: unknown[] = [];
    const { port } = serve((server) =>
      server.handle('/', async (_, response) => {
        const upgraded = response.upgrade();
        results.push(upgraded, response.end('x'));
        if (!upgraded) return;
        results.push(response.push('hello'));
        await response.recv();
      }),
    );
    const client = new Client('127.0.0.1', port);
    expect([await client.get('/'), client.statusCode]).toEqual([true, 400]);
    expect([await client.upgrade('/'), client.statusCode]).toEqual([true, 101]);
    expect(await client.recv(5)).toMatchObject({ data: 'hello', opcode: 1 });
    client.close();
    expect(results).toEqual([false, false, true, false, true]);
  });

  it('receives text, bytes, pings and the end, as its settings say', async () => {
    const got: unknown[] = [];
    const over = signal();
    const { port } = serve((server) => {
      server.set({ open_websocket_ping_frame: true, open_websocket_close_frame: true });
      server.handle('/', async (_, response) => {
        response.upgrade();
        for (;;) {
          const frame = await response.recv(5);
          if (!(frame instanceof WebSocket.Frame)) {
            got.push(frame);
            break;
          }
          got.push([frame.opcode, frame.flags, String(frame.data)]);
          if (frame instanceof WebSocket.CloseFrame) got.push([frame.code, frame.reason]);
        }
        got.push(await response.recv(), swoole_last_error(), response.push('late'), response.close());
        over.resolve();
      });
    });
    const client = new Client('127.0.0.1', port);
    await client.upgrade('/');
    client.push('text');
    client.push(Buffer.from('bytes'), 2);
    client.ping('ping');
    client.disconnect(4000, 'bye');
    await over.promise;
    expect(got).toEqual([
      [1, 33, 'text'],
      [2, 33, 'bytes'],
      [9, 33, 'ping'],
      [8, 33, ''],
      [4000, 'bye'],
      '',
      false,
      9,
      false,
      false,
    ]);
  });

  it('waits no longer than it is told, ends with a code, and when its handler does', async () => {
    const got: unknown[] = [];
    const { port } = serve((server) => {
      server.handle('/code', async (_, response) => {
        response.upgrade();
        got.push(await response.recv(0.002), swoole_last_error());
        got.push(response.disconnect(4001, 'enough'), await response.recv());
      });
      server.handle('/end', (_, response) => void response.upgrade());
    });
    for (const at of ['/code', '/end']) {
      const client = new Client('127.0.0.1', port);
      client.set({ open_websocket_close_frame: true });
      await client.upgrade(at);
      const close = (await client.recv(5)) as WebSocket.CloseFrame;
      got.push([close.code, close.reason], await client.recv(5));
    }
    expect(got).toEqual([false, 110, true, false, [4001, 'enough'], '', [1000, ''], '']);
  });

  it('is compressed where both want that', async () => {
    const { port } = serve((server) => {
      server.set({ websocket_compression: true });
      server.handle('/', async (_, response) => {
        response.upgrade();
        const frame = await response.recv(5);
        if (frame instanceof WebSocket.Frame) response.push(`${frame.flags} ${frame.data}`);
        await response.recv(5);
      });
    });
    for (const [compression, there, back] of [
      [true, 39, 7],
      [false, 33, 1],
    ] as const) {
      const client = new Client('127.0.0.1', port);
      client.set({ websocket_compression: compression });
      await client.upgrade('/');
      client.push('squeeze '.repeat(100));
      const frame = (await client.recv(5)) as WebSocket.Frame;
      expect([frame.flags, frame.data]).toEqual([back, `${there} ${'squeeze '.repeat(100)}`]);
      client.close();
    }
  });

  it.skipIf(!uwsLoads())('works on uWebSockets.js, too, where that is asked for', async () => {
    const server = new Server('127.0.0.1', 0);
    server.set({ engine: 'uws' });
    server.handle('/', async (_, response) => {
      response.upgrade();
      const frame = await response.recv(5);
      if (frame instanceof WebSocket.Frame) response.push(`echo ${frame.data}`);
    });
    const over = server.start();
    const client = new Client('127.0.0.1', server.port);
    await vi.waitFor(async () => expect(await client.upgrade('/')).toBe(true), 15_000);
    client.push('x');
    expect(await client.recv(5)).toMatchObject({ data: 'echo x' });
    expect(await client.recv(5)).toBe('');
    server.shutdown();
    expect(await over).toBe(true);
  });

  it('ends when nobody receives what comes', async () => {
    const held = signal();
    const { port } = serve((server) => {
      server.set({ socket_buffer_size: 100_000 });
      server.handle('/', async (_, response) => {
        response.upgrade();
        await held.promise;
      });
    });
    const client = new Client('127.0.0.1', port);
    client.set({ open_websocket_close_frame: true });
    await client.upgrade('/');
    for (let i = 0; i < 3; i++) client.push('x'.repeat(50_000));
    expect(await client.recv(5)).toMatchObject({ code: 1009, reason: 'too many messages wait' });
    held.resolve();
    client.close();
  });

  it('has methods that say what is wrong on a connection that is none', async () => {
    const warnings: string[] = [];
    const before = setWarningHandler((_, message) => warnings.push(message.replace(/\[\d+\]/, '[n]')));
    const results: unknown[] = [];
    const { port } = serve((server) =>
      server.handle('/', async (_, response) => {
        results.push(response.push('x'), await response.recv(), response.disconnect(), response.ping());
        results.push(response.goaway());
        results.push(response.close(), response.end('x'));
      }),
    );
    const client = new Client('127.0.0.1', port);
    expect([await client.get('/'), client.statusCode]).toEqual([false, -3]);
    setWarningHandler(before);
    expect(results).toEqual([false, false, false, false, false, true, false]);
    const none = (method: string): string =>
      `Swoole\\Http\\Response::${method}(): fd[n] is not a websocket conncetion`;
    expect(warnings).toEqual([
      none('push'),
      none('recv'),
      none('disconnect'),
      'Swoole\\Http\\Response::ping(): only supports websocket or http2 client',
      'Swoole\\Http\\Response::goaway(): fd[n] is not a HTTP2 conncetion',
    ]);
  });

  it('serves browsers: node:http asks, and the answer ends', async () => {
    const { port } = serve((server) => server.handle('/', (_, response) => void response.end('ok')));
    const answer = vi.fn();
    http.get({ port, host: '127.0.0.1', agent: false }, (response) => {
      answer(response.statusCode, response.headers.server);
      response.resume();
    });
    await vi.waitFor(() => expect(answer).toHaveBeenCalledWith(200, 'swoole-http-server'), 15_000);
  });
});
