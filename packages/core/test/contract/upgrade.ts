import { setImmediate as turn } from 'node:timers/promises';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/engine/engine.js';
import { CLOSE, closing, frame, TEXT } from '../hostile/raw.js';
import { ACCEPT, type Client, get, handshake } from './client.js';
import { accept, echo, FIN, KEY, socket } from './programs.js';
import type { Program } from './recorder.js';
import { type Contract, serve } from './serve.js';

export function upgrade(contract: Contract): void {
  describe('upgrade()', () => {
    const ways: Record<string, (exchange: Exchange, go: () => void) => unknown> = {
      'in the callback': (_exchange, go) => go(),
      'after a microtask': async (_exchange, go) => {
        await null;
        go();
      },
      'after turns of the loop': async (_exchange, go) => {
        await turn();
        await turn();
        go();
      },
    };
    for (const [when, way] of Object.entries(ways)) {
      test(`${when} answers 101 with the headers and the subprotocol given`, () =>
        serve(
          contract,
          {
            whole: (exchange) =>
              way(exchange, () => {
                accept(exchange, ['X-One', '1', 'Set-Cookie', 'a=b', 'Set-Cookie', 'c=d'], 'chat');
                expect(exchange.upgrade(KEY, [], '', '')).toBe(false);
              }),
            open: (connection) => {
              expect(connection.isWebSocket).toBe(true);
              expect(connection.open).toBe(true);
            },
          },
          async (serving) => {
            const client = await serving.client();
            const answer = await client.upgrade('/', 'Sec-WebSocket-Protocol: talk, chat\r\n');
            expect(answer.reason).toBe('Switching Protocols');
            expect(answer.headers.get('sec-websocket-accept')).toBe(ACCEPT);
            expect(answer.headers.get('sec-websocket-protocol')).toBe('chat');
            expect(answer.headers.get('upgrade')?.toLowerCase()).toBe('websocket');
            expect(answer.headers.get('connection')?.toLowerCase()).toBe('upgrade');
            expect(answer.headers.get('x-one')).toBe('1');
            expect(answer.headers.get('set-cookie')).toBe('a=b, c=d');
            expect(answer.headers.has('sec-websocket-extensions')).toBe(false);
            await serving.books.reached('the open report', () => serving.books.opens.length === 1);
            expect(serving.books.opens[0]).toBe(serving.books.requests[0]?.connection);
            expect(serving.books.requests[0]?.open).toBe(false);
          },
        ));

      test(`${when} sends first what was sent before the connection was open`, () =>
        serve(
          contract,
          socket({
            whole: (exchange) =>
              way(exchange, () => {
                accept(exchange);
                exchange.connection.send('first', TEXT, FIN, false);
                exchange.connection.send('second', TEXT, FIN, false);
              }),
            open: (connection) => {
              connection.send('third', TEXT, FIN, false);
            },
            message: (connection) => {
              connection.send('fourth', TEXT, FIN, false);
            },
          }),
          async (serving) => {
            const client = await serving.socket();
            client.write(frame(TEXT, 'go'));
            const got = [await client.text(), await client.text(), await client.text(), await client.text()];
            // An engine may open within upgrade(): then `open` speaks first.
            expect(got[3]).toBe('fourth');
            expect(got.indexOf('first')).toBeLessThan(got.indexOf('second'));
            if (when !== 'in the callback') expect(got).toEqual(['first', 'second', 'third', 'fourth']);
          },
        ));

      test(`${when} works after requests on the same connection, with others idle and silent`, () =>
        serve(
          contract,
          socket({
            whole: (exchange) => {
              if (exchange.head.path !== '/socket') return exchange.respond('200 OK', [], exchange.head.path);
              return way(exchange, () => accept(exchange));
            },
            message: echo.message as NonNullable<Program['message']>,
          }),
          async (serving) => {
            const clients: Client[] = [];
            for (let i = 0; i < 6; i++) {
              const client = await serving.client();
              clients.push(client);
              if (i % 3 === 0) continue;
              client.write(get(`/${i}`));
              expect((await client.answer()).body.toString()).toBe(`/${i}`);
            }
            const before = serving.books.requests.map((exchange) => exchange.connection);
            for (const i of [4, 1]) await (clients[i] as Client).upgrade('/socket');
            for (const [n, i] of [4, 1].entries()) {
              const client = clients[i] as Client;
              client.write(frame(TEXT, `I am ${i}`));
              expect(await client.text()).toBe(`I am ${i}`);
              expect(serving.books.opens[n]).toBe(before[i === 1 ? 0 : 2]);
            }
            for (const i of [0, 2, 3, 5]) {
              (clients[i] as Client).write(get('/after'));
              expect((await (clients[i] as Client).answer()).body.toString()).toBe('/after');
            }
          },
        ));

      test(`${when} reads the frames that came with the handshake`, () =>
        serve(
          contract,
          socket({ ...echo, whole: (exchange) => way(exchange, () => accept(exchange)) }),
          async (serving) => {
            const client = await serving.client();
            client.write(handshake('/'));
            await client.answer();
            client.write(Buffer.concat([frame(TEXT, 'one'), frame(TEXT, 'two')]));
            expect([await client.text(), await client.text()]).toEqual(['one', 'two']);
          },
        ));

      test(`${when} of a peer that has left reports nothing but its close`, () =>
        serve(
          contract,
          socket({
            whole: (exchange) =>
              way(exchange, () => {
                if (exchange.open) accept(exchange);
              }),
          }),
          async (serving) => {
            for (let i = 0; i < 20; i++) {
              const client = await serving.client();
              client.write(handshake('/'));
              if (i % 2 === 0) client.socket.resetAndDestroy();
              else client.destroy();
            }
            const { books } = serving;
            await books.reached(
              'the closes',
              () => books.connects.length === 20 && books.closes.length === 20,
            );
          },
        ));
    }

    for (const first of ['nothing', 'close', 'end'] as const)
      test(`of a peer that leaves before it is done, after ${first} by the program, does no harm`, () => {
        const exchanges: Exchange[] = [];
        return serve(
          contract,
          {
            close: (connection) => {
              if (first !== 'nothing') return;
              for (const exchange of exchanges)
                if (exchange.connection === connection) expect(exchange.open).toBe(false);
            },
          },
          async (serving) => {
            const { books } = serving;
            for (let i = 0; i < 20; i++) {
              const client = await serving.client();
              client.write(handshake('/'));
              await books.reached('the request', () => books.requests.length > i);
              const exchange = books.requests[i] as Exchange;
              exchanges.push(exchange);
              await turn();
              accept(exchange);
              exchange.connection.send('lost', TEXT, FIN, false);
              if (first === 'close') exchange.connection.close();
              else if (first === 'end') exchange.connection.end(1000, '');
              if (i % 2 === 0) client.socket.resetAndDestroy();
              else client.destroy();
              await books.reached('the close', () => books.closes.length > i);
              for (let turns = 0; turns < 3; turns++) await turn();
            }
            const after = await serving.client();
            after.write(handshake('/'));
            await books.reached('the request', () => books.requests.length === 21);
            accept(books.requests[20] as Exchange);
            expect((await after.answer()).status).toBe(101);
          },
        );
      });

    test('may be refused with a response, and the connection goes on', () =>
      serve(
        contract,
        {
          whole: async (exchange) => {
            if (exchange.head.path === '/late') await turn();
            if (exchange.head.path === '/yes') accept(exchange);
            else exchange.respond('403 Forbidden', [], 'no');
          },
        },
        async (serving) => {
          const client = await serving.client();
          for (const path of ['/now', '/late', '/now']) {
            client.write(handshake(path));
            expect(await client.answer()).toMatchObject({ status: 403, body: Buffer.from('no') });
          }
          await client.upgrade('/yes');
          expect(new Set(serving.books.requests.map((exchange) => exchange.connection)).size).toBe(1);
          expect(serving.books.connects.length).toBe(1);
        },
      ));

    for (const way of ['end', 'close'] as const)
      test(`followed by send() and ${way}() at once sends both in that order`, () =>
        serve(
          contract,
          {
            whole: async (exchange) => {
              await turn();
              accept(exchange);
              exchange.connection.send('last words', TEXT, FIN, false);
              if (way === 'end') exchange.connection.end(1000, 'bye');
              else exchange.connection.close();
            },
          },
          async (serving) => {
            const client = await serving.socket();
            expect(await client.text()).toBe('last words');
            if (way === 'end')
              expect(await client.frame()).toMatchObject({ opcode: CLOSE, payload: closing(1000, 'bye') });
            client.socket.end();
            await client.closed();
          },
        ));
  });

  describe('permessage-deflate', () => {
    const OFFER = 'Sec-WebSocket-Extensions: permessage-deflate\r\n';
    const program: Program = {
      whole: (exchange) =>
        accept(exchange, [], '', exchange.head.path === '/plain' ? '' : 'permessage-deflate'),
      message: (connection, data) => {
        const text = Buffer.from(new Uint8Array(data)).toString();
        connection.send(text, TEXT, FIN, true);
        connection.send(text, TEXT, FIN, false);
      },
    };
    test('is negotiated, understood and used for the messages asked for', () =>
      serve(
        contract,
        program,
        async (serving) => {
          const client = await serving.client();
          const answer = await client.upgrade('/', OFFER);
          expect(answer.headers.get('sec-websocket-extensions')).toMatch(/^permessage-deflate/);
          const text = 'again and again and again and '.repeat(50);
          const deflated = deflateRawSync(Buffer.from(text), { finishFlush: 2 }).subarray(0, -4);
          client.write(frame(TEXT, deflated, { rsv: 4 }));
          const packed = await client.frame();
          expect(packed).toMatchObject({ rsv: 4, opcode: TEXT, fin: true });
          expect(packed.payload.length).toBeLessThan(200);
          const tail = Buffer.from([0, 0, 255, 255]);
          expect(inflateRawSync(Buffer.concat([packed.payload, tail]), { finishFlush: 2 }).toString()).toBe(
            text,
          );
          expect(await client.frame()).toMatchObject({ rsv: 0, payload: Buffer.from(text) });
        },
        { compression: true },
      ));

    test('is not negotiated when not asked for, nor when the port forbids it', async () => {
      await serve(
        contract,
        program,
        async (serving) => {
          const client = await serving.client();
          const answer = await client.upgrade('/plain', OFFER);
          expect(answer.headers.has('sec-websocket-extensions')).toBe(false);
          client.write(frame(TEXT, 'x'.repeat(1000)));
          expect((await client.frame()).rsv).toBe(0);
        },
        { compression: true },
      );
      await serve(contract, program, async (serving) => {
        const client = await serving.client();
        const answer = await client.upgrade('/', OFFER);
        expect(answer.headers.has('sec-websocket-extensions')).toBe(false);
      });
    });
  });
}
