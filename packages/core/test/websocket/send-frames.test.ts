import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Client } from '../server/client.js';
import { Queue } from '../server/queue.js';
import { start, webSocketServer } from '../server/running.js';

const { Frame, Server } = Swoole.WebSocket;

async function one(settings: Swoole.ServerSettings = {}, compressed = false) {
  const server = webSocketServer(settings);
  server.on('message', (_server, frame) => void server.push(frame.fd, frame));
  await start(server);
  const client = await Client.open(server.port, '/', { perMessageDeflate: compressed });
  return { server, client };
}

describe('send() on a WebSocket', () => {
  test('sends frames packed by hand, one or several at once', async () => {
    const { server, client } = await one();
    expect(server.send(1, Server.pack('packed'))).toBe(true);
    expect(server.send(1, Server.pack(Buffer.from([1, 2]), Swoole.WEBSOCKET_OPCODE_BINARY))).toBe(true);
    expect(server.send(1, Buffer.concat([Server.pack('two'), Server.pack('at once')]))).toBe(true);
    expect(await client.messages.count(4)).toEqual(['packed', Buffer.from([1, 2]), 'two', 'at once']);
  });

  test('sends what a Frame turned into a string is, whatever its bytes', async () => {
    const { server, client } = await one();
    const frame = new Frame();
    frame.data = 'täglich grüßt…'.repeat(20);
    expect(server.send(1, String(frame))).toBe(true);
    expect(await client.next()).toBe(frame.data);
  });

  test('sends parts of a message', async () => {
    const { server, client } = await one();
    server.send(1, Server.pack('Hel', Swoole.WEBSOCKET_OPCODE_TEXT, 0));
    server.send(1, Server.pack('lo', Swoole.SWOOLE_WEBSOCKET_OPCODE_CONTINUATION, 1));
    expect(await client.next()).toBe('Hello');
  });

  test('ends the connection with a close frame', async () => {
    const { server, client } = await one();
    const frame = new Swoole.WebSocket.CloseFrame();
    frame.code = 4003;
    frame.reason = 'packed';
    expect(server.send(1, Buffer.concat([Server.pack('before'), frame.toBuffer()]))).toBe(true);
    expect(server.exist(1)).toBe(false);
    expect(await client.closed).toEqual({ code: 4003, reason: 'packed' });
    expect(client.messages.all).toEqual(['before']);
  });

  test('gives false for bytes that are no whole frames, and sends nothing', async () => {
    const { server, client } = await one();
    const packed = Server.pack('cut off');
    expect(server.send(1, packed.subarray(0, -1))).toBe(false);
    expect(server.send(1, Buffer.concat([packed, packed.subarray(0, 4)]))).toBe(false);
    server.push(1, 'the only one');
    expect(await client.next()).toBe('the only one');
  });
});

describe('pushes of one turn', () => {
  test('come in order with a close frame behind them', async () => {
    const { server, client } = await one();
    for (let i = 0; i < 100; i++) server.push(1, `number ${i}`);
    server.disconnect(1, 4000, 'done');
    expect(await client.closed).toEqual({ code: 4000, reason: 'done' });
    expect(client.messages.all).toEqual(Array.from({ length: 100 }, (_, i) => `number ${i}`));
  });

  test('come before the end of a connection that close() ends', async () => {
    const { server, client } = await one();
    server.push(1, 'last words');
    server.close(1);
    await client.closed;
    expect(client.messages.all).toEqual(['last words']);
  });
});

describe('websocket_compression', () => {
  test('carries data that cannot be compressed, and data that can, both ways', async () => {
    const { server, client } = await one({ websocket_compression: true }, true);
    expect(client.socket.extensions).toContain('permessage-deflate');
    const noise = randomBytes(100_000);
    const messages = [noise, 'a'.repeat(100_000), randomBytes(1), 'ü', randomBytes(70_000), ''];
    for (const message of messages) client.send(message);
    const echoes = await client.messages.count(messages.length);
    for (const [i, message] of messages.entries()) expect(echoes[i]).toEqual(message);
    expect(server.push(1, noise, Swoole.WEBSOCKET_OPCODE_BINARY)).toBe(true);
    expect((await client.messages.count(messages.length + 1)).at(-1)).toEqual(noise);
    expect(server.broadcast('to all '.repeat(1000))).toBe(1);
    expect((await client.messages.count(messages.length + 2)).at(-1)).toBe('to all '.repeat(1000));
  });

  test('makes text small on the wire', async () => {
    const { server, client } = await one({ websocket_compression: true }, true);
    const socket = (client.socket as unknown as { _socket: { bytesRead: number } })._socket;
    const before = socket.bytesRead;
    server.push(1, 'a'.repeat(100_000));
    expect(await client.next()).toHaveLength(100_000);
    expect(socket.bytesRead - before).toBeLessThan(2_000);
  });

  test('is not agreed on unless it is set and offered', async () => {
    const off = await one({}, true);
    expect(off.client.socket.extensions).toBe('');
    const notOffered = await one({ websocket_compression: true }, false);
    expect(notOffered.client.socket.extensions).toBe('');
    notOffered.client.send('plain');
    expect(await notOffered.client.next()).toBe('plain');
  });
});

describe('open_websocket_close_frame', () => {
  test('gives the client’s close frame to the message event before the close event', async () => {
    const server = webSocketServer({ open_websocket_close_frame: true });
    const book = new Queue<string>();
    server.on('message', (_server, frame) => {
      book.put(
        frame instanceof Swoole.WebSocket.CloseFrame
          ? `${frame.opcode} ${frame.code} ${frame.reason} of ${frame.fd}`
          : `text ${frame.data}`,
      );
    });
    server.on('close', (_server, fd) => book.put(`close ${fd}`));
    await start(server);
    const client = await Client.open(server.port);
    client.send('x');
    client.socket.close(4002, 'bye');
    expect(await book.count(3)).toEqual(['text x', '8 4002 bye of 1', 'close 1']);
  });
});
