import { describe, expect, test } from 'vitest';
import type * as Swoole from '../../src/index.js';
import { frame, Raw, TEXT } from '../hostile/raw.js';
import { Client, request } from '../server/client.js';
import { Queue } from '../server/queue.js';
import { type Settings, start, type WebSocketServer, webSocketServer } from '../server/running.js';

interface Told {
  reactorId: number;
  how: Swoole.CloseReason;
}

async function closing(settings: Settings = {}) {
  const server = webSocketServer(settings);
  const closes = new Queue<Told>();
  server.on('close', (_server, _fd, reactorId, how) => closes.put({ reactorId, how }));
  server.on('request', (_request, response) => response.end('fine'));
  await start(server);
  return { server, closes };
}

const told = (
  code: number,
  reason: string,
  wasClean: boolean,
  initiator: Swoole.CloseReason['initiator'],
): Told => ({ reactorId: initiator === 'server' ? -1 : 0, how: { code, reason, wasClean, initiator } });

describe('the last argument of the close event', () => {
  test('has the code and the reason of the client’s close frame', async () => {
    const { server, closes } = await closing();
    (await Client.open(server.port)).socket.close(4001, 'täglich grüßt…');
    expect(await closes.next()).toEqual(told(4001, 'täglich grüßt…', true, 'client'));
  });

  test('has code 1005 for a close frame without one (RFC 6455, 7.1.5)', async () => {
    const { server, closes } = await closing();
    (await Client.open(server.port)).socket.close();
    expect(await closes.next()).toEqual(told(1005, '', true, 'client'));
  });

  test('has code 1006 when the client vanishes (RFC 6455, 7.1.5)', async () => {
    const { server, closes } = await closing();
    (await Client.open(server.port)).socket.terminate();
    expect(await closes.next()).toEqual(told(1006, '', false, 'client'));
  });

  test('has code 1006 after close(), which sends no close frame', async () => {
    const { server, closes } = await closing();
    const client = await Client.open(server.port);
    server.close(1);
    expect(await closes.next()).toEqual(told(1006, '', false, 'server'));
    expect((await client.closed).code).toBe(1006);
  });

  test('has what disconnect() was given', async () => {
    const { server, closes } = await closing();
    const client = await Client.open(server.port);
    server.disconnect(1, 4000, 'enough');
    expect(await closes.next()).toEqual(told(4000, 'enough', true, 'server'));
    expect(await client.closed).toEqual({ code: 4000, reason: 'enough' });
  });

  test('has code 1005 after disconnect() with a code that must not be sent', async () => {
    const { server, closes } = await closing();
    const client = await Client.open(server.port);
    server.disconnect(1, 1006);
    expect(await closes.next()).toEqual(told(1005, '', true, 'server'));
    expect((await client.closed).code).toBe(1005);
  });

  test('has code 1001 at the shutdown', async () => {
    const { server, closes } = await closing();
    await Client.open(server.port);
    server.shutdown();
    expect(await closes.next()).toEqual(told(1001, '', true, 'server'));
  });

  test('names the heartbeat', async () => {
    const { server, closes } = await closing({ heartbeat_check_interval: 1, heartbeat_idle_time: 1 });
    await Client.open(server.port);
    expect(await closes.next()).toEqual(told(1006, '', false, 'heartbeat'));
  });

  test('has code 1007 after text that is no UTF-8', async () => {
    const { server, closes } = await closing();
    const raw = await Raw.upgrade(server.port);
    raw.write(frame(TEXT, Buffer.from([0xff, 0xfe])));
    const { reactorId, how } = await closes.next();
    expect(how).toMatchObject({ code: 1007, wasClean: false, initiator: 'client' });
    expect(how.reason).not.toBe('');
    expect(reactorId).toBe(0);
    await raw.closed();
  });

  test('has code 1009 after a message over package_max_length', async () => {
    const { server, closes } = await closing({ package_max_length: 65_536 });
    const raw = await Raw.upgrade(server.port);
    raw.write(frame(TEXT, 'x'.repeat(70_000)));
    const { how } = await closes.next();
    expect(how).toMatchObject({ code: 1009, wasClean: false, initiator: 'client' });
    expect(how.reason).not.toBe('');
    await raw.closed();
  });

  test('has code 0 for a connection that was no WebSocket', async () => {
    const { server, closes } = await closing();
    await request(server.port);
    expect(await closes.next()).toEqual(told(0, '', false, 'client'));
  });

  test('is that of the disconnect event too', async () => {
    const server: WebSocketServer = webSocketServer();
    const book = new Queue<string>();
    server.on('close', (_server, fd, _reactorId, how) => book.put(`close ${fd} ${how.code}`));
    server.on('disconnect', (_server, fd, _reactorId, how) =>
      book.put(`disconnect ${fd} ${how.code} ${how.initiator}`),
    );
    server.on('request', (_request, response) => response.end('fine'));
    await start(server);
    await request(server.port);
    await book.next();
    (await Client.open(server.port)).socket.close(1000);
    await book.next();
    await Client.open(server.port);
    server.disconnect(3, 4000);
    await book.next();
    expect(book.all).toEqual(['disconnect 1 0 client', 'close 2 1000', 'disconnect 3 4000 server']);
  });
});
