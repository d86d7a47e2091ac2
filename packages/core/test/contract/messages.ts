import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { EngineConnection } from '../../src/engine/engine.js';
import { BINARY, CLOSE, CONTINUATION, closing, frame, PING, PONG, TEXT } from '../hostile/raw.js';
import { type Client, get } from './client.js';
import { echo, FIN, socket } from './programs.js';
import { type Contract, serve } from './serve.js';

export function messages(contract: Contract): void {
  describe('messages', () => {
    test('of each kind and of sizes around the borders of the format go both ways', () =>
      serve(contract, echo, async (serving) => {
        const client = await serving.socket();
        for (const size of [0, 1, 125, 126, 127, 16_383, 65_535, 65_536, 1024 * 1024]) {
          const text = 'ü'.repeat(size >> 1) + (size % 2 === 1 ? 'x' : '');
          client.write(frame(TEXT, text));
          const answer = await client.frame();
          expect(answer).toMatchObject({ opcode: TEXT, fin: true, rsv: 0 });
          expect(answer.payload.equals(Buffer.from(text))).toBe(true);
          client.write(frame(BINARY, Buffer.alloc(size, 0xfe)));
          const binary = await client.frame();
          expect(binary.opcode).toBe(BINARY);
          expect(binary.payload.equals(Buffer.alloc(size, 0xfe))).toBe(true);
        }
      }));

    test('in parts, with a ping between them, are put together', () =>
      serve(contract, echo, async (serving) => {
        const client = await serving.socket();
        client.write(
          Buffer.concat([
            frame(TEXT, 'one ', { fin: false }),
            frame(CONTINUATION, 'two ', { fin: false }),
            frame(PING, 'between'),
            frame(CONTINUATION, 'three'),
          ]),
        );
        const frames = [await client.frame(), await client.frame()];
        expect(frames.map(({ opcode, payload }) => [opcode, payload.toString()]).sort()).toEqual([
          [TEXT, 'one two three'],
          [PONG, 'between'],
        ]);
        expect(serving.books.messages.length).toBe(1);
      }));

    test('are sent in parts as told', () =>
      serve(
        contract,
        socket({
          message: (connection) => {
            connection.send('a', TEXT, false, false);
            connection.send('b', CONTINUATION, false, false);
            connection.send(Buffer.from('c'), CONTINUATION, FIN, false);
            connection.send(Buffer.from('d'), BINARY, false, true);
            connection.send('', CONTINUATION, FIN, true);
          },
        }),
        async (serving) => {
          const client = await serving.socket();
          client.write(frame(TEXT, 'go'));
          const seen: unknown[] = [];
          for (let i = 0; i < 5; i++) {
            const { fin, opcode, payload } = await client.frame();
            seen.push([opcode, fin, payload.toString()]);
          }
          expect(seen).toEqual([
            [TEXT, false, 'a'],
            [CONTINUATION, false, 'b'],
            [CONTINUATION, true, 'c'],
            [BINARY, false, 'd'],
            [CONTINUATION, true, ''],
          ]);
        },
      ));

    test('to a connection that is no WebSocket, or closed, are not taken', () =>
      serve(contract, echo, async (serving) => {
        const http = await serving.client();
        http.write(get('/'));
        await http.answer();
        const [plain] = serving.books.connects as [EngineConnection];
        expect(plain.send('x', TEXT, FIN, false)).toBe(false);
        expect(plain.isWebSocket).toBe(false);
        const client = await serving.socket();
        const connection = serving.books.opens[0] as EngineConnection;
        client.destroy();
        await serving.books.reached('the close', () => serving.books.closes.length === 1);
        expect(connection.send('x', TEXT, FIN, false)).toBe(false);
      }));

    test.runIf(contract.capabilities.unmaskedRefused)(
      'that are not masked end the connection with 1002',
      () =>
        serve(contract, echo, async (serving) => {
          const client = await serving.socket();
          client.write(frame(TEXT, 'bare', { mask: false }));
          await serving.books.reached('the close', () => serving.books.closes.length === 1);
          expect(serving.books.closes[0]?.info.code).toBe(1002);
          expect(serving.books.messages).toEqual([]);
        }),
    );

    test(`with reserved opcodes are ${contract.capabilities.reservedOpcodes ? 'sent' : 'refused by send()'}`, () =>
      serve(
        contract,
        socket({
          message: (connection) => {
            for (const opcode of [3, 7, 11, 15])
              expect(connection.send('x', opcode, FIN, false)).toBe(contract.capabilities.reservedOpcodes);
            connection.send('end', TEXT, FIN, false);
          },
        }),
        async (serving) => {
          const client = await serving.socket();
          client.write(frame(TEXT, 'go'));
          if (contract.capabilities.reservedOpcodes)
            for (const opcode of [3, 7, 11, 15]) expect((await client.frame()).opcode).toBe(opcode);
          expect(await client.text()).toBe('end');
        },
      ));
  });

  describe('messages queued for other connections', () => {
    test('in one turn arrive in order, before the close frame of end()', () => {
      const peers: EngineConnection[] = [];
      return serve(
        contract,
        socket({
          open: (connection) => {
            peers.push(connection);
          },
          message: () => {
            for (let i = 0; i < 50; i++)
              for (const peer of peers)
                peer.send(i % 2 === 0 ? `${i}` : Buffer.from(`${i}`), TEXT, FIN, false);
            for (const peer of peers) peer.end(4000, 'enough');
          },
        }),
        async (serving) => {
          const clients = await Promise.all(Array.from({ length: 10 }, () => serving.socket()));
          await serving.books.reached('ten sockets', () => peers.length === 10);
          (clients[4] as Client).write(frame(TEXT, 'go'));
          for (const client of clients) {
            for (let i = 0; i < 50; i++) expect(await client.text()).toBe(`${i}`);
            expect(await client.frame()).toMatchObject({ opcode: CLOSE, payload: closing(4000, 'enough') });
          }
          expect(serving.books.closes.map(({ info }) => info)).toEqual(
            peers.map(() => ({ code: 4000, reason: 'enough', wasClean: true })),
          );
        },
      );
    });

    test('by several callbacks and by timers of many turns arrive in order', () => {
      const peers: EngineConnection[] = [];
      let count = 0;
      const tell = () => {
        for (const peer of peers) peer.send(`${count}`, TEXT, FIN, false);
        count++;
      };
      return serve(
        contract,
        socket({
          open: (connection) => {
            peers.push(connection);
          },
          message: async () => {
            tell();
            await null;
            tell();
            await turn();
            tell();
          },
        }),
        async (serving) => {
          const clients = await Promise.all(Array.from({ length: 10 }, () => serving.socket()));
          await serving.books.reached('ten sockets', () => peers.length === 10);
          for (const client of clients)
            client.write(Buffer.concat(Array.from({ length: 10 }, () => frame(TEXT, 'go'))));
          for (const client of clients)
            for (let i = 0; i < 300; i++) expect(await client.text()).toBe(`${i}`);
        },
      );
    });
  });

  describe('pings and pongs', () => {
    test('of the peer are reported, and its pings are answered', () =>
      serve(contract, echo, async (serving) => {
        const client = await serving.socket();
        client.write(Buffer.concat([frame(PING, 'are you there?'), frame(PONG, 'unasked')]));
        expect(await client.frame()).toMatchObject({ opcode: PONG, payload: Buffer.from('are you there?') });
        await serving.books.reached('the pong', () => serving.books.pongs.length === 1);
        expect(serving.books.pings).toEqual(['are you there?']);
        expect(serving.books.pongs).toEqual(['unasked']);
        expect(serving.books.messages).toEqual([]);
      }));

    test('of the program reach the peer', () =>
      serve(
        contract,
        socket({
          message: (connection) => {
            expect(connection.send('ping', PING, FIN, false)).toBe(true);
            expect(connection.send('pong', PONG, FIN, false)).toBe(contract.capabilities.pongs);
            connection.send('end', TEXT, FIN, false);
          },
        }),
        async (serving) => {
          const client = await serving.socket();
          client.write(frame(TEXT, 'go'));
          expect(await client.frame()).toMatchObject({ opcode: PING, payload: Buffer.from('ping') });
          if (contract.capabilities.pongs)
            expect(await client.frame()).toMatchObject({ opcode: PONG, payload: Buffer.from('pong') });
          expect(await client.text()).toBe('end');
        },
      ));
  });
}
