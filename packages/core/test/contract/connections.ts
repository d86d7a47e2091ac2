import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { EngineConnection } from '../../src/engine/engine.js';
import { TEXT } from '../hostile/raw.js';
import { type Client, get, post } from './client.js';
import { accept } from './programs.js';
import type { Program } from './recorder.js';
import { type Contract, serve } from './serve.js';

const both: Program = {
  whole: (exchange, body) => {
    if (exchange.head.headers.includes('sec-websocket-key')) accept(exchange);
    else exchange.respond('200 OK', [], `${exchange.head.path}${body}`);
  },
  message: (connection, data) => {
    connection.send(new Uint8Array(data.slice(0)), TEXT, true, false);
  },
};

export function connections(contract: Contract): void {
  describe('each connection', () => {
    test('is reported once when made and once when gone, whether it spoke or not', () =>
      serve(contract, both, async (serving) => {
        const clients: Client[] = [];
        for (let i = 0; i < 40; i++) {
          const client = await serving.client();
          clients.push(client);
          if (i % 4 === 1) client.write('GET / HT');
          if (i % 4 === 2) {
            client.write(get('/'));
            await client.answer();
          }
          if (i % 4 === 3) await client.upgrade();
        }
        await serving.books.reached('forty connects', () => serving.books.connects.length === 40);
        expect(serving.books.closes).toEqual([]);
        for (const [i, client] of clients.entries())
          if (i % 3 === 0) client.socket.resetAndDestroy();
          else if (i % 3 === 1) client.socket.end();
          else client.destroy();
        await serving.books.reached('forty closes', () => serving.books.closes.length === 40);
        const codes = serving.books.closes.map(({ info }) => info.code).sort();
        expect(codes).toEqual([...Array(30).fill(0), ...Array(10).fill(1006)]);
      }));

    test('knows its peer’s address, and its port if it can', () =>
      serve(contract, both, async (serving) => {
        const client = await serving.client();
        await serving.books.reached('the connect', () => serving.books.connects.length === 1);
        const [connection] = serving.books.connects as [EngineConnection];
        expect(connection.remoteAddress).toBe('127.0.0.1');
        expect([0, client.socket.localPort]).toContain(connection.remotePort);
        expect(connection).toMatchObject({ open: true, isWebSocket: false, owner: null });
        expect(connection.bufferedAmount()).toBe(0);
      }));

    test('carries the same object through 50 interleaved keep-alive connections', () =>
      serve(contract, both, async (serving) => {
        const clients = await Promise.all(Array.from({ length: 50 }, () => serving.client()));
        const owners = new Map<Client, EngineConnection>();
        for (let round = 0; round < 10; round++) {
          const order = [...clients.keys()].sort(
            (a, b) => ((a * 7919 + round * 31) % 101) - ((b * 7919 + round * 31) % 101),
          );
          const from = serving.books.requests.length;
          for (const i of order) {
            const client = clients[i] as Client;
            if (round % 2 === 0) client.write(get(`/${i}?`));
            else {
              // The head and the body of some come apart, with others between them.
              client.write(post(`/${i}`, `-${round}`).slice(0, -2));
            }
          }
          if (round % 2 === 1) {
            await turn();
            await turn();
            for (const i of order) (clients[i] as Client).write(`-${round}`);
          }
          for (const [i, client] of clients.entries())
            expect((await client.answer()).body.toString()).toBe(
              round % 2 === 0 ? `/${i}` : `/${i}-${round}`,
            );
          for (const exchange of serving.books.requests.slice(from)) {
            const client = clients[Number(exchange.head.path.slice(1))] as Client;
            owners.set(client, owners.get(client) ?? exchange.connection);
            expect(exchange.connection === owners.get(client)).toBe(true);
          }
        }
        expect(new Set(owners.values()).size).toBe(50);
        expect(serving.books.connects.length).toBe(50);
      }));

    test('that pipelines keeps its object, with others between', () =>
      serve(contract, both, async (serving) => {
        const clients = await Promise.all(Array.from({ length: 10 }, () => serving.client()));
        for (let round = 0; round < 5; round++) {
          for (const [i, client] of clients.entries())
            client.write(get(`/${i}`) + post(`/${i}`, '+') + get(`/${i}`));
          for (const [i, client] of clients.entries())
            for (const mark of ['', '+', ''])
              expect((await client.answer()).body.toString()).toBe(`/${i}${mark}`);
        }
        const owners = new Map<string, Set<EngineConnection>>();
        for (const { head, connection } of serving.books.requests)
          owners.set(head.path, (owners.get(head.path) ?? new Set()).add(connection));
        expect([...owners.values()].map((set) => set.size)).toEqual(Array(10).fill(1));
      }));
  });

  describe('close() of a connection that is no WebSocket', () => {
    test('in the connect report closes that one and no other', () =>
      serve(
        contract,
        {
          ...both,
          connect: (connection) => {
            if (serving().books.connects.length === 2) connection.close();
          },
        },
        async (running) => {
          current = running;
          const first = await running.client();
          await running.books.reached('a connect', () => running.books.connects.length === 1);
          const second = await running.client();
          await second.closed();
          first.write(get('/first'));
          expect((await first.answer()).body.toString()).toBe('/first');
          expect(running.books.requests[0]?.connection).toBe(running.books.connects[0]);
        },
      ));
    let current: Parameters<Parameters<typeof serve>[2]>[0] | null = null;
    const serving = () => current as NonNullable<typeof current>;

    test('while it is silent closes it', () =>
      serve(contract, both, async (running) => {
        const clients: Client[] = [];
        for (let i = 0; i < 3; i++) {
          clients.push(await running.client());
          await running.books.reached('a connect', () => running.books.connects.length === i + 1);
        }
        running.books.connects[1]?.close();
        expect(running.books.closes.length).toBe(1);
        await (clients[1] as Client).closed();
        for (const i of [0, 2]) {
          (clients[i] as Client).write(get(`/${i}`));
          expect((await (clients[i] as Client).answer()).body.toString()).toBe(`/${i}`);
        }
        expect(running.books.connects.length).toBe(3);
      }));

    test('between and in requests closes it, with what was answered sent', () =>
      serve(
        contract,
        {
          whole: (exchange) => {
            if (exchange.head.path === '/no') return exchange.connection.close();
            exchange.respond('200 OK', [], 'x'.repeat(100_000));
            if (exchange.head.path === '/bye') exchange.connection.close();
            expect(exchange.connection.open).toBe(exchange.head.path !== '/bye');
          },
        },
        async (running) => {
          const [a, b, c] = [await running.client(), await running.client(), await running.client()];
          a.write(get('/bye'));
          expect((await a.answer()).body.length).toBe(100_000);
          expect((await a.closed()).length).toBe(0);
          b.write(get('/no'));
          expect((await b.closed()).length).toBe(0);
          c.write(get('/yes'));
          await c.answer();
          running.books.requests.at(-1)?.connection.close();
          expect((await c.closed()).length).toBe(0);
          expect(running.books.closes.length).toBe(3);
        },
      ));

    test('after a response sends all of it to a slow reader', () => {
      const body = Buffer.alloc(20_000_000, 'slow');
      return serve(
        contract,
        {
          whole: (exchange) => {
            exchange.respond('200 OK', [], body);
            exchange.connection.close();
          },
        },
        async (running) => {
          const client = await running.client();
          client.socket.pause();
          client.write(get('/'));
          await running.books.reached('the close', () => running.books.closes.length === 1);
          for (let i = 0; i < 20; i++) await turn();
          client.socket.resume();
          expect((await client.answer()).body.equals(body)).toBe(true);
        },
      );
    });

    test('after a big response, of a peer that then leaves, does no harm', () => {
      const body = Buffer.alloc(20_000_000, 'slow');
      return serve(
        contract,
        {
          whole: (exchange) => {
            exchange.respond('200 OK', [], body);
            if (exchange.head.path === '/close') exchange.connection.close();
          },
        },
        async (running) => {
          for (let i = 0; i < 10; i++) {
            const client = await running.client();
            client.socket.pause();
            client.write(get(i % 2 === 0 ? '/close' : '/leave'));
            await running.books.reached('the request', () => running.books.requests.length > i);
            await turn();
            if (i % 3 === 0) client.socket.resetAndDestroy();
            else client.destroy();
            await running.books.reached('the close', () => running.books.closes.length > i);
          }
          for (let i = 0; i < 10; i++) await turn();
        },
      );
    });

    test('reports no request of it any more', () =>
      serve(
        contract,
        {
          whole: (exchange) => {
            exchange.respond('200 OK', [], '');
            exchange.connection.close();
          },
        },
        async (running) => {
          const client = await running.client();
          client.write(get('/1') + get('/2'));
          await client.answer();
          await client.closed();
          expect(running.books.requests.length).toBe(1);
        },
      ));
  });
}
