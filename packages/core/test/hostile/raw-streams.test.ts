import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Queue } from '../server/queue.js';
import { RawClient } from '../server/raw-client.js';
import { type Settings, start } from '../server/running.js';

const byLength: Settings = { open_length_check: true, package_length_type: 'N', package_body_offset: 4 };
const MB = 1 << 20;

function packet(body: string | Uint8Array, announced = Buffer.byteLength(body)): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(announced);
  return Buffer.concat([head, Buffer.from(body as Uint8Array)]);
}

/** An echo server, and what it has heard. */
async function echo(settings: Settings) {
  const server = new Swoole.Server('127.0.0.1', 0);
  server.set({ log_level: Swoole.SWOOLE_LOG_NONE, ...settings });
  const heard = new Queue<Buffer>();
  const closed = new Queue<string>();
  server.on('receive', (server, fd, _reactorId, data) => {
    heard.put(data);
    server.send(fd, data);
  });
  server.on('close', (_server, fd, _reactorId, how) => closed.put(`${fd} ${how.initiator}`));
  await start(server);
  return { server, heard, closed };
}

describe('slow and silent peers', () => {
  test('300 packets that never end hold nobody up, and cost little more than their bytes', async () => {
    const { server, heard } = await echo(byLength);
    const slow: RawClient[] = [];
    for (let i = 0; i < 300; i++) slow.push(await RawClient.connect(server.port));
    for (const client of slow) client.write(packet('', 60_000));
    for (let round = 0; round < 20; round++) {
      for (const client of slow) client.write('x');
      await turn();
    }
    const quick = await RawClient.connect(server.port);
    quick.write(packet('quick'));
    expect(await quick.read(9)).toEqual(packet('quick'));
    expect(await heard.next()).toEqual(packet('quick'));
    const info = server.getClientInfo(1);
    expect(info && info.recv_queued_bytes <= 24).toBe(true);
  });

  test('a packet that comes byte by byte is put together', async () => {
    const { server, heard } = await echo(byLength);
    const client = await RawClient.connect(server.port);
    for (const byte of packet('slow')) {
      client.write(Buffer.from([byte]));
      await turn();
    }
    expect(await heard.next()).toEqual(packet('slow'));
  });

  test('a peer that keeps its end open after the server’s close is dropped', async () => {
    const { server } = await echo({});
    const client = await RawClient.connect(server.port);
    client.socket.allowHalfOpen = true;
    client.write('?');
    await client.read(1);
    server.close(1);
    const talk = setInterval(() => client.write('still there'), 50);
    await client.closed;
    clearInterval(talk);
  });

  test('a client that reads nothing does not keep the server from ending', async () => {
    const { server, heard } = await echo({});
    const client = await RawClient.connect(server.port);
    client.socket.pause();
    client.write('?');
    await heard.next();
    while (server.send(1, Buffer.alloc(MB))) {}
    server.shutdown();
  });
});

describe('peers that send too much', () => {
  test('an announced length beyond package_max_length ends the connection before its bytes come', async () => {
    const { server, closed } = await echo({ ...byLength, package_max_length: 65536 });
    const client = await RawClient.connect(server.port);
    client.write(packet('x', 0xffffffff));
    expect(await closed.next()).toBe('1 client');
    expect(String(await client.rest())).toBe('');
  });

  test('a stream without a mark ends at package_max_length', async () => {
    const { server, closed } = await echo({ open_eof_split: true, package_max_length: 65536 });
    const client = await RawClient.connect(server.port);
    for (let i = 0; i < 20; i++) client.write(Buffer.alloc(65536, 'x'));
    expect(await closed.next()).toBe('1 client');
  });

  test('packets behind the one that closes the connection are not delivered', async () => {
    const { server, heard } = await echo(byLength);
    const client = await RawClient.connect(server.port);
    client.write(Buffer.concat([packet('fine'), packet('', 0xffffffff), packet('never')]));
    expect(await heard.next()).toEqual(packet('fine'));
    expect(await client.rest()).toEqual(packet('fine'));
  });

  test('a flood of small packets whose answers nobody reads stays within the buffer, and others are served', async () => {
    const limit = 256 * 1024;
    const { server } = await echo({ ...byLength, socket_buffer_size: limit });
    const flood = await RawClient.connect(server.port);
    flood.socket.pause();
    const many = Buffer.concat(Array.from({ length: 6000 }, () => packet('flood')));
    for (let i = 0; i < 200; i++) flood.write(many);
    const quick = await RawClient.connect(server.port);
    for (let i = 0; i < 20; i++) {
      quick.write(packet(`quick ${i}`));
      expect(await quick.read(packet(`quick ${i}`).length)).toEqual(packet(`quick ${i}`));
      const info = server.getClientInfo(1);
      expect(info && info.send_queued_bytes <= limit).toBe(true);
    }
  });

  test('more connections than max_connection are closed without an event', async () => {
    const { server, closed } = await echo({ max_connection: 40 });
    const clients: RawClient[] = [];
    for (let i = 0; i < 45; i++) clients.push(await RawClient.connect(server.port));
    await Promise.all(clients.slice(40).map((client) => client.closed));
    expect(server.connections.count()).toBe(40);
    clients[0]?.socket.end();
    expect(await closed.next()).toBe('1 client');
  });
});

describe('peers that vanish', () => {
  test('in the middle of a packet, or by a reset, leave nothing behind', async () => {
    const { server, closed } = await echo(byLength);
    const half = await RawClient.connect(server.port);
    half.socket.end(packet('cut', 100));
    expect(await closed.next()).toBe('1 client');
    const reset = await RawClient.connect(server.port);
    reset.write(packet('x'));
    await reset.read(5);
    reset.socket.resetAndDestroy();
    expect(await closed.next()).toBe('2 client');
    expect(server.connections.count()).toBe(0);
  });

  test('500 that come and go at once raise as many close events', async () => {
    const { server, closed } = await echo({});
    for (let i = 0; i < 500; i++) {
      const client = await RawClient.connect(server.port);
      if (i % 2 === 0) client.socket.destroy();
      else client.socket.resetAndDestroy();
    }
    const fds = new Set<string>();
    for (let i = 0; i < 500; i++) fds.add(await closed.next());
    expect(fds.size).toBe(500);
    expect(server.connections.count()).toBe(0);
  });
});

describe('a length function that fails', () => {
  test('ends its connection, and the error event gets the error', async () => {
    const server = new Swoole.Server('127.0.0.1', 0);
    server.set({
      log_level: Swoole.SWOOLE_LOG_NONE,
      open_length_check: true,
      package_length_func: () => {
        throw new Error('no idea');
      },
    });
    const errors = new Queue<string>();
    server.on('receive', () => {});
    server.on('error', (_server, error, context) => errors.put(`${(error as Error).message} ${context.fd}`));
    await start(server);
    const client = await RawClient.connect(server.port);
    client.write('what?');
    expect(await errors.next()).toBe('no idea 1');
    await client.closed;
  });
});
