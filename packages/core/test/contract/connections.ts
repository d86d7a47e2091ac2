import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { EngineConnection, EnginePort } from '../../src/engine/engine.js';
import { frame, TEXT } from '../hostile/raw.js';
import { Client, get, post } from './client.js';
import { type Program, Recorder } from './recorder.js';
import { type Contract, serve } from './serve.js';
import { accept } from './websocket.js';

const both: Program = {
  whole: (exchange, body) => {
    if (exchange.head.headers.includes('sec-websocket-key')) accept(exchange);
    else exchange.respond('200 OK', [], `${exchange.head.path}${body}`);
  },
  message: (connection, data) => {
    connection.send(new Uint8Array(data.slice(0)), TEXT, true, false);
  },
};

const listenOptions = {
  tls: null,
  maxPayload: 65_536,
  compression: false,
  maxBackpressure: 65_536,
  reusePort: false,
};

export function connections(contract: Contract): void {
  const createPort = (books: Recorder): EnginePort => contract.engine.createPort(listenOptions, books);

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

  describe('a port', () => {
    test('0 is one of the system’s choice', () =>
      serve(contract, both, async (one) => {
        await serve(contract, both, async (two) => {
          expect(one.port).toBeGreaterThan(1023);
          expect(two.port).toBeGreaterThan(1023);
          expect(two.port).not.toBe(one.port);
        });
      }));

    test('that is taken rejects with EADDRINUSE', async () => {
      const holder = net.createServer();
      await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
      const { port: taken } = holder.address() as net.AddressInfo;
      const port = createPort(new Recorder({}));
      await expect(port.listen('127.0.0.1', taken)).rejects.toMatchObject({ code: 'EADDRINUSE', errno: -98 });
      port.close();
      await new Promise((resolve) => holder.close(resolve));
    });

    test('that another port of the engine holds rejects with EADDRINUSE', () =>
      serve(contract, both, async (serving) => {
        const port = createPort(new Recorder({}));
        await expect(port.listen('127.0.0.1', serving.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
        port.close();
      }));

    test('that allows reuse is shared', () =>
      serve(
        contract,
        both,
        async (serving) => {
          const port = contract.engine.createPort({ ...listenOptions, reusePort: true }, new Recorder(both));
          expect(await port.listen('127.0.0.1', serving.port)).toBe(serving.port);
          port.close();
        },
        { reusePort: true },
      ));

    // TEST-NET-3 (RFC 5737) is nobody's address.
    for (const [host, number, reuse] of [
      ['203.0.113.7', 0, false],
      ['203.0.113.7', 18_080, true],
    ] as const)
      test(`on an address that is not of this machine (${number}, ${reuse}) rejects with EADDRNOTAVAIL`, async () => {
        const port = contract.engine.createPort({ ...listenOptions, reusePort: reuse }, new Recorder({}));
        await expect(port.listen(host, number)).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
        port.close();
      });

    test.skipIf(process.getuid?.() === 0)('under 1024 rejects with EACCES unless privileged', async () => {
      const port = createPort(new Recorder({}));
      await expect(port.listen('127.0.0.1', 81)).rejects.toMatchObject({ code: 'EACCES' });
      port.close();
    });

    test('can listen again after a failure', async () => {
      const books = new Recorder(both);
      const port = createPort(books);
      await expect(port.listen('203.0.113.7', 0)).rejects.toThrow();
      const number = await port.listen('127.0.0.1', 0);
      const client = await Client.connect({ port: number, host: '127.0.0.1' });
      client.write(get('/'));
      expect((await client.answer()).body.toString()).toBe('/');
      port.close();
      await client.closed();
    });

    test('stopListening() keeps the connections and takes no more', () =>
      serve(contract, both, async (serving) => {
        const http = await serving.client();
        http.write(get('/'));
        await http.answer();
        const socket = await serving.socket();
        serving.engine.stopListening();
        await expect(serving.client()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
        http.write(get('/still'));
        expect((await http.answer()).body.toString()).toBe('/still');
        socket.write(frame(TEXT, 'here'));
        expect(await socket.text()).toBe('here');
        serving.engine.stopListening();
      }));

    test('close() ends all: silent, idle, busy, streaming and WebSocket', async () => {
      const books = new Recorder({
        whole: (exchange) => {
          if (exchange.head.path === '/idle') exchange.respond('200 OK', [], '');
          else if (exchange.head.path === '/chunks') {
            exchange.start('200 OK', []);
            exchange.write('begun');
          } else if (exchange.head.path === '/socket') accept(exchange);
        },
      });
      const port = createPort(books);
      const number = await port.listen('127.0.0.1', 0);
      const clients: Client[] = [];
      for (const target of ['', '/idle', '/busy', '/chunks', '/socket', '', '/idle']) {
        const client = await Client.connect({ port: number, host: '127.0.0.1' });
        clients.push(client);
        if (target === '/socket') await client.upgrade(target);
        else if (target !== '') client.write(get(target));
        if (target === '/idle' || target === '/chunks') await client.takeTo('\r\n\r\n');
      }
      await books.reached('seven connects', () => books.connects.length === 7 && books.requests.length === 5);
      port.close();
      for (const client of clients) await client.closed();
      await books.reached('seven closes', () => books.closes.length === 7);
      expect(books.imbalance()).toEqual([]);
      await expect(Client.connect({ port: number, host: '127.0.0.1' })).rejects.toMatchObject({
        code: 'ECONNREFUSED',
      });
      port.close();
    });

    test('on a Unix socket serves HTTP and WebSockets', async () => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'contract-'));
      const name = path.join(folder, 'socket');
      const books = new Recorder(both);
      const port = createPort(books);
      await port.listenUnix(name);
      const client = await Client.connect({ path: name });
      client.write(get('/unix'));
      expect((await client.answer()).body.toString()).toBe('/unix');
      await client.upgrade();
      client.write(frame(TEXT, 'hello'));
      expect(await client.text()).toBe('hello');
      expect(books.connects.length).toBe(1);
      port.close();
      await client.closed();
      await books.reached('the close', () => books.closes.length === 1);
      fs.rmSync(folder, { recursive: true });
    });

    test('on a Unix socket in a folder that does not exist rejects', async () => {
      const port = createPort(new Recorder({}));
      const failure = await port.listenUnix('/nonexistent/contract.sock').catch((error: unknown) => error);
      // bind() says ENOENT, which libuv turns into EACCES.
      expect(['ENOENT', 'EACCES']).toContain((failure as NodeJS.ErrnoException).code);
      port.close();
    });
  });
}
