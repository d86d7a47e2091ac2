import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { CLOSE, closing, frame, type Raw, TEXT } from './raw.js';
import { besiege } from './siege.js';

describe('peers that vanish', () => {
  test('with a FIN and no close frame are closed', () =>
    besiege({}, async (siege) => {
      const raws: Raw[] = [await siege.connect(), await siege.upgrade()];
      const busy = await siege.upgrade();
      busy.write(frame(TEXT, 'one'));
      const partial = await siege.upgrade();
      partial.write(frame(TEXT, 'half', { announce: 500n }));
      const head = await siege.connect();
      head.write('GET /never HTTP/1.1\r\nHost: x\r\n');
      const body = await siege.connect();
      body.write('POST /never HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf');
      raws.push(busy, partial, head, body);
      await siege.reached('seven connections', () => siege.connects.size === 7);
      for (const raw of raws) raw.finish();
      // allowHalfOpen: they would stay for ever if the server did not close its side.
      for (const raw of raws) await raw.closed();
      await siege.reached('six closes', () => siege.closes.size === 6);
      expect(siege.requests).toEqual([]);
      expect(siege.messages).toEqual(['one']);
    }));

  test('with a RST are closed', () =>
    besiege({}, async (siege) => {
      for (let i = 0; i < 50; i++) {
        const raw = i % 2 === 0 ? await siege.connect() : await siege.upgrade();
        if (i % 4 === 1) raw.write(frame(TEXT, 'last words'));
        raw.reset();
      }
      await siege.reached('fifty closes', () => siege.closes.size >= 50);
    }));

  test('while their answer is being made give false to whatever is sent to them', async () => {
    const results: boolean[] = [];
    const waiting: (() => void)[] = [];
    const wait = () => new Promise<void>((resolve) => waiting.push(resolve));
    await besiege(
      {
        request: async (_request, response) => {
          await wait();
          results.push(response.write('late'), response.end('late'));
        },
        message: async (server, message) => {
          await wait();
          results.push(
            server.push(message.fd, 'late'),
            server.disconnect(message.fd),
            server.close(message.fd),
          );
        },
      },
      async (siege) => {
        const http = await siege.connect();
        http.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
        const socket = await siege.upgrade();
        socket.write(frame(TEXT, 'slow'));
        await siege.reached('two callbacks that wait', () => waiting.length === 2);
        http.destroy();
        socket.reset();
        // The close event waits for the callbacks; that the peers are gone is known before.
        const gone = [...siege.connects.keys()].slice(-2);
        await siege.reached('two peers gone', () => !gone.some((fd) => siege.server.exist(fd)));
        for (const goOn of waiting) goOn();
        await siege.reached('five results', () => results.length === 5);
      },
    );
    expect(results).toEqual([false, false, false, false, false]);
  });

  test('in the middle of a download free what it held', () =>
    besiege(
      {
        request: async (_request, response) => {
          for (let i = 0; i < 200 && response.write('w'.repeat(65_536)); i++) await turn();
          response.end();
        },
      },
      async (siege) => {
        for (let i = 0; i < 20; i++) {
          const raw = await siege.connect();
          raw.write('GET /download HTTP/1.1\r\nHost: x\r\n\r\n');
          await raw.take('\r\n\r\n');
          raw.reset();
        }
        await siege.reached('twenty closes', () => siege.closes.size >= 20);
      },
    ));
});

describe('peers that do not answer a close', () => {
  test('are closed after disconnect() all the same', () =>
    besiege(
      {
        message: (server, message) =>
          server.disconnect(message.fd, Swoole.SWOOLE_WEBSOCKET_CLOSE_GOING_AWAY, 'bye'),
      },
      async (siege) => {
        const raw = await siege.upgrade();
        raw.write(frame(TEXT, 'go'));
        expect(await raw.frame()).toMatchObject({ opcode: CLOSE, payload: closing(1001, 'bye') });
        await siege.reached('the close event', () => siege.closes.size === 1);
        await raw.closed();
      },
    ));
});

