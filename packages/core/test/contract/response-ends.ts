import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/engine/engine.js';
import { get } from './client.js';
import { answering, bytes } from './programs.js';
import { type Contract, serve } from './serve.js';

export function responseEnds(contract: Contract): void {
  describe('a response that ends the connection', () => {
    const CLOSE = ['Connection', 'close'];
    const enders: Record<string, (exchange: Exchange) => unknown> = {
      respond: (exchange) => exchange.respond('200 OK', CLOSE, 'bye', true),
      respondHead: (exchange) => exchange.respondHead('304 Not Modified', CLOSE, null, true),
      finish: (exchange) => {
        exchange.start('200 OK', CLOSE);
        exchange.finish('bye', true);
      },
      stream: (exchange) => exchange.stream('200 OK', CLOSE, 3, bytes('bye'), true),
    };
    for (const [name, end] of Object.entries(enders)) {
      for (const asked of [false, true]) {
        for (const late of [false, true]) {
          test(`${name}() says Connection: close once, ${asked ? 'also when asked to, ' : ''}${late ? 'later, ' : ''}and closes`, () =>
            serve(
              contract,
              answering({
                '/': async (exchange) => {
                  if (late) await turn();
                  return end(exchange);
                },
              }),
              async (serving) => {
                const client = await serving.client();
                client.write(get('/', asked ? 'Connection: close\r\n' : ''));
                const answer = await client.answer();
                expect(answer.headers.get('connection')).toBe('close');
                if (answer.status === 200) expect(answer.body.toString()).toBe('bye');
                expect((await client.closed()).length).toBe(0);
                await serving.books.reached('the close', () => serving.books.closes.length === 1);
                expect(serving.books.closes[0]?.info).toEqual({ code: 0, reason: '', wasClean: false });
              },
            ));
        }
      }

      // A response that takes turns of the loop is interrupted by what comes behind the request, see above.
      const waits = name === 'stream' && !contract.capabilities.asyncPipelining;
      test.skipIf(waits)(`${name}() is the last thing: what was pipelined behind it is not served`, () =>
        serve(contract, answering({ '/': end }), async (serving) => {
          const client = await serving.client();
          client.write(get('/') + get('/next') + (contract.capabilities.asyncPipelining ? get('/next') : ''));
          await client.answer();
          expect((await client.closed()).toString()).toBe('');
          expect(serving.books.requests.length).toBe(1);
        }),
      );
    }

    for (const [name, end] of Object.entries({
      respond: (exchange: Exchange, body: Buffer) => exchange.respond('200 OK', CLOSE, body, true),
      finish: (exchange: Exchange, body: Buffer) => {
        exchange.start('200 OK', CLOSE);
        exchange.finish(body, true);
      },
      'write() and finish': (exchange: Exchange, body: Buffer) => {
        exchange.start('200 OK', CLOSE);
        for (let i = 0; i < body.length; i += 1_000_000) exchange.write(body.subarray(i, i + 1_000_000));
        exchange.finish(undefined, true);
      },
      stream: (exchange: Exchange, body: Buffer) =>
        exchange.stream('200 OK', CLOSE, body.length, bytes(body), true),
    }))
      test(`${name}() sends all of it to a slow reader before it closes`, () => {
        const body = Buffer.alloc(20_000_000, 'slow');
        return serve(contract, answering({ '/': (exchange) => end(exchange, body) }), async (serving) => {
          const client = await serving.client();
          client.socket.pause();
          client.write(get('/'));
          await serving.books.reached('the request', () => serving.books.requests.length === 1);
          // The peer is slow for some turns of the loop.
          for (let i = 0; i < 20; i++) await turn();
          client.socket.resume();
          expect((await client.answer()).body.equals(body)).toBe(true);
        });
      });
  });

  describe('a peer that leaves while its answer is pending', () => {
    test('closes the exchange, and all later calls do nothing', () =>
      serve(contract, {}, async (serving) => {
        const client = await serving.client();
        client.write(get('/'));
        await serving.books.reached('the request', () => serving.books.requests.length === 1);
        const [exchange] = serving.books.requests as [Exchange];
        expect(exchange.open).toBe(true);
        client.destroy();
        await serving.books.reached('the close', () => serving.books.closes.length === 1);
        expect(exchange.open).toBe(false);
        expect(exchange.connection.open).toBe(false);
        exchange.respond('200 OK', [], 'late', true);
        exchange.respondHead('200 OK', [], 1, true);
        exchange.start('200 OK', []);
        expect(exchange.write('late')).toBe(false);
        exchange.finish('late', true);
        expect(exchange.upgrade('dGhlIHNhbXBsZSBub25jZQ==', [], '', '')).toBe(false);
        await exchange.stream('200 OK', [], 4, bytes('late')).catch(() => {});
        exchange.connection.close();
        exchange.connection.end(1000, '');
        expect(exchange.connection.send('late', 1, true, false)).toBe(false);
        expect(serving.books.closes.length).toBe(1);
      }));

    test('in the middle of a chunked response', () =>
      serve(
        contract,
        answering({
          '/': (exchange) => {
            exchange.start('200 OK', []);
            exchange.write('begun');
          },
        }),
        async (serving) => {
          const client = await serving.client();
          client.write(get('/'));
          await client.takeTo('begun');
          client.socket.resetAndDestroy();
          await serving.books.reached('the close', () => serving.books.closes.length === 1);
          const [exchange] = serving.books.requests as [Exchange];
          expect(exchange.write('more')).toBe(false);
          exchange.finish();
        },
      ));
  });

  describe('after a response', () => {
    test('no call to the exchange reaches the wire', () =>
      serve(
        contract,
        answering({
          '/': (exchange) => {
            exchange.respond('200 OK', [], 'once');
            exchange.respond('200 OK', [], 'twice', true);
            exchange.start('200 OK', []);
            exchange.write('twice');
            exchange.finish('twice', true);
            exchange.respondHead('200 OK', [], null, true);
            exchange.upgrade('dGhlIHNhbXBsZSBub25jZQ==', [], '', '');
          },
        }),
        async (serving) => {
          const client = await serving.client();
          for (let i = 0; i < 2; i++) {
            client.write(get('/'));
            expect((await client.answer()).body.toString()).toBe('once');
          }
          client.socket.end();
          expect((await client.closed()).length).toBe(0);
        },
      ));
  });
}
