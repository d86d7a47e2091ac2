import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Client, request } from '../server/client.js';
import { Queue } from '../server/queue.js';
import { catchWarnings, start, webSocketServer } from '../server/running.js';

async function connected(count: number) {
  const server = webSocketServer();
  const closes = new Queue<number>();
  server.on('close', (_server, fd) => closes.put(fd));
  await start(server);
  const clients: Client[] = [];
  for (let i = 0; i < count; i++) clients.push(await Client.open(server.port));
  return { server, closes, clients };
}

describe('connections', () => {
  test('can be iterated while the loop closes them, this one and those to come', async () => {
    const { server } = await connected(6);
    const seen: number[] = [];
    for (const fd of server.connections) {
      seen.push(fd);
      server.close(fd);
      if (fd === 2) server.disconnect(4);
    }
    expect(seen).toEqual([1, 2, 3, 5, 6]);
    expect([...server.connections]).toEqual([]);
  });

  test('in the close event leave out the fd that is closing, but count it', async () => {
    const server = webSocketServer();
    const book = new Queue<unknown>();
    server.on('close', (given, fd) => {
      const info = given.getClientInfo(fd);
      book.put({
        fd,
        listed: [...given.connections],
        count: given.connections.count(),
        exist: given.exist(fd),
        established: given.isEstablished(fd),
        known: info === false ? null : info.remote_ip,
        page: given.getClientList(),
      });
    });
    await start(server);
    const clients = [await Client.open(server.port), await Client.open(server.port)];
    clients[0]?.socket.close();
    expect(await book.next()).toEqual({
      fd: 1,
      listed: [2],
      count: 2,
      exist: false,
      established: false,
      known: '127.0.0.1',
      page: [2],
    });
    await expect.poll(() => server.connections.count()).toBe(1);
    expect(server.getClientInfo(1)).toBe(false);
  });

  test('have PHP’s iterator methods, over the connections of the moment of rewind()', async () => {
    const { server } = await connected(3);
    const { connections } = server;
    const seen: Array<[number, number | null]> = [];
    for (connections.rewind(); connections.valid(); connections.next())
      seen.push([connections.key(), connections.current()]);
    expect(seen).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(connections.current()).toBeNull();
    expect([connections.offsetExists(2), connections.offsetExists(4)]).toEqual([true, false]);
    expect(connections.offsetGet(2)).toEqual(server.getClientInfo(2));
    expect(server.ports[0]?.connections.offsetGet(2)).toMatchObject({ remote_ip: '127.0.0.1' });
    expect(connections.offsetGet(4)).toBe(false);
    server.close(2);
    expect(connections.offsetExists(2)).toBe(false);
  });

  test('never use an fd again', async () => {
    const { server, closes } = await connected(2);
    server.close(1);
    server.close(2);
    await closes.count(2);
    await Client.open(server.port);
    expect([...server.connections]).toEqual([3]);
  });
});

describe('getClientList()', () => {
  test('gives pages of fds above a start', async () => {
    const { server } = await connected(12);
    const first = server.getClientList();
    expect(first).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(server.getClientList(10)).toEqual([11, 12]);
    expect(server.getClientList(12)).toEqual([]);
    expect(server.getClientList(0, 3)).toEqual([1, 2, 3]);
    expect(server.connection_list(3, 2)).toEqual([4, 5]);
    server.close(5);
    expect(server.getClientList(4, 2)).toEqual([6, 7]);
    expect(server.getClientList(5)).toBe(false);
  });

  test('refuses pages of more than 100', async () => {
    const warnings = catchWarnings();
    const { server } = await connected(1);
    expect(server.getClientList(0, 100)).toEqual([1]);
    expect(server.getClientList(0, 101)).toBe(false);
    expect(warnings).toEqual(['Swoole\\Server::getClientList(): swoole connection list max_find_count=100']);
  });
});

describe('getClientInfo()', () => {
  test('tells where a connection comes from, since when, and what it is', async () => {
    const { server, clients } = await connected(1);
    const before = Date.now() / 1000;
    clients[0]?.send('x');
    await expect
      .poll(() => (server.getClientInfo(1) || { last_recv_time: 0 }).last_recv_time)
      .toBeGreaterThanOrEqual(before - 0.001);
    const info = server.getClientInfo(1);
    expect(info).toMatchObject({
      websocket_status: Swoole.WEBSOCKET_STATUS_ACTIVE,
      server_port: server.port,
      remote_ip: '127.0.0.1',
      reactor_id: 0,
      socket_type: Swoole.SWOOLE_SOCK_TCP,
      close_errno: 0,
    });
    expect(info && Math.abs(info.connect_time - before)).toBeLessThan(5);
    expect(server.connection_info(1)).toEqual(info);
    expect(server.getClientInfo(2)).toBe(false);
  });

  test('has the number that bind() gave, which stays', async () => {
    const { server } = await connected(1);
    expect(server.getClientInfo(1)).not.toHaveProperty('uid');
    expect(server.bind(1, 4711)).toBe(true);
    expect(server.bind(1, 4712)).toBe(false);
    expect(server.getClientInfo(1)).toMatchObject({ uid: 4711 });
    expect(server.bind(2, 1)).toBe(false);
  });

  test('tells HTTP connections from WebSockets', async () => {
    const server = webSocketServer();
    const told = new Queue<unknown>();
    server.on('request', ({ fd }, response) => {
      const info = server.getClientInfo(fd);
      const status = info === false ? Number.NaN : info.websocket_status;
      told.put([
        status < Swoole.WEBSOCKET_STATUS_ACTIVE,
        server.exist(fd),
        server.isEstablished(fd),
        server.push(fd, 'x'),
      ]);
      response.end();
    });
    await start(server);
    await request(server.port);
    expect(await told.next()).toEqual([true, true, false, false]);
  });
});

describe('what is done to an fd that is not there', () => {
  test('gives false, with the error that Swoole has for it', async () => {
    const { server } = await connected(1);
    server.close(1);
    for (const fd of [1, 2, 99]) {
      for (const [call, error] of [
        [() => server.push(fd, 'x'), 503],
        [() => server.disconnect(fd), 503],
        [() => server.ping(fd), 503],
        [() => server.send(fd, 'x'), 1005],
        [() => server.close(fd), 1005],
        [() => server.protect(fd), 0],
        [() => server.bind(fd, 1), 0],
      ] as const) {
        Swoole.swoole_clear_error();
        expect(call()).toBe(false);
        expect(server.getLastError(), String(call)).toBe(error);
      }
      expect([server.exist(fd), server.exists(fd), server.isEstablished(fd)]).toEqual([false, false, false]);
    }
  });
});
