import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Raw } from '../hostile/raw.js';
import { Client } from '../server/client.js';
import { start, webSocketServer } from '../server/running.js';

async function three() {
  const server = webSocketServer();
  await start(server);
  const clients = [
    await Client.open(server.port),
    await Client.open(server.port),
    await Client.open(server.port),
  ];
  return { server, clients };
}

/** What each client has got before a last message to it. */
async function got(server: Swoole.WebSocket.Server, clients: Client[]): Promise<unknown[][]> {
  const all: unknown[][] = [];
  for (const [index, client] of clients.entries()) {
    server.push(index + 1, 'that was all');
    const received: unknown[] = [];
    for (let data = await client.next(); data !== 'that was all'; data = await client.next())
      received.push(data);
    all.push(received);
  }
  return all;
}

describe('broadcast()', () => {
  test('reaches all open WebSockets and returns how many', async () => {
    const { server, clients } = await three();
    await Raw.connect(server.port).then((raw) => raw.destroy());
    expect(server.broadcast('grüße')).toBe(3);
    expect(await got(server, clients)).toEqual([['grüße'], ['grüße'], ['grüße']]);
  });

  test('leaves out one fd, several, and those that the filter does not let pass', async () => {
    const { server, clients } = await three();
    expect(server.broadcast('not 1', { except: 1 })).toBe(2);
    expect(server.broadcast('not 1 and 3', { except: [1, 3] })).toBe(1);
    expect(server.broadcast('not 2', { except: new Set([2]) })).toBe(2);
    expect(server.broadcast('odd', { filter: (fd) => fd % 2 === 1 })).toBe(2);
    expect(server.broadcast('odd but 1', { filter: (fd) => fd % 2 === 1, except: 1 })).toBe(1);
    expect(server.broadcast('nobody', { filter: () => false })).toBe(0);
    expect(await got(server, clients)).toEqual([
      ['not 2', 'odd'],
      ['not 1', 'not 1 and 3'],
      ['not 1', 'not 2', 'odd', 'odd but 1'],
    ]);
  });

  test('sends bytes as binary and strings as text, unless it is told otherwise', async () => {
    const { server, clients } = await three();
    const bytes = Buffer.from([0, 255, 128]);
    server.broadcast(bytes);
    server.broadcast(Buffer.from('text'), { opcode: Swoole.SWOOLE_WEBSOCKET_OPCODE_TEXT });
    server.broadcast('bytes', { opcode: Swoole.SWOOLE_WEBSOCKET_OPCODE_BINARY });
    const expected = [bytes, 'text', Buffer.from('bytes')];
    expect(await got(server, clients)).toEqual([expected, expected, expected]);
  });

  test('encodes its text once, whatever the number of clients', async () => {
    const { server, clients } = await three();
    let encodings = 0;
    const { from } = Buffer;
    Buffer.from = ((...args: [string]) => {
      if (args[0] === 'encoded once') encodings++;
      return from.apply(Buffer, args);
    }) as typeof from;
    try {
      expect(server.broadcast('encoded once')).toBe(3);
      await new Promise(setImmediate);
    } finally {
      Buffer.from = from;
    }
    expect(encodings).toBe(1);
    expect(await got(server, clients)).toEqual([['encoded once'], ['encoded once'], ['encoded once']]);
  });

  test('comes in order with pushes before and after it', async () => {
    const { server, clients } = await three();
    server.push(2, 'before');
    server.broadcast('to all');
    server.push(2, 'after');
    expect((await got(server, clients))[1]).toEqual(['before', 'to all', 'after']);
  });

  test('passes over who is closing', async () => {
    const { server } = await three();
    server.disconnect(2);
    server.close(3);
    expect(server.broadcast('x')).toBe(1);
  });
});