describe('peers that stop reading', () => {
  const LIMIT = 2 * 1024 * 1024;
  /** What the two kernels' socket buffers may hold on loopback, beside our own. */
  const KERNEL = 16 * 1024 * 1024;

  test('make push() give false at the buffer limit, and get all that was accepted when they read again', async () => {
    const payload = 'p'.repeat(65_536);
    let accepted = 0;
    let refused = false;
    let error = 0;
    await besiege(
      {
        settings: { socket_buffer_size: LIMIT, buffer_output_size: LIMIT },
        message: async (server, message) => {
          for (let i = 0; i < 1_000 && !refused; i++) {
            if (server.push(message.fd, payload)) accepted++;
            else {
              refused = true;
              error = Swoole.swoole_last_error();
            }
            await turn();
          }
        },
      },
      async (siege) => {
        const raw = await siege.upgrade();
        raw.write(frame(TEXT, 'push to me'));
        raw.socket.pause();
        await siege.reached('a push that is refused', () => refused, 3_000);
        expect(accepted * payload.length).toBeLessThan(LIMIT + KERNEL);
        expect(error).not.toBe(0);
        raw.socket.resume();
        for (let i = 0; i < accepted; i++) {
          const { opcode, payload: got } = await raw.frame();
          if (opcode !== TEXT || got.length !== payload.length)
            expect.fail(`message ${i}: ${opcode}, ${got.length}`);
        }
        // Room again.
        const fd = [...siege.connects.keys()].at(-1) as number;
        await siege.reached('an empty buffer', () => siege.server.push(fd, 'again'));
        expect((await raw.frame()).payload.toString()).toBe('again');
      },
    );
  });

  test('do not fill the memory, however much is pushed to however many', async () => {
    const payload = Buffer.alloc(65_536);
    await besiege({ settings: { socket_buffer_size: LIMIT, buffer_output_size: LIMIT } }, async (siege) => {
      const fds: number[] = [];
      for (let i = 0; i < 10; i++) {
        const raw = await siege.upgrade();
        raw.socket.pause();
        fds.push([...siege.connects.keys()].at(-1) as number);
      }
      const before = process.memoryUsage().rss;
      for (let round = 0; round < 400; round++) {
        for (const fd of fds) siege.server.push(fd, payload);
        if (round % 10 === 0) await turn();
      }
      await sleep(50);
      // 262 MB were offered; ten buffers of two megabytes and their copies may stay.
      expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
      for (const fd of fds) expect(siege.server.push(fd, payload)).toBe(false);
    });
  });

  test('of a file do not make it be read into memory', () =>
    besiege({ request: (_request, response) => response.sendfile(process.execPath) }, async (siege) => {
      const before = process.memoryUsage().rss;
      for (let i = 0; i < 5; i++) {
        const raw = await siege.connect();
        raw.socket.pause();
        raw.write('GET /node HTTP/1.1\r\nHost: x\r\n\r\n');
      }
      await siege.reached('five requests', () => siege.requests.length === 5);
      await sleep(300);
      expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    }));
});

describe('crowds', () => {
  test('of 2000 connections that say nothing hold nobody up', () =>
    besiege({ settings: { max_connection: 5_000 } }, async (siege) => {
      for (let i = 0; i < 20; i++) await Promise.all(Array.from({ length: 100 }, () => siege.connect()));
      await siege.reached('2001 connections', () => siege.connects.size === 2_001);
      expect(siege.server.connections.count()).toBe(2_001);
    }));

  test('that connect and leave at once leave nothing behind', () =>
    besiege({ settings: { max_connection: 5_000 } }, async (siege) => {
      for (let i = 0; i < 10; i++) {
        const raws = await Promise.all(Array.from({ length: 100 }, () => siege.connect()));
        raws.forEach((raw, n) => {
          if (n % 2 === 0) raw.reset();
          else raw.destroy();
        });
      }
      await siege.reached('as many closes as connects', () => siege.closes.size === siege.connects.size - 1);
    }));

  test('that shake hands and say goodbye at once leave nothing behind', () =>
    besiege({ settings: { max_connection: 5_000 } }, async (siege) => {
      for (let i = 0; i < 5; i++) {
        const raws = await Promise.all(Array.from({ length: 100 }, () => siege.upgrade()));
        for (const raw of raws) raw.write(frame(CLOSE, closing(1000)));
        for (const raw of raws) await raw.closed();
      }
      expect(siege.closes.size).toBe(500);
    }));
});
