import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Client } from '../server/client.js';
import { Queue } from '../server/queue.js';
import { type Settings, start, webSocketServer } from '../server/running.js';

const CHUNK = 60_000;

/** Numbered messages of one size. */
function message(number: number): string {
  return String(number).padStart(CHUNK, '.');
}

async function slow(settings: Settings) {
  const server = webSocketServer(settings);
  const book = new Queue<string>();
  server.on('bufferFull', (_server, fd) => book.put(`full ${fd}`));
  server.on('bufferEmpty', (_server, fd) => book.put(`empty ${fd}`));
  await start(server);
  const client = await Client.open(server.port);
  return { server, book, client };
}

/** Pushes turn by turn until the client's buffer is full, and returns how many messages were taken. */
async function fill(server: Swoole.WebSocket.Server, fd: number): Promise<number> {
  for (let taken = 0; taken < 2_000; taken++) {
    if (!server.push(fd, message(taken))) return taken;
    await new Promise(setImmediate);
  }
  throw new Error('the buffer never got full');
}

function queuedBytes(server: Swoole.WebSocket.Server): number {
  const info = server.getClientInfo(1);
  return info === false ? Number.NaN : info.send_queued_bytes;
}

describe('a client that does not read', () => {
  test('makes push() false with error 1009, and gets what was taken, in order, when it reads again', async () => {
    const { server, book, client } = await slow({ socket_buffer_size: 400_000 });
    client.socket.pause();
    const taken = await fill(server, 1);
    expect(taken).toBeGreaterThan(0);
    expect(Swoole.swoole_last_error()).toBe(1009);
    expect(server.push(1, message(0))).toBe(false);
    expect(server.isEstablished(1)).toBe(true);
    expect(queuedBytes(server)).toBeGreaterThan(200_000);
    expect(queuedBytes(server)).toBeLessThanOrEqual(400_000);

    expect(book.all).toEqual(['full 1']);
    client.socket.resume();
    expect(await book.count(2)).toEqual(['full 1', 'empty 1']);
    expect(server.push(1, 'the last')).toBe(true);
    const received = await client.messages.count(taken + 1);
    expect(received.map((data) => String(data).replaceAll('.', ''))).toEqual([
      ...Array.from({ length: taken }, (_, i) => String(i)),
      'the last',
    ]);
    expect(book.all).toEqual(['full 1', 'empty 1']);
  });

  test('is told of again when it falls behind again', async () => {
    const { server, book, client } = await slow({ socket_buffer_size: 200_000 });
    for (let round = 1; round <= 3; round++) {
      client.socket.pause();
      await fill(server, 1);
      client.socket.resume();
      await book.count(round * 2);
    }
    expect(book.all).toEqual(['full 1', 'empty 1', 'full 1', 'empty 1', 'full 1', 'empty 1']);
  });

  test('does not hold the others', async () => {
    const { server, client } = await slow({ socket_buffer_size: 200_000 });
    const other = await Client.open(server.port);
    client.socket.pause();
    await fill(server, 1);
    expect(server.broadcast(message(0))).toBe(1);
    expect(await other.next()).toBe(message(0));
  });

  test('raises bufferFull at buffer_high_watermark, and bufferEmpty at buffer_low_watermark already', async () => {
    const { server, book, client } = await slow({
      socket_buffer_size: 4_000_000,
      buffer_high_watermark: 3 * CHUNK,
      buffer_low_watermark: 2 * CHUNK,
    });
    client.socket.pause();
    for (let i = 0; i < 3; i++) server.push(1, message(i));
    expect(book.all).toEqual([]);
    server.push(1, message(3));
    expect(book.all).toEqual(['full 1']);
    expect(queuedBytes(server)).toBe(4 * CHUNK);
    client.socket.resume();
    await book.count(2);
    expect(queuedBytes(server)).toBeLessThanOrEqual(2 * CHUNK);
  });
});

describe('what leaves with the end of the turn', () => {
  test('raises bufferFull and bufferEmpty once each, though no socket was ever full', async () => {
    const { server, book, client } = await slow({ socket_buffer_size: 400_000 });
    for (let i = 0; i < 6; i++) expect(server.push(1, message(i))).toBe(true);
    expect(book.all).toEqual(['full 1']);
    expect(server.push(1, message(6))).toBe(false);
    expect(await book.count(2)).toEqual(['full 1', 'empty 1']);
    await client.messages.count(6);
    expect(server.push(1, message(6))).toBe(true);
    await client.messages.count(7);
    expect(book.all).toEqual(['full 1', 'empty 1']);
  });

  test('raises both also for a single large message', async () => {
    const { server, book, client } = await slow({ socket_buffer_size: 100_000 });
    expect(server.push(1, 'x'.repeat(90_000))).toBe(true);
    expect(await book.count(2)).toEqual(['full 1', 'empty 1']);
    expect(await client.next()).toHaveLength(90_000);
  });

  test('is refused when it alone is larger than the buffer', async () => {
    const { server } = await slow({ socket_buffer_size: 100_000 });
    expect(server.push(1, 'x'.repeat(100_001))).toBe(false);
    expect(Swoole.swoole_last_error()).toBe(1009);
  });
});
