import { describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import type * as Swoole from '../../src/index.js';
import { Raw } from '../hostile/raw.js';
import { Client } from '../server/client.js';
import { Gate } from '../server/gate.js';
import { Queue } from '../server/queue.js';
import { start, webSocketServer } from '../server/running.js';

describe('allowed_origins', () => {
  const from = (port: number, origin?: string) =>
    Client.open(port, '/', origin === undefined ? {} : { origin });

  test('lets the origins in the list pass, and clients that send none', async () => {
    const server = webSocketServer({ allowed_origins: ['https://app.example', 'http://localhost:3000'] });
    await start(server);
    await from(server.port, 'https://app.example');
    await from(server.port, 'HTTPS://App.Example');
    await from(server.port, 'http://localhost:3000');
    await from(server.port);
    expect(server.connections.count()).toBe(4);
  });

  test('answers others with 403 before any callback', async () => {
    const server = webSocketServer({ allowed_origins: ['https://app.example'] });
    const book: string[] = [];
    for (const event of ['open', 'handshake', 'request', 'beforeHandshakeResponse'])
      server.on(event, () => book.push(event));
    await start(server);
    for (const origin of [
      'https://evil.example',
      'http://app.example',
      'https://app.example:8443',
      'https://app.example.evil.example',
      'https://sub.app.example',
      'null',
    ])
      await expect(from(server.port, origin), origin).rejects.toThrow('403');
    expect(book).toEqual([]);
  });

  test('with * or nothing in it accepts all', async () => {
    for (const allowed_origins of [['*'], []]) {
      const server = webSocketServer({ allowed_origins });
      await start(server);
      await from(server.port, 'https://anybody.example');
    }
  });
});

describe('a handshake callback', () => {
  test('may accept later; no open event follows', async () => {
    const server = webSocketServer();
    const gate = new Gate();
    const asked = new Queue<Swoole.Http.Request>();
    const opens: number[] = [];
    server.on('open', (_server, { fd }) => opens.push(fd));
    server.on('handshake', async (request, response) => {
      asked.put(request);
      await gate.opened;
      response.header('X-User', 'ada');
      response.status(101);
      response.end();
    });
    server.on('message', (_server, { fd, data }) => void server.push(fd, data));
    await start(server);
    const opening = Client.open(server.port, '/chat?token=7', { headers: { 'x-token': 'secret' } });
    const { fd, get, header } = await asked.next();
    expect({ fd, token: get?.token, secret: header['x-token'] }).toEqual({
      fd: 1,
      token: '7',
      secret: 'secret',
    });
    expect(server.isEstablished(1)).toBe(false);
    expect(server.push(1, 'too early')).toBe(false);
    gate.open();
    const client = await opening;
    expect(server.isEstablished(1)).toBe(true);
    client.send('hello');
    expect(await client.next()).toBe('hello');
    expect(opens).toEqual([]);
  });

  test('may refuse later, with any status', async () => {
    const server = webSocketServer();
    const closes = new Queue<number>();
    server.on('handshake', async (_request, response) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      response.status(401);
      response.end('who are you?');
    });
    server.on('close', (_server, fd) => closes.put(fd));
    await start(server);
    await expect(Client.open(server.port)).rejects.toThrow('401');
    expect(await closes.next()).toBe(1);
    expect(server.connections.count()).toBe(0);
  });

  test.each([
    ['at once', () => {}],
    ['later', async () => void (await new Promise((resolve) => setTimeout(resolve, 5)))],
  ])('that forgets to answer (%s) makes it 500', async (_when, callback) => {
    const server = webSocketServer();
    server.on('handshake', callback);
    await start(server);
    await expect(Client.open(server.port)).rejects.toThrow('500');
  });

  test('may be answered when the client has gone already; close comes after it', async () => {
    const server = webSocketServer();
    const gate = new Gate();
    const book = new Queue<string>();
    server.on('close', (_server, fd) => book.put(`close ${fd}`));
    server.on('handshake', async (request, response) => {
      book.put(`asked ${request.fd}`);
      await gate.opened;
      response.status(101);
      book.put(`end ${response.end()}`);
    });
    await start(server);
    const raw = await Raw.connect(server.port);
    raw.write(
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await book.next();
    raw.reset();
    await expect.poll(() => server.exist(1)).toBe(false);
    gate.open();
    expect(await book.count(3)).toEqual(['asked 1', 'end false', 'close 1']);
    expect([...server.connections]).toEqual([]);
  });

  test('may accept many at the same time, in any order', async () => {
    const server = webSocketServer();
    const gates = new Map<number, Gate>();
    const asked = new Queue<number>();
    server.on('handshake', async (request, response) => {
      const gate = new Gate();
      gates.set(Number(request.get?.n), gate);
      asked.put(request.fd);
      await gate.opened;
      response.status(101);
      response.end();
      server.push(request.fd, `you are ${request.get?.n}`);
    });
    await start(server);
    const opening = Array.from({ length: 8 }, (_, n) => Client.open(server.port, `/?n=${n}`));
    await asked.count(8);
    for (const n of [7, 0, 3, 1, 6, 2, 5, 4]) gates.get(n)?.open();
    const clients = await Promise.all(opening);
    for (const [n, client] of clients.entries()) expect(await client.next()).toBe(`you are ${n}`);
    expect(new Set(asked.all).size).toBe(8);
  });
});

describe('a beforeHandshakeResponse callback', () => {
  test('may be async, adds headers, and comes before open', async () => {
    const server = webSocketServer();
    const book: string[] = [];
    server.on('beforeHandshakeResponse', async (given, request, response) => {
      await Promise.resolve();
      response.header('X-Node', 'seven');
      book.push(`before ${request.fd} ${given.isEstablished(request.fd)}`);
    });
    server.on('open', (_server, { fd }) => book.push(`open ${fd}`));
    await start(server);
    const answered = new Queue<unknown>();
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/`);
    socket.on('upgrade', ({ headers }) => answered.put(headers['x-node']));
    expect(await answered.next()).toBe('seven');
    socket.terminate();
    expect(book).toEqual(['before 1 true', 'open 1']);
  });
});

describe('websocket_subprotocol', () => {
  test('is agreed on when the client offers it', async () => {
    const server = webSocketServer({ websocket_subprotocol: 'chat.v2' });
    await start(server);
    const agreed = async (offer: string) => {
      const raw = await Raw.connect(server.port);
      raw.write(
        'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
          `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${offer}\r\n`,
      );
      const head = String(await raw.take('\r\n\r\n'));
      raw.destroy();
      expect(head).toContain('HTTP/1.1 101 ');
      // The example of RFC 6455, 1.3.
      expect(head).toContain('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
      return /sec-websocket-protocol: (.*)\r/i.exec(head)?.[1] ?? null;
    };
    expect(await agreed('Sec-WebSocket-Protocol: chat.v1, chat.v2\r\n')).toBe('chat.v2');
    expect(await agreed('Sec-WebSocket-Protocol: chat.v1\r\n')).toBeNull();
    expect(await agreed('')).toBeNull();
  });
});
