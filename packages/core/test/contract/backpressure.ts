import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { EngineConnection, Exchange } from '../../src/engine/engine.js';
import { CLOSE, frame, TEXT } from '../hostile/raw.js';
import { get } from './client.js';
import { accept } from './programs.js';
import { type Contract, serve, still } from './serve.js';

const PIECE = 65_536;
/** 20 MB, and more than what the two kernels' socket buffers on loopback swallow. */
const TOTAL = 20 * 1024 * 1024;

export function backpressure(contract: Contract): void {
  describe('stream()', () => {
    /** A body whose byte n tells its place, made as it is asked for. */
    async function* counted(
      total: number,
      seen: { pulled: number; ended: boolean },
    ): AsyncGenerator<Uint8Array> {
      try {
        for (let at = 0; at < total; at += PIECE) {
          const piece = Buffer.alloc(Math.min(PIECE, total - at), at / PIECE);
          seen.pulled += piece.length;
          yield piece;
        }
      } finally {
        seen.ended = true;
      }
    }

    test('reads 20 MB no faster than a slow peer does, and sends them unharmed', () => {
      const seen = { pulled: 0, ended: false };
      let sent = false;
      return serve(
        contract,
        {
          whole: async (exchange) => {
            if (exchange.head.path === '/next') return exchange.respond('200 OK', [], 'next');
            await exchange.stream('200 OK', ['X-A', 'b'], TOTAL, counted(TOTAL, seen));
            sent = true;
          },
        },
        async (serving) => {
          const client = await serving.client();
          client.socket.pause();
          client.write(get('/'));
          await serving.books.reached('the request', () => serving.books.requests.length === 1);
          const pulled = await still(() => seen.pulled);
          expect(pulled).toBeLessThan(TOTAL * 0.75);
          expect(sent).toBe(false);
          // What was pulled and has not arrived lies in the kernel's buffers, but for a piece or two.
          client.socket.resume();
          const head = (await client.takeTo('\r\n\r\n')).toString();
          expect(head).toContain(`Content-Length: ${TOTAL}\r\n`);
          expect(head).toContain('X-A: b\r\n');
          for (let at = 0; at < TOTAL; at += PIECE) {
            const piece = await client.take(PIECE);
            if (!piece.equals(Buffer.alloc(PIECE, at / PIECE)))
              expect.fail(`the piece at ${at} is not as it was sent`);
          }
          client.write(get('/next'));
          expect((await client.answer()).body.toString()).toBe('next');
          expect(sent).toBe(true);
          expect(seen.ended).toBe(true);
        },
      );
    });

    test('of an empty body, and of more than the length, sends just the length', () =>
      serve(
        contract,
        {
          whole: (exchange) =>
            exchange.stream(
              '200 OK',
              [],
              exchange.head.path === '/0' ? 0 : 10,
              (async function* () {
                yield Buffer.from('0123456');
                yield Buffer.from('789too much');
                yield Buffer.from('never asked for');
              })(),
            ),
        },
        async (serving) => {
          const client = await serving.client();
          for (const [path, body] of [
            ['/0', ''],
            ['/10', '0123456789'],
            ['/0', ''],
            ['/10', '0123456789'],
          ] as const) {
            client.write(get(path));
            expect((await client.answer()).body.toString()).toBe(body);
          }
        },
      ));

    for (const [how, end] of [
      [
        'fails',
        () => {
          throw new Error('the disk is gone');
        },
      ],
      ['ends', () => {}],
    ] as const)
      test(`that ${how} midway rejects and closes the connection`, () => {
        const failures: unknown[] = [];
        return serve(
          contract,
          {
            whole: async (exchange) => {
              const body = (async function* () {
                yield Buffer.from('half');
                await turn();
                end();
              })();
              await exchange.stream('200 OK', [], 8, body).catch((error: unknown) => failures.push(error));
              expect(exchange.open).toBe(false);
            },
          },
          async (serving) => {
            const client = await serving.client();
            client.write(get('/'));
            const got = (await client.closed()).toString();
            expect(got).toContain('Content-Length: 8\r\n');
            expect(got.endsWith('\r\n\r\nhalf')).toBe(true);
            await serving.books.reached('the close', () => serving.books.closes.length === 1);
            await turn();
            expect(failures.length).toBe(1);
          },
        );
      });

    test('whose peer leaves rejects and lets the source go', () => {
      const seen = { pulled: 0, ended: false };
      let failure: unknown = null;
      return serve(
        contract,
        {
          whole: (exchange) =>
            exchange.stream('200 OK', [], TOTAL, counted(TOTAL, seen)).catch((error: unknown) => {
              failure = error;
            }),
        },
        async (serving) => {
          for (const reset of [true, false]) {
            failure = null;
            seen.ended = false;
            const client = await serving.client();
            client.socket.pause();
            const before = serving.books.closes.length;
            client.write(get('/'));
            await serving.books.reached('the request', () => serving.books.requests.length > before);
            await still(() => seen.pulled, 20);
            if (reset) client.socket.resetAndDestroy();
            else client.destroy();
            await serving.books.reached('the close', () => serving.books.closes.length > before);
            await turn();
            await turn();
            expect(failure).toBeInstanceOf(Error);
            expect(seen.ended).toBe(true);
          }
        },
      );
    });
  });

  describe('write()', () => {
    test('returns false when the peer is slow, and nothing is lost', () => {
      let written = 0;
      return serve(
        contract,
        {
          whole: async (exchange: Exchange) => {
            exchange.start('200 OK', []);
            while (written < 1000 && exchange.write(Buffer.alloc(PIECE, written))) written++;
            written++;
            exchange.write('tail');
            await turn();
            exchange.finish('end');
          },
        },
        async (serving) => {
          const client = await serving.client();
          client.socket.pause();
          client.write(get('/'));
          await serving.books.reached('the request', () => serving.books.requests.length === 1);
          expect(written).toBeLessThan(1000);
          for (let i = 0; i < 5; i++) await turn();
          client.socket.resume();
          const { body } = await client.answer();
          expect(body.length).toBe(written * PIECE + 7);
          for (let i = 0; i < written; i++)
            if (body[i * PIECE] !== i % 256 || body[(i + 1) * PIECE - 1] !== i % 256)
              expect.fail(`piece ${i}`);
          expect(body.subarray(-7).toString()).toBe('tailend');
        },
      );
    });
  });

  describe('bufferedAmount()', () => {
    const program = {
      whole: (exchange: Exchange) => accept(exchange),
    };

    test('grows while a peer does not read, falls to nothing when it has, and drain is reported', () => {
      let drained = 0;
      return serve(
        contract,
        {
          ...program,
          drain: (connection: EngineConnection) => {
            drained = connection.bufferedAmount();
          },
        },
        async (serving) => {
          const client = await serving.socket();
          const [connection] = serving.books.opens as [EngineConnection];
          client.socket.pause();
          const message = Buffer.alloc(PIECE, 'm');
          let count = 0;
          while (count < 1000 && connection.bufferedAmount() < 4 * 1024 * 1024) {
            expect(connection.send(message, TEXT, true, false)).toBe(true);
            count++;
            await turn();
          }
          expect(count).toBeLessThan(1000);
          const before = connection.bufferedAmount();
          expect(connection.send('the last', TEXT, true, false)).toBe(true);
          expect(connection.bufferedAmount()).toBeGreaterThanOrEqual(before + 8);
          client.socket.resume();
          for (let i = 0; i < count; i++) {
            const { payload } = await client.frame();
            if (!payload.equals(message)) expect.fail(`message ${i}`);
          }
          expect(await client.text()).toBe('the last');
          await serving.books.reached('an empty buffer', () => connection.bufferedAmount() === 0);
          expect(serving.books.drains).toBeGreaterThan(0);
          expect(drained).toBe(0);
        },
      );
    });

    test('counts what is queued in this turn', () =>
      serve(contract, program, async (serving) => {
        const client = await serving.socket();
        const [connection] = serving.books.opens as [EngineConnection];
        connection.send('12345', TEXT, true, false);
        connection.send(Buffer.from('678'), TEXT, true, false);
        expect(connection.bufferedAmount()).toBeGreaterThanOrEqual(8);
        expect([await client.text(), await client.text()]).toEqual(['12345', '678']);
        expect(connection.bufferedAmount()).toBe(0);
      }));

    for (const way of ['end', 'close'] as const)
      test(`what a slow peer has not read yet still reaches it after ${way}()`, () =>
        serve(contract, program, async (serving) => {
          const client = await serving.socket();
          const [connection] = serving.books.opens as [EngineConnection];
          client.socket.pause();
          const message = Buffer.alloc(PIECE, 'm');
          let count = 0;
          while (count < 1000 && connection.bufferedAmount() < 1024 * 1024) {
            connection.send(message, TEXT, true, false);
            count++;
            await turn();
          }
          if (way === 'end') connection.end(1000, 'done');
          else connection.close();
          expect(serving.books.closes.length).toBe(1);
          for (let i = 0; i < 5; i++) await turn();
          client.socket.resume();
          for (let i = 0; i < count; i++) {
            const { payload } = await client.frame();
            if (!payload.equals(message)) expect.fail(`message ${i}`);
          }
          if (way === 'end') expect((await client.frame()).opcode).toBe(CLOSE);
          client.socket.end();
          expect((await client.closed()).length).toBe(0);
        }));

    test('of one slow peer holds no other up', () =>
      serve(
        contract,
        {
          ...program,
          message: (connection, data) => {
            connection.send(new Uint8Array(data.slice(0)), TEXT, true, false);
          },
        },
        async (serving) => {
          const slow = await serving.socket();
          const quick = await serving.socket();
          const [connection] = serving.books.opens as [EngineConnection];
          slow.socket.pause();
          for (let i = 0; i < 300; i++) connection.send(Buffer.alloc(PIECE), TEXT, true, false);
          for (let i = 0; i < 20; i++) {
            quick.write(frame(TEXT, `${i}`));
            expect(await quick.text()).toBe(`${i}`);
          }
        },
      ));
  });
}
