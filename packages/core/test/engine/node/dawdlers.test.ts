import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNodeEngine } from '../../../src/engine/node/index.js';
import { Client, get } from '../../contract/client.js';
import { accept } from '../../contract/programs.js';
import { type Contract, certificate, serve } from '../../contract/serve.js';

const contract = { engine: createNodeEngine('for the test') } as Contract;

// The clock of the engine's own timer and of Date; sockets have the real time.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

for (const [what, bytes] of [
  ['head', 'GET / HTTP/1.1\r\nHost: x\r\nX-'],
  ['line', 'GE'],
  ['body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf'],
  ['chunk', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal'],
] as const)
  test(`a ${what} that does not go on ends its connection, and no other`, () =>
    serve(
      contract,
      {
        whole: (exchange) => {
          if (exchange.head.path === '/socket') accept(exchange);
          else if (exchange.head.path === '/idle') exchange.respond('200 OK', [], '');
        },
      },
      async (serving) => {
        const silent = await serving.client();
        const idle = await serving.client();
        idle.write(get('/idle'));
        await idle.answer();
        const waiting = await serving.client();
        waiting.write(get('/never'));
        const socket = await serving.socket('/socket');
        const dawdler = await serving.client();
        const { books } = serving;
        const before = books.connects.length;
        dawdler.write(bytes);
        const next = await serving.client();
        next.write(get('/idle'));
        await next.answer();
        expect(books.connects.length).toBe(before + 1);
        vi.advanceTimersByTime(16_000);
        await dawdler.closed();
        vi.advanceTimersByTime(3_600_000);
        expect(books.closes.length).toBe(1);
        for (const client of [silent, idle, waiting, socket, next]) expect(client.ended).toBe(false);
      },
    ));

test('a head that comes a byte at a time has a minute', () =>
  serve(contract, {}, async (serving) => {
    const client = await serving.client();
    client.write('GET / HTTP/1.1\r\nX: ');
    let seconds = 0;
    const { books } = serving;
    await books.reached('the connect', () => books.connects.length === 1);
    for (; seconds < 120 && !client.ended; seconds += 5) {
      client.write('x');
      // It is read before the clock goes on.
      await new Promise((resolve) => setTimeout(resolve, 5));
      vi.advanceTimersByTime(5_000);
    }
    expect(seconds).toBeGreaterThanOrEqual(60);
    expect(seconds).toBeLessThanOrEqual(75);
  }));

test('a handshake of TLS that does not come ends its connection', () =>
  serve(
    contract,
    { whole: (exchange) => exchange.respond('200 OK', [], '') },
    async (serving) => {
      const plain = serving.adopt(await Client.connect({ port: serving.port, host: '127.0.0.1' }));
      const { books } = serving;
      await books.reached('the connect', () => books.connects.length === 1);
      const ready = await serving.client();
      ready.write(get('/'));
      await ready.answer();
      vi.advanceTimersByTime(16_000);
      await plain.closed();
      expect(books.closes.length).toBe(1);
      expect(ready.ended).toBe(false);
    },
    { tls: certificate('a') },
  ));

test('who does not read what is left for it is not waited for', () =>
  serve(
    contract,
    {
      whole: (exchange) => {
        exchange.respond('200 OK', [], Buffer.alloc(30_000_000));
        exchange.connection.close();
      },
    },
    async (serving) => {
      const client = await serving.client();
      client.socket.pause();
      client.write(get('/'));
      const { books } = serving;
      await books.reached('the close', () => books.closes.length === 1);
      await new Promise((resolve) => setTimeout(resolve, 50));
      vi.advanceTimersByTime(11_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
      client.socket.resume();
      expect((await client.closed()).length).toBeLessThan(30_000_000);
    },
  ));
