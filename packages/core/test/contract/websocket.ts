import { setImmediate as turn } from 'node:timers/promises';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { EngineConnection, Exchange } from '../../src/engine/engine.js';
import { BINARY, CLOSE, CONTINUATION, closing, frame, PING, PONG, TEXT } from '../hostile/raw.js';
import { ACCEPT, type Client, get, handshake } from './client.js';
import type { Program } from './recorder.js';
import { type Contract, serve } from './serve.js';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const FIN = true;

export function accept(
  exchange: Exchange,
  headers: readonly string[] = [],
  protocol = '',
  extensions = '',
): void {
  expect(exchange.upgrade(KEY, headers, protocol, extensions)).toBe(true);
}

/** Becomes a WebSocket and does `message` with what comes; requests that are no handshakes are answered. */
function socket(program: Program = {}): Program {
  return {
    whole: (exchange) => {
      if (exchange.head.headers.includes('sec-websocket-key')) accept(exchange);
      else exchange.respond('200 OK', [], exchange.head.path);
    },
    ...program,
  };
}

const echo = socket({
  message: (connection, data, binary) => {
    connection.send(new Uint8Array(data.slice(0)), binary ? BINARY : TEXT, FIN, false);
  },
});

export function websocket(contract: Contract): void {
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
        const text = Buffer.from(data).toString();
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
