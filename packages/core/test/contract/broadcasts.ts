import { setImmediate as turn } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { EngineConnection } from '../../src/engine/engine.js';
import { BINARY, CLOSE, closing, frame, PING, TEXT } from '../hostile/raw.js';
import type { Client } from './client.js';
import { accept, FIN, socket } from './programs.js';
import { type Contract, type Serving, serve } from './serve.js';

/** Some 50 bytes, not all of them ASCII. */
const NEWS = `Neuigkeiten für alle: ${'ü'.repeat(12)}.`;

/** What an engine may do for one message to many must not be seen by any of them. */
export function broadcasts(contract: Contract): void {
  /** Opens `count` sockets; gives the connections in the order of their clients. */
  async function open(serving: Serving, count: number): Promise<[Client[], EngineConnection[]]> {
    const clients: Client[] = [];
    const peers: EngineConnection[] = [];
    for (let i = 0; i < count; i++) {
      clients.push(await serving.socket());
      await serving.books.reached('the socket', () => serving.books.opens.length === i + 1);
      peers.push(serving.books.opens[i] as EngineConnection);
    }
    return [clients, peers];
  }

  const tell = (peers: EngineConnection[], data: string | Uint8Array, opcode = TEXT) => {
    for (const peer of peers) expect(peer.send(data, opcode, FIN, false)).toBe(true);
  };

  /** What each client gets up to the next `end`, which is sent in a turn of its own. */
  async function texts(clients: Client[], peers: EngineConnection[]): Promise<string[][]> {
    await turn();
    tell(
      peers.filter((peer) => peer.open),
      'end',
    );
    return Promise.all(
      clients.map(async (client) => {
        const seen: string[] = [];
        for (let text = await client.text(); text !== 'end'; text = await client.text()) seen.push(text);
        return seen;
      }),
    );
  }

  describe('one message to many', () => {
    test('reaches each of them once, turn after turn, and nobody else', () =>
      serve(contract, socket(), async (serving) => {
        const [clients, peers] = await open(serving, 40);
        const without = (left: number) => peers.filter((_, index) => index !== left);
        for (let i = 0; i < 40; i++) {
          tell(without(i), `${NEWS} ${i}`);
          await turn();
        }
        const all = Array.from({ length: 40 }, (_, i) => `${NEWS} ${i}`);
        expect(await texts(clients, peers)).toEqual(
          clients.map((_, index) => all.filter((_text, i) => i !== index)),
        );
      }));

    test('comes in order with what else is sent to one, to some and to all in the same turn', () =>
      serve(contract, socket(), async (serving) => {
        const [clients, peers] = await open(serving, 6);
        const [, one, two, , four, five] = peers as [
          EngineConnection,
          EngineConnection,
          EngineConnection,
          EngineConnection,
          EngineConnection,
          EngineConnection,
        ];
        tell([one], 'before');
        tell(peers, 'first');
        tell([two], 'between');
        tell([four, five], 'for two');
        tell([four, five], 'first');
        tell(peers.slice(0, 5), 'second');
        tell([one], '');
        expect(await texts(clients, peers)).toEqual([
          ['first', 'second'],
          ['before', 'first', 'second', ''],
          ['first', 'between', 'second'],
          ['first', 'second'],
          ['first', 'for two', 'first', 'second'],
          ['first', 'for two', 'first'],
        ]);
      }));

    test('may be empty, and comes before a ping that is sent after it', () =>
      serve(contract, socket(), async (serving) => {
        const [clients, peers] = await open(serving, 3);
        tell(peers, '');
        for (const peer of peers) peer.send('?', PING, FIN, false);
        for (const client of clients) {
          expect(await client.frame()).toMatchObject({ opcode: TEXT, payload: Buffer.alloc(0) });
          expect(await client.frame()).toMatchObject({ opcode: PING, payload: Buffer.from('?') });
        }
      }));

    test('as text and as bytes keeps its kind', () =>
      serve(contract, socket(), async (serving) => {
        const [clients, peers] = await open(serving, 4);
        for (const [index, peer] of peers.entries())
          peer.send('either', index % 2 === 0 ? TEXT : BINARY, FIN, false);
        for (const [index, client] of clients.entries())
          expect(await client.frame()).toMatchObject({
            opcode: index % 2 === 0 ? TEXT : BINARY,
            payload: Buffer.from('either'),
          });
      }));

    test('of bytes holds what they were when they were sent, whatever the program does with them then', () =>
      serve(contract, socket(), async (serving) => {
        const [clients, peers] = await open(serving, 8);
        const bytes = Buffer.alloc(4);
        for (const [index, peer] of peers.entries()) {
          bytes.writeInt32BE(index >> 1);
          peer.send(bytes, BINARY, FIN, false);
        }
        for (const peer of peers) peer.send(bytes, BINARY, FIN, false);
        bytes.fill(0xff);
        for (const [index, client] of clients.entries()) {
          expect((await client.frame()).payload).toEqual(Buffer.from([0, 0, 0, index >> 1]));
          expect((await client.frame()).payload).toEqual(Buffer.from([0, 0, 0, 3]));
        }
      }));

    test('reaches those who are closed or ended in the same turn first, and not those closed before', () =>
      serve(contract, socket(), async (serving) => {
        const [clients, peers] = await open(serving, 6);
        const [gone, closed, ended, discarded] = peers as [
          EngineConnection,
          EngineConnection,
          EngineConnection,
          EngineConnection,
        ];
        gone.close();
        expect(gone.send(NEWS, TEXT, FIN, false)).toBe(false);
        tell(peers.slice(1), NEWS);
        closed.close();
        ended.end(4000, 'enough');
        discarded.close(true);
        expect(await (clients[0] as Client).closed()).toEqual(Buffer.alloc(0));
        expect(await (clients[1] as Client).text()).toBe(NEWS);
        expect(await (clients[1] as Client).closed()).toEqual(Buffer.alloc(0));
        expect(await (clients[2] as Client).text()).toBe(NEWS);
        expect(await (clients[2] as Client).frame()).toMatchObject({
          opcode: CLOSE,
          payload: closing(4000, 'enough'),
        });
        await (clients[3] as Client).closed();
        expect(await texts(clients.slice(4), peers)).toEqual([[NEWS], [NEWS]]);
      }));

    test('from within a message of one of them comes once to that one too', () => {
      const peers: EngineConnection[] = [];
      return serve(
        contract,
        socket({
          open: (connection) => {
            peers.push(connection);
          },
          message: (_connection, data) => tell(peers, Buffer.from(new Uint8Array(data)).toString()),
        }),
        async (serving) => {
          const [clients] = await open(serving, 20);
          for (let i = 0; i < 20; i++) {
            (clients[i] as Client).write(frame(TEXT, `${NEWS} ${i}`));
            for (const client of clients) expect(await client.text()).toBe(`${NEWS} ${i}`);
          }
        },
      );
    });

    test('is compressed for those who agreed on it', () =>
      serve(
        contract,
        {
          whole: (exchange) =>
            accept(exchange, [], '', exchange.head.path === '/plain' ? '' : 'permessage-deflate'),
        },
        async (serving) => {
          const offer = 'Sec-WebSocket-Extensions: permessage-deflate\r\n';
          const clients: Client[] = [];
          for (let i = 0; i < 6; i++) clients.push(await serving.socket(i % 2 === 0 ? '/plain' : '/', offer));
          await serving.books.reached('six sockets', () => serving.books.opens.length === 6);
          const text = 'compress me '.repeat(20);
          for (const [index, peer] of serving.books.opens.entries())
            peer.send(text, TEXT, FIN, index % 2 === 1);
          for (const [index, client] of clients.entries()) {
            const { rsv, payload } = await client.frame();
            expect(rsv).toBe(index % 2 === 0 ? 0 : 4);
            const tail = Buffer.from([0, 0, 0xff, 0xff]);
            expect(
              (rsv === 0
                ? payload
                : inflateRawSync(Buffer.concat([payload, tail]), { finishFlush: 2 })
              ).toString(),
            ).toBe(text);
          }
        },
        { compression: true },
      ));

    test('is counted for each until it has left, and waits whole for a slow one', () =>
      serve(contract, socket(), async (serving) => {
        const [clients, peers] = await open(serving, 4);
        const [slow, ...quick] = peers as [EngineConnection, ...EngineConnection[]];
        (clients[0] as Client).socket.pause();
        const piece = 'x'.repeat(100_000);
        let count = 0;
        for (; count < 400 && slow.bufferedAmount() < 1024 * 1024; count++) {
          const before = peers.map((peer) => peer.bufferedAmount());
          tell(peers, piece);
          for (const [index, peer] of peers.entries())
            expect(peer.bufferedAmount()).toBeGreaterThanOrEqual((before[index] as number) + piece.length);
          await turn();
          for (const client of clients.slice(1)) expect((await client.text()).length).toBe(100_000);
        }
        expect(slow.bufferedAmount()).toBeGreaterThanOrEqual(1024 * 1024);
        for (const peer of quick) expect(peer.bufferedAmount()).toBe(0);
        (clients[0] as Client).socket.resume();
        for (let i = 0; i < count; i++) expect((await (clients[0] as Client).text()).length).toBe(100_000);
        await serving.books.reached('an empty buffer', () => slow.bufferedAmount() === 0);
      }));
  });
}
