import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/engine/engine.js';
import { get, post } from './client.js';
import { answering } from './programs.js';
import type { Program } from './recorder.js';
import { type Contract, serve } from './serve.js';

const PLAIN = ['Content-Type', 'text/plain'];

export function http(contract: Contract): void {
  describe('requests', () => {
    test('have their head as it was sent, for as long as it is kept', () =>
      serve(contract, answering({}), async (serving) => {
        const client = await serving.client();
        client.write(
          'M-SEARCH /a%20b/c?x=%31&y?z HTTP/1.1\r\nHost: here\r\nX-Two: 1\r\nx-TWO: 2\r\nCookie: a=b; c="d"\r\nX-Empty:\r\n\r\n',
        );
        await client.answer();
        client.write(get('/later'));
        await client.answer();
        expect(serving.books.requests[0]?.head).toEqual({
          method: 'M-SEARCH',
          path: '/a%20b/c',
          query: 'x=%31&y?z',
          version: '1.1',
          headers: ['host', 'here', 'x-two', '1', 'x-two', '2', 'cookie', 'a=b; c="d"', 'x-empty', ''],
        });
        expect(serving.books.requests[1]?.head).toMatchObject({ method: 'GET', path: '/later', query: '' });
      }));

    test.runIf(contract.capabilities.http10)('of HTTP/1.0 are served', () =>
      serve(contract, answering({}), async (serving) => {
        const client = await serving.client();
        client.write('GET / HTTP/1.0\r\nHost: x\r\n\r\n');
        await client.takeTo('\r\n\r\n/');
        expect(serving.books.requests[0]?.head.version).toBe('1.0');
      }),
    );

    test.runIf(!contract.capabilities.http10)('of HTTP/1.0 are refused with 505', () =>
      serve(contract, answering({}), async (serving) => {
        const client = await serving.client();
        client.write('GET / HTTP/1.0\r\nHost: x\r\n\r\n');
        expect((await client.closed()).toString()).toMatch(/^HTTP\/1\.1 505 /);
        expect(serving.books.requests).toEqual([]);
      }),
    );

    test('that came in one segment are answered in order', () =>
      serve(
        contract,
        { whole: (exchange, body) => exchange.respond('200 OK', [], `${exchange.head.path} ${body}`) },
        async (serving) => {
          const client = await serving.client();
          const wire: string[] = [];
          for (let i = 0; i < 20; i++) wire.push(i % 3 === 0 ? post(`/${i}`, `body ${i}`) : get(`/${i}`));
          client.write(wire.join(''));
          for (let i = 0; i < 20; i++)
            expect((await client.answer()).body.toString()).toBe(`/${i} ${i % 3 === 0 ? `body ${i}` : ''}`);
          expect(new Set(serving.books.requests.map((exchange) => exchange.connection)).size).toBe(1);
        },
      ));

    const late: Program = {
      whole: async (exchange) => {
        await turn();
        exchange.respond('200 OK', [], exchange.head.path);
      },
    };
    test.runIf(contract.capabilities.asyncPipelining)('that came while one is being answered wait', () =>
      serve(contract, late, async (serving) => {
        const client = await serving.client();
        client.write(get('/1') + get('/2') + get('/3'));
        for (let i = 1; i < 4; i++) expect((await client.answer()).body.toString()).toBe(`/${i}`);
      }),
    );

    test.runIf(!contract.capabilities.asyncPipelining)(
      'that came while one is being answered end the connection and disturb no other',
      () =>
        serve(contract, late, async (serving) => {
          const other = await serving.client();
          const client = await serving.client();
          client.write(get('/1') + get('/2'));
          await client.closed();
          await serving.books.reached('the close', () => serving.books.closes.length === 1);
          expect(serving.books.requests.map((exchange) => exchange.open)).toEqual([false]);
          other.write(get('/other'));
          expect((await other.answer()).body.toString()).toBe('/other');
        }),
    );
  });

  describe('respond()', () => {
    test('sends the status, the headers and the body with its length', () =>
      serve(
        contract,
        answering({
          '/text': (exchange) =>
            exchange.respond('201 Made Up', ['X-A', '1', 'X-A', '2', ...PLAIN], 'grüß dich'),
          '/bytes': (exchange) => exchange.respond('200 OK', [], Buffer.from([0, 255, 10])),
          '/none': (exchange) => exchange.respond('200 OK', [], ''),
        }),
        async (serving) => {
          const client = await serving.client();
          client.write(get('/text'));
          const text = await client.answer();
          expect(text).toMatchObject({ status: 201, reason: 'Made Up' });
          expect(text.head).toContain('\r\nX-A: 1\r\nX-A: 2\r\nContent-Type: text/plain\r\n');
          expect(text.headers.get('content-length')).toBe('11');
          expect(text.body.toString()).toBe('grüß dich');
          client.write(get('/bytes'));
          expect([...(await client.answer()).body]).toEqual([0, 255, 10]);
          client.write(get('/none'));
          expect((await client.answer()).headers.get('content-length')).toBe('0');
          expect(serving.books.requests.map((exchange) => exchange.open)).toEqual([false, false, false]);
        },
      ));

    test('works after an await, and for a body of 5 MB', () =>
      serve(
        contract,
        answering({
          '/': async (exchange) => {
            await turn();
            exchange.respond('200 OK', [], Buffer.alloc(5_000_000, 'z'));
          },
        }),
        async (serving) => {
          const client = await serving.client();
          for (let i = 0; i < 2; i++) {
            client.write(get('/'));
            expect((await client.answer()).body.equals(Buffer.alloc(5_000_000, 'z'))).toBe(true);
          }
        },
      ));

    test('works from the callback of another connection', () => {
      let waiting: Exchange | null = null;
      return serve(
        contract,
        answering({
          '/wait': (exchange) => {
            waiting = exchange;
          },
          '/go': (exchange) => {
            waiting?.respond('200 OK', [], 'released');
            exchange.respond('200 OK', [], 'went');
          },
        }),
        async (serving) => {
          const first = await serving.client();
          const second = await serving.client();
          for (let i = 0; i < 3; i++) {
            const count = serving.books.requests.length;
            first.write(get('/wait'));
            await serving.books.reached('a request', () => serving.books.requests.length > count);
            second.write(get('/go'));
            expect((await second.answer()).body.toString()).toBe('went');
            expect((await first.answer()).body.toString()).toBe('released');
          }
        },
      );
    });
  });

  describe('respondHead()', () => {
    test('sends no body, and the connection goes on after HEAD, 204 and 304', () =>
      serve(
        contract,
        answering({
          '/head': (exchange) => exchange.respondHead('200 OK', PLAIN, 1234),
          '/empty': (exchange) => exchange.respondHead('204 No Content', [], null),
          '/same': (exchange) => exchange.respondHead('304 Not Modified', ['ETag', '"x"'], null),
          '/after': (exchange) => exchange.respond('200 OK', [], 'after'),
        }),
        async (serving) => {
          const client = await serving.client();
          for (let round = 0; round < 2; round++) {
            client.write('HEAD /head HTTP/1.1\r\nHost: x\r\n\r\n');
            const head = await client.answer(true);
            expect(head.headers.get('content-length')).toBe('1234');
            client.write(get('/empty'));
            const empty = await client.answer();
            expect(empty.status).toBe(204);
            expect(empty.headers.has('content-length')).toBe(false);
            expect(empty.headers.has('transfer-encoding')).toBe(false);
            client.write(get('/same'));
            expect((await client.answer()).headers.get('etag')).toBe('"x"');
            client.write(get('/after'));
            expect((await client.answer()).body.toString()).toBe('after');
          }
          expect(serving.books.connects.length).toBe(1);
        },
      ));
  });

  describe('start(), write() and finish()', () => {
    test('send a chunked response, empty chunks left out', () =>
      serve(
        contract,
        answering({
          '/': async (exchange) => {
            expect(exchange.started).toBe(false);
            exchange.start('200 OK', PLAIN);
            expect(exchange.started).toBe(true);
            expect(exchange.write('one ')).toBe(true);
            expect(exchange.write('')).toBe(true);
            await turn();
            expect(exchange.write(Buffer.from('two '))).toBe(true);
            exchange.finish('three');
            expect(exchange.open).toBe(false);
          },
          '/bare': (exchange) => {
            exchange.start('202 Accepted', []);
            exchange.write('x');
            exchange.finish();
          },
        }),
        async (serving) => {
          const client = await serving.client();
          client.write(get('/'));
          const answer = await client.answer();
          expect(answer.headers.get('transfer-encoding')).toBe('chunked');
          expect(answer.headers.has('content-length')).toBe(false);
          expect(answer.body.toString()).toBe('one two three');
          client.write(get('/bare'));
          expect(await client.answer()).toMatchObject({ status: 202, body: Buffer.from('x') });
          expect(serving.books.connects.length).toBe(1);
        },
      ));

    test('with nothing written end in an empty body, and the connection goes on', () =>
      serve(
        contract,
        answering({
          '/': (exchange) => {
            exchange.start('200 OK', []);
            exchange.finish();
          },
        }),
        async (serving) => {
          const client = await serving.client();
          for (let i = 0; i < 2; i++) {
            client.write(get('/'));
            expect((await client.answer()).body.length).toBe(0);
          }
        },
      ));
  });
}
