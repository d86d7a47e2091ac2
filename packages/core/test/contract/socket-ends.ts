import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { EngineConnection } from '../../src/engine/engine.js';
import { BINARY, CLOSE, CONTINUATION, closing, frame, PING, PONG, TEXT } from '../hostile/raw.js';
import type { Client } from './client.js';
import { echo, FIN, socket } from './programs.js';
import { type Contract, serve } from './serve.js';

export function socketEnds(contract: Contract): void {
  describe('the end of a WebSocket', () => {
    // Codes from 3000 on are registered with IANA, those from 4000 on are private.
    const registered = contract.capabilities.registeredCloseCodes ? 3333 : 4333;
    const ends: [string, (client: Client) => void, { code: number; reason?: string; wasClean: boolean }][] = [
      [
        'with a code and a reason',
        (c) => c.write(frame(CLOSE, closing(registered, 'gründlich'))),
        { code: registered, reason: 'gründlich', wasClean: true },
      ],
      ['with 1000', (c) => c.write(frame(CLOSE, closing(1000))), { code: 1000, reason: '', wasClean: true }],
      [
        'with a close frame that has no code',
        (c) => c.write(frame(CLOSE)),
        { code: 1005, reason: '', wasClean: true },
      ],
      ['by a FIN', (c) => c.socket.end(), { code: 1006, reason: '', wasClean: false }],
      ['by a RST', (c) => c.socket.resetAndDestroy(), { code: 1006, reason: '', wasClean: false }],
      [
        'by a message that is no UTF-8',
        (c) => c.write(frame(TEXT, Buffer.from([0xc3, 0x28]))),
        { code: 1007, wasClean: false },
      ],
      [
        'by a message that is too big',
        (c) => c.write(frame(TEXT, 'x', { announce: 1024n * 1024n + 1n })),
        { code: 1009, wasClean: false },
      ],
      [
        'by parts that are too big together',
        (c) => {
          c.write(frame(BINARY, Buffer.alloc(700_000), { fin: false }));
          c.write(frame(CONTINUATION, Buffer.alloc(700_000)));
        },
        { code: 1009, wasClean: false },
      ],
    ];
    for (const [how, end, info] of ends)
      test(`${how} is reported as ${info.code}`, () =>
        serve(contract, echo, async (serving) => {
          const other = await serving.socket();
          const client = await serving.socket();
          end(client);
          await serving.books.reached('the close', () => serving.books.closes.length === 1);
          expect(serving.books.closes[0]?.info).toMatchObject(info);
          expect(serving.books.closes[0]?.connection === serving.books.opens[1]).toBe(true);
          expect(serving.books.messages).toEqual([]);
          other.write(frame(TEXT, 'still there'));
          expect(await other.text()).toBe('still there');
        }));

    test('a close frame is answered by one with the same code', () =>
      serve(contract, echo, async (serving) => {
        const client = await serving.socket();
        client.write(frame(CLOSE, closing(1001, 'leaving')));
        const answer = await client.frame();
        expect(answer.opcode).toBe(CLOSE);
        expect(answer.payload.readUInt16BE()).toBe(1001);
        await client.closed();
      }));
  });

  describe('end() and close() of a WebSocket', () => {
    test('end() reports the close before it returns, sends what came before, then the close frame', () => {
      const order: string[] = [];
      return serve(
        contract,
        socket({
          message: (connection) => {
            for (let i = 0; i < 10; i++) connection.send(`${i}`, TEXT, FIN, false);
            order.push('before');
            connection.end(4321, 'grün');
            order.push('after');
            expect(connection.open).toBe(false);
            expect(connection.send('more', TEXT, FIN, false)).toBe(false);
            connection.end(1000, '');
            connection.close();
          },
          close: () => {
            order.push('close');
          },
        }),
        async (serving) => {
          const client = await serving.socket();
          client.write(
            Buffer.concat([frame(TEXT, 'go'), frame(TEXT, 'never read'), frame(PING, 'never read')]),
          );
          for (let i = 0; i < 10; i++) expect(await client.text()).toBe(`${i}`);
          expect(await client.frame()).toMatchObject({ opcode: CLOSE, payload: closing(4321, 'grün') });
          client.write(frame(CLOSE, closing(4321)));
          await client.closed();
          expect(order).toEqual(['before', 'close', 'after']);
          expect(serving.books.closes[0]?.info).toEqual({ code: 4321, reason: 'grün', wasClean: true });
          expect(serving.books.messages.length).toBe(1);
          expect(serving.books.pings).toEqual([]);
        },
      );
    });

    for (const where of ['message', 'open', 'ping', 'a later turn'] as const)
      test(`close() in ${where} sends what came before, and no close frame`, () => {
        const leave = (connection: EngineConnection) => {
          for (let i = 0; i < 10; i++) connection.send(`${i}`, TEXT, FIN, false);
          connection.close();
          expect(connection.open).toBe(false);
          expect(connection.send('more', TEXT, FIN, false)).toBe(false);
        };
        return serve(
          contract,
          socket({
            message: async (connection) => {
              if (where === 'a later turn') await turn();
              if (where === 'a later turn' || where === 'message') leave(connection);
            },
            open: (connection) => {
              if (where === 'open') leave(connection);
            },
            ping: (connection) => {
              if (where === 'ping') leave(connection);
            },
          }),
          async (serving) => {
            const client = await serving.socket();
            client.write(frame(where === 'ping' ? PING : TEXT, 'go'));
            const texts: string[] = [];
            while (texts.length < 10) {
              const { opcode, payload } = await client.frame();
              if (opcode !== PONG) texts.push(payload.toString());
            }
            expect(texts).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
            expect((await client.closed()).length).toBe(0);
            expect(serving.books.closes.length).toBe(1);
          },
        );
      });

    test('close() of others from within a callback closes each once, one’s own among them', () => {
      const peers: EngineConnection[] = [];
      return serve(
        contract,
        socket({
          open: (connection) => {
            peers.push(connection);
          },
          message: () => {
            for (const peer of peers) {
              peer.send('bye', TEXT, FIN, false);
              peer.close();
            }
          },
          close: () => {
            // Whoever is told may close the rest as well.
            for (const peer of peers) peer.close();
          },
        }),
        async (serving) => {
          const clients = await Promise.all(Array.from({ length: 10 }, () => serving.socket()));
          await serving.books.reached('ten sockets', () => peers.length === 10);
          (clients[3] as Client).write(frame(TEXT, 'go'));
          for (const client of clients) await client.closed();
          expect(serving.books.closes.length).toBe(10);
        },
      );
    });

    test('close(true) throws away what was queued in this turn', () => {
      const peers: EngineConnection[] = [];
      return serve(
        contract,
        socket({
          open: (connection) => {
            peers.push(connection);
          },
          message: () => {
            peers[0]?.send('thrown away', TEXT, FIN, false);
            peers[0]?.close(true);
          },
        }),
        async (serving) => {
          const first = await serving.socket();
          const second = await serving.socket();
          second.write(frame(TEXT, 'go'));
          expect((await first.closed()).toString()).toBe('');
        },
      );
    });
  });
}
