import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/engine/engine.js';
import { type Client, chunkedHead, chunks, get, handshake, post } from './client.js';
import type { Program } from './recorder.js';
import { type Contract, type Serving, serve } from './serve.js';

const echo: Program = {
  whole: (exchange, body) => exchange.respond('200 OK', [], `${exchange.head.path}=${body}`),
};

/** Lets the peer read what was written before, as a segment of its own: a turn of the loop is enough on one thread. */
async function segment(client: Client, data: string | Uint8Array): Promise<void> {
  client.write(data);
  await turn();
  await turn();
}

async function idle(serving: Serving, count: number): Promise<Client[]> {
  const clients: Client[] = [];
  for (let i = 0; i < count; i++) {
    const client = await serving.client();
    client.write(get('/first'));
    await client.answer();
    clients.push(client);
  }
  return clients;
}

/** Answers at once, before the body is there, when the path says so. */
const early: Program = {
  request: (exchange) => {
    if (exchange.head.path.startsWith('/early')) exchange.respond('200 OK', [], 'early');
  },
  whole: (exchange, body) => exchange.respond('200 OK', [], `${exchange.head.path}=${body}`),
};

export function bodies(contract: Contract): void {
  const known = contract.capabilities.chunkedHeadsKnown;

  describe('request bodies', () => {
    test('cut anywhere come whole and in order', () =>
      serve(contract, echo, async (serving) => {
        const client = await serving.client();
        const wires: [string, string][] = [
          [post('/length', 'a body of length'), '/length=a body of length'],
          [
            chunkedHead('/chunks') + chunks('first ', 'second, longer than that ', 'z'),
            '/chunks=first second, longer than that z',
          ],
          [post('/empty', ''), '/empty='],
          [get('/none'), '/none='],
        ];
        for (const [wire, expected] of wires)
          for (let cut = 1; cut < wire.length; cut++) {
            await segment(client, wire.slice(0, cut));
            client.write(wire.slice(cut));
            expect((await client.answer()).body.toString(), `cut after ${cut}`).toBe(expected);
          }
        expect(new Set(serving.books.requests.map((exchange) => exchange.connection)).size).toBe(1);
      }));

    test('that come byte by byte come whole', () =>
      serve(contract, echo, async (serving) => {
        const client = await serving.client();
        for (const byte of post('/', 'hello') + chunkedHead('/c') + chunks('wor', 'ld') + get('/end'))
          await segment(client, byte);
        for (const expected of ['/=hello', '/c=world', '/end='])
          expect((await client.answer()).body.toString()).toBe(expected);
      }));

    test('of several connections that end between one another’s leave each connection known', () =>
      serve(contract, echo, async (serving) => {
        const clients = await idle(serving, 3);
        for (let round = 0; round < 4; round++) {
          for (const [i, client] of clients.entries())
            await segment(client, post(`/${i}`, 'first half, last').slice(0, -6));
          for (const client of clients) await segment(client, ', last');
          for (const [i, client] of clients.entries())
            expect((await client.answer()).body.toString()).toBe(`/${i}=first half, last`);
          for (const [i, client] of [...clients.entries()].reverse()) {
            client.write(get(`/${i}`));
            expect((await client.answer()).body.toString()).toBe(`/${i}=`);
          }
        }
        const owners = new Set(
          serving.books.requests.map(
            (exchange, n) =>
              `${n < 3 ? n : exchange.head.path} ${serving.books.connects.indexOf(exchange.connection)}`,
          ),
        );
        expect(owners.size).toBe(6);
        expect(serving.books.connects.length).toBe(3);
      }));

    test('of 3 MB arrive unharmed, from many at once', () =>
      serve(
        contract,
        { whole: (exchange, body) => exchange.respond('200 OK', [], body) },
        async (serving) => {
          await Promise.all(
            Array.from({ length: 5 }, async (_, i) => {
              const client = await serving.client();
              const body = String(i).repeat(3_000_000);
              client.write(
                i % 2 === 0
                  ? post('/', body)
                  : chunkedHead('/') + chunks(body.slice(0, 999_999), body.slice(999_999)),
              );
              expect((await client.answer()).body.toString() === body).toBe(true);
            }),
          );
        },
      ));

    test('with Content-Length: 0 and a head in two segments are whole, on an idle connection too', () =>
      serve(contract, echo, async (serving) => {
        const clients = [...(await idle(serving, 2)), await serving.client()];
        for (const client of clients) {
          await segment(client, 'POST /zero HTTP/1.1\r\nHost: x\r\nContent-');
          client.write('Length: 0\r\n\r\n');
          expect((await client.answer()).body.toString()).toBe('/zero=');
        }
      }));

    test('an answer before their end leaves the connection usable', () =>
      serve(contract, early, async (serving) => {
        const client = await serving.client();
        for (let i = 0; i < 3; i++) {
          await segment(client, 'POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345');
          expect((await client.answer()).body.toString()).toBe('early');
          await segment(client, '67890');
          client.write(post('/next', 'x'));
          expect((await client.answer()).body.toString()).toBe('/next=x');
        }
        expect(new Set(serving.books.requests.map((exchange) => exchange.connection)).size).toBe(1);
      }));
  });

  describe('a chunked request whose head comes alone', () => {
    test('keeps its connection when there is no other', () =>
      serve(contract, echo, async (serving) => {
        const [client] = (await idle(serving, 1)) as [Client];
        for (let i = 0; i < 5; i++) {
          await segment(client, chunkedHead(`/${i}`));
          client.write(chunks('some', 'thing'));
          expect((await client.answer()).body.toString()).toBe(`/${i}=something`);
        }
        expect(new Set(serving.books.requests.map((exchange) => exchange.connection)).size).toBe(1);
        expect(serving.books.connects.length).toBe(1);
      }));

    test('is reported before its body comes', () =>
      serve(contract, echo, async (serving) => {
        const clients = await idle(serving, 2);
        for (const client of clients) {
          const before = serving.books.requests.length;
          client.write(chunkedHead('/wait'));
          await serving.books.reached('the request', () => serving.books.requests.length > before);
          client.write(chunks('x'));
          expect((await client.answer()).body.toString()).toBe('/wait=x');
        }
      }));

    test('gets its own body and nobody else’s, among several idle at once', () =>
      serve(contract, echo, async (serving) => {
        const clients = await idle(serving, 8);
        await Promise.all(clients.map((client, i) => segment(client, chunkedHead(`/${i}`))));
        for (const [i, client] of [...clients.entries()].reverse()) client.write(chunks(`body ${i}`, ' end'));
        for (const [i, client] of clients.entries())
          expect((await client.answer()).body.toString()).toBe(`/${i}=body ${i} end`);
        const connections = serving.books.requests.map((exchange) => exchange.connection);
        expect(new Set(connections.slice(8)).size).toBe(8);
        if (known) expect(new Set(connections).size).toBe(8);
      }));

    test('does not take the rest of a body that was answered before its end', () =>
      serve(contract, early, async (serving) => {
        const [a] = (await idle(serving, 1)) as [Client];
        for (let i = 0; i < 5; i++) {
          const [b] = (await idle(serving, 1)) as [Client];
          await segment(a, 'POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345');
          expect((await a.answer()).body.toString()).toBe('early');
          // Both are read in one turn of the loop.
          b.write(chunkedHead('/chunked'));
          a.write('67890');
          await turn();
          await turn();
          b.write(chunks('mine'));
          expect((await b.answer()).body.toString()).toBe('/chunked=mine');
        }
      }));

    test('may have requests pipelined behind its end', () =>
      serve(contract, echo, async (serving) => {
        const [a, b] = (await idle(serving, 2)) as [Client, Client];
        await segment(a, chunkedHead('/chunked'));
        a.write(chunks('body') + get('/behind') + get('/last'));
        if (known)
          for (const path of ['/chunked=body', '/behind=', '/last='])
            expect((await a.answer()).body.toString()).toBe(path);
        else await a.closed();
        b.write(get('/other'));
        expect((await b.answer()).body.toString()).toBe('/other=');
      }));

    test('may be answered without a body, and followed by another request', () =>
      serve(
        contract,
        {
          whole: (exchange) => {
            if (exchange.head.path === '/none') exchange.respondHead('204 No Content', [], null);
            else exchange.respond('200 OK', [], exchange.head.path);
          },
        },
        async (serving) => {
          const [a, b] = (await idle(serving, 2)) as [Client, Client];
          await segment(a, chunkedHead('/none'));
          await segment(a, chunks('body'));
          a.write(get('/next'));
          expect((await a.answer()).status).toBe(204);
          if (known) expect((await a.answer()).body.toString()).toBe('/next');
          b.write(get('/other'));
          expect((await b.answer()).body.toString()).toBe('/other');
        },
      ));

    test('may get a big answer that it does not read, and send more requests', () =>
      serve(
        contract,
        {
          whole: (exchange, body) => {
            if (exchange.head.method === 'POST') expect(body.toString()).toBe('body');
            exchange.respond('200 OK', [], Buffer.alloc(exchange.head.path === '/big' ? 20_000_000 : 1));
          },
        },
        async (serving) => {
          const [a, b] = (await idle(serving, 2)) as [Client, Client];
          a.socket.pause();
          await segment(a, chunkedHead('/big'));
          await segment(a, chunks('body'));
          for (let i = 0; i < 10; i++) await segment(a, i % 3 === 2 ? post('/post', 'body') : get('/get'));
          b.write(get('/other'));
          expect((await b.answer()).body.length).toBe(1);
        },
      ));

    test('may be answered in pieces, or late, or not at all', () =>
      serve(
        contract,
        {
          whole: async (exchange, body) => {
            if (exchange.head.path === '/never') return;
            if (exchange.head.path === '/first') return exchange.respond('200 OK', [], '');
            await turn();
            if (exchange.head.path === '/stream')
              return exchange.stream(
                '200 OK',
                [],
                body.length,
                (async function* () {
                  yield body;
                })(),
              );
            exchange.start('200 OK', []);
            exchange.write('<');
            await turn();
            exchange.write(body);
            exchange.finish('>');
          },
        },
        async (serving) => {
          const [a, b, c, d] = (await idle(serving, 4)) as [Client, Client, Client, Client];
          await segment(a, chunkedHead('/pieces'));
          await segment(b, chunkedHead('/stream'));
          await segment(c, chunkedHead('/never'));
          for (const client of [a, b, c]) client.write(chunks('body'));
          expect((await a.answer()).body.toString()).toBe('<body>');
          expect((await b.answer()).body.toString()).toBe('body');
          const { requests } = serving.books;
          const at = () => requests.find((exchange) => exchange.head.path === '/never') as Exchange;
          await serving.books.reached('the request', () => at() !== undefined);
          c.destroy();
          await serving.books.reached(
            'its end',
            () => !at().open || serving.books.closes.some((closed) => closed.connection === at().connection),
          );
          await segment(d, handshake('/late'));
        },
      ));

    test('whose connection goes away before its body is closed once', () =>
      serve(contract, echo, async (serving) => {
        const clients = await idle(serving, 6);
        for (const [i, client] of clients.entries()) {
          if (i % 2 === 0) await segment(client, chunkedHead('/gone'));
          else client.write(chunkedHead('/gone'));
          if (i < 3) client.socket.resetAndDestroy();
          else client.destroy();
        }
        const after = await serving.client();
        after.write(get('/after'));
        expect((await after.answer()).body.toString()).toBe('/after=');
      }));

    test('keeps its connection after handshakes that were refused and closed', () =>
      serve(
        contract,
        {
          whole: (exchange, body) => {
            if (exchange.head.path !== '/refuse') return exchange.respond('200 OK', [], `${body}`);
            exchange.respond('403 Forbidden', [], 'no');
            exchange.connection.close();
          },
        },
        async (serving) => {
          for (let i = 0; i < 3; i++) {
            const refused = await serving.client();
            refused.write(handshake('/refuse'));
            expect((await refused.answer()).status).toBe(403);
            await refused.closed();
          }
          const [client] = (await idle(serving, 1)) as [Client];
          for (let i = 0; i < 3; i++) {
            await segment(client, chunkedHead('/chunked'));
            client.write(chunks('body'));
            expect((await client.answer()).body.toString()).toBe('body');
          }
          expect(serving.books.connects.length).toBe(4);
        },
      ));
  });
}
