import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { Coroutine, swoole_async_set } from '../../src/index.js';
import { Client, request } from './client.js';
import { Queue } from './queue.js';
import { httpServer, start, webSocketServer } from './running.js';

afterEach(() => {
  swoole_async_set({ enable_coroutine: true });
});

describe('a callback of a server', () => {
  test('is a coroutine of its own, with a context that its awaits do not mix with that of others', async () => {
    const server = webSocketServer();
    server.on('message', async (_server, frame) => {
      const context = Coroutine.getContext()!;
      context.text = frame.data;
      await sleep(frame.data === 'slow' ? 20 : 1);
      server.push(frame.fd, `${frame.data} ${Coroutine.getContext() === context && context.text}`);
    });
    await start(server);
    const [a, b] = [await Client.open(server.port), await Client.open(server.port)];
    a.send('slow');
    b.send('quick');
    expect(await b.next()).toBe('quick quick');
    expect(await a.next()).toBe('slow slow');
  });

  test('has an id where it asks for one, and another than that of the next', async () => {
    const server = webSocketServer();
    server.on('message', (_server, frame) => void server.push(frame.fd, String(Coroutine.getCid())));
    await start(server);
    const client = await Client.open(server.port);
    client.send('first');
    client.send('second');
    const ids = [Number(await client.next()), Number(await client.next())];
    expect(ids[0]).toBeGreaterThan(0);
    expect(ids[1]).toBeGreaterThan(ids[0] as number);
    expect(Coroutine.exists(ids[1] as number)).toBe(false);
  });

  test('runs what it defers at its end', async () => {
    const server = httpServer();
    const book = new Queue<string>();
    server.on('request', async (_request, response) => {
      Coroutine.defer(() => book.put('deferred'));
      await sleep(1);
      book.put('callback ends');
      response.end('fine');
    });
    await start(server);
    await request(server.port, '/');
    expect(await book.count(2)).toEqual(['callback ends', 'deferred']);
  });

  test('is none with enable_coroutine off', async () => {
    const server = webSocketServer({ enable_coroutine: false });
    server.on('message', async (_server, frame) => {
      await sleep(1);
      server.push(frame.fd, `${Coroutine.getCid()} ${Coroutine.getContext()}`);
    });
    await start(server);
    const client = await Client.open(server.port);
    client.send('?');
    expect(await client.next()).toBe('-1 null');
  });
});
