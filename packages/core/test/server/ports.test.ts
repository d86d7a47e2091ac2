import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Client, request } from './client.js';
import { Queue } from './queue.js';
import { start, webSocketServer } from './running.js';

function listen(server: Swoole.Server): Swoole.Server.Port {
  const port = server.listen('127.0.0.1', 0, Swoole.SWOOLE_SOCK_TCP);
  if (port === false) throw new Error('listen() failed');
  return port;
}

describe('a further port', () => {
  test('uses its own callbacks, and the server’s where it has none', async () => {
    const server = webSocketServer();
    const closes = new Queue<string>();
    server.on('message', (_server, frame) => void server.push(frame.fd, 'main'));
    server.on('request', (_request, response) => response.end('main'));
    server.on('close', (_server, fd) => closes.put(`main ${fd}`));
    const own = listen(server);
    own.on('message', (_server, frame) => void server.push(frame.fd, 'own'));
    own.on('close', (_server, fd) => closes.put(`own ${fd}`));
    const plain = listen(server);
    await start(server);
    expect(new Set([server.port, own.port, plain.port]).size).toBe(3);

    const clients: Client[] = [];
    for (const [port, answer] of [
      [server.port, 'main'],
      [own.port, 'own'],
      [plain.port, 'main'],
    ] as const) {
      const client = await Client.open(port);
      clients.push(client);
      client.send('who?');
      expect(await client.next()).toBe(answer);
    }
    for (const client of clients) {
      client.socket.close();
      await closes.next();
    }
    expect(closes.all).toEqual(['main 1', 'own 2', 'main 3']);
    expect(String((await request(own.port)).body)).toBe('main');
  });

  test('uses its own settings for its own connections', async () => {
    const server = webSocketServer({ open_websocket_ping_frame: true });
    const opcodes = new Queue<string>();
    server.on('message', (_server, frame) => {
      opcodes.put(`${server.getClientInfo(frame.fd) ? frame.fd : 'nobody'} ${frame.opcode}`);
    });
    const own = listen(server);
    own.set({ open_websocket_protocol: true, open_websocket_ping_frame: false });
    await start(server);
    const main = await Client.open(server.port);
    const other = await Client.open(own.port);
    other.socket.ping();
    await new Promise((resolve) => other.socket.once('pong', resolve));
    main.socket.ping();
    main.send('text');
    await opcodes.count(2);
    expect(opcodes.all).toEqual(['1 9', '1 1']);
  });

  test('serves plain HTTP on one port and WebSocket on another', async () => {
    const server = webSocketServer();
    server.on('request', (_request, response) => response.end('a page'));
    const http = listen(server);
    http.set({ open_http_protocol: true, open_websocket_protocol: false });
    await start(server);
    await Client.open(server.port);
    expect(String((await request(http.port)).body)).toBe('a page');
    // Without the protocol an upgrade is an ordinary request (RFC 9110, 7.8: a server may ignore Upgrade).
    await expect(Client.open(http.port)).rejects.toThrow('Unexpected server response: 200');
  });

  test('knows its own connections; the server knows all', async () => {
    const server = webSocketServer();
    const own = listen(server);
    await start(server);
    await Client.open(server.port);
    await Client.open(own.port);
    await Client.open(own.port);
    expect([...server.connections]).toEqual([1, 2, 3]);
    expect([...own.connections]).toEqual([2, 3]);
    expect([...(server.ports[0] as Swoole.Server.Port).connections]).toEqual([1]);
    expect([own.connections.count(), server.connections.count()]).toEqual([2, 3]);
    expect([own.connections.offsetExists(1), own.connections.offsetExists(2)]).toEqual([false, true]);
    const info = server.getClientInfo(3);
    expect(info).toMatchObject({ server_port: own.port });
  });
});
