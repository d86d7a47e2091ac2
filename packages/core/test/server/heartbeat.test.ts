import { describe, expect, test } from 'vitest';
import { Raw } from '../hostile/raw.js';
import { Client } from './client.js';
import { Queue } from './queue.js';
import { start, webSocketServer } from './running.js';

describe('the heartbeat', () => {
  test('closes who is silent, and spares who sends, pings or is protected', async () => {
    const server = webSocketServer({ heartbeat_check_interval: 1, heartbeat_idle_time: 1 });
    const closes = new Queue<number>();
    server.on('close', (_server, fd) => closes.put(fd));
    await start(server);
    const silent = await Client.open(server.port);
    const talking = await Client.open(server.port);
    const pinging = await Client.open(server.port);
    const safe = await Client.open(server.port);
    const pushed = await Client.open(server.port);
    const raw = await Raw.connect(server.port);
    expect(server.protect(4)).toBe(true);
    const busy = setInterval(() => {
      talking.send('x');
      pinging.socket.ping();
      server.push(5, 'x');
    }, 100);
    const gone = await closes.count(3);
    clearInterval(busy);
    expect([...gone].sort()).toEqual([1, 5, 6]);
    // A heartbeat sends no close frame.
    for (const client of [silent, pushed]) expect((await client.closed).code).toBe(1006);
    await raw.closed();
    expect([...server.connections]).toEqual([2, 3, 4]);

    expect(server.protect(4, false)).toBe(true);
    await closes.count(6);
    expect([...closes.all.slice(3)].sort()).toEqual([2, 3, 4]);
    expect((await safe.closed).code).toBe(1006);
    expect(server.protect(4)).toBe(false);
  });

  test('can be asked for by the program', async () => {
    const server = webSocketServer({ heartbeat_check_interval: 60, heartbeat_idle_time: 120 });
    await start(server);
    await Client.open(server.port);
    expect(server.heartbeat(false)).toEqual([]);
    const none = webSocketServer();
    await start(none);
    expect(none.heartbeat()).toBe(false);
  });
});
