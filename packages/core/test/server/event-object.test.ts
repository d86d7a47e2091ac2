import { expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Client, request } from './client.js';
import { Queue } from './queue.js';
import { start, webSocketServer } from './running.js';

test('with event_object connect, close and disconnect get a Server.Event', async () => {
  const server = webSocketServer({ event_object: true });
  const book = new Queue<[string, unknown, unknown[]]>();
  for (const name of ['connect', 'close', 'disconnect'])
    server.on(name, (_server: unknown, event: unknown, ...more: unknown[]) => book.put([name, event, more]));
  server.on('request', (_request, response) => response.end());
  await start(server);
  const client = await Client.open(server.port);
  client.socket.close(1000);
  await book.count(2);
  await request(server.port);
  await book.count(4);
  await Client.open(server.port);
  server.close(3);
  await book.count(6);
  const how = { reason: '', wasClean: false };
  expect(book.all.map(([name, event, more]) => [name, { ...(event as object) }, more])).toEqual([
    ['connect', { reactor_id: 0, fd: 1, dispatch_time: 0, data: null }, []],
    [
      'close',
      { reactor_id: 0, fd: 1, dispatch_time: 0, data: null },
      [{ code: 1000, reason: '', wasClean: true, initiator: 'client' }],
    ],
    ['connect', { reactor_id: 0, fd: 2, dispatch_time: 0, data: null }, []],
    [
      'disconnect',
      { reactor_id: 0, fd: 2, dispatch_time: 0, data: null },
      [{ code: 0, ...how, initiator: 'client' }],
    ],
    ['connect', { reactor_id: 0, fd: 3, dispatch_time: 0, data: null }, []],
    [
      'close',
      { reactor_id: -1, fd: 3, dispatch_time: 0, data: null },
      [{ code: 1006, ...how, initiator: 'server' }],
    ],
  ]);
  for (const [, event] of book.all) expect(event).toBeInstanceOf(Swoole.Server.Event);
});
