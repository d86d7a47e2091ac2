import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EnginePort } from '../../src/engine/engine.js';
import { frame, TEXT } from '../hostile/raw.js';
import { Client, get } from './client.js';
import { accept } from './programs.js';
import { type Program, Recorder } from './recorder.js';
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

const listenOptions = {
  tls: null,
  maxPayload: 65_536,
  compression: false,
  maxBackpressure: 65_536,
  answerPings: true,
  http2: null,
  reusePort: false,
};

export function ports(contract: Contract): void {
  const createPort = (books: Recorder): EnginePort => contract.engine.createPort(listenOptions, books);

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

    test.runIf(contract.capabilities.reusePort)('that allows reuse is shared', () =>
      serve(
        contract,
        both,
        async (serving) => {
          const port = contract.engine.createPort({ ...listenOptions, reusePort: true }, new Recorder(both));
          expect(await port.listen('127.0.0.1', serving.port)).toBe(serving.port);
          port.close();
        },
        { reusePort: true },
      ),
    );

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
