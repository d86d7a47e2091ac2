import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { request } from '../server/client.js';
import { httpServer, start } from '../server/running.js';
import { temporary } from '../server/temporary.js';

type Request = Swoole.Http.Request;
type Response = Swoole.Http.Response;

/** A server with one request callback. */
async function serve(callback: (request: Request, response: Response) => unknown, settings = {}) {
  const server = httpServer(settings);
  server.on('request', callback);
  await start(server);
  return server;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

describe('a response whose request callback has ended', () => {
  test.each<[string, (end: () => void) => unknown]>([
    ['a timer', (end) => Swoole.Timer.after(5, end)],
    [
      'a coroutine',
      (end) =>
        Swoole.Coroutine.create(async () => {
          await Swoole.Coroutine.sleep(0.005);
          end();
        }),
    ],
    ['a deferred function', (end) => Swoole.Event.defer(end)],
    [
      'a coroutine that an async callback has begun',
      async (end) => {
        await Swoole.Coroutine.sleep(0.002);
        Swoole.Coroutine.create(async () => {
          await Swoole.Coroutine.sleep(0.005);
          end();
        });
      },
    ],
  ])('may be ended by %s', async (_name, begin) => {
    const server = await serve((_request, response) => begin(() => response.end('later')));
    const { status, body } = await request(server.port);
    expect([status, String(body)]).toEqual([200, 'later']);
  });

  test('is 500 at once when nothing was begun that could end it', async () => {
    const server = await serve(() => {});
    expect((await request(server.port)).status).toBe(500);
    const other = await serve(async () => {
      await Promise.resolve();
    });
    expect((await request(other.port)).status).toBe(500);
  });

  test('is 500, or the status set, once nobody can reach it, and its uploads are gone', async () => {
    const upload_tmp_dir = temporary();
    let uploaded = '';
    const server = await serve(
      (request, response) => {
        response.status(418);
        response.header('X-Kept', 'yes');
        uploaded = (request.files as { f: { tmp_name: string } }).f.tmp_name;
        Swoole.Timer.after(1, () => {});
      },
      { upload_tmp_dir },
    );
    let answered = false;
    const form = '--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nbytes\r\n--x--\r\n';
    const answer = request(server.port, '/', {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
      body: form,
    }).finally(() => {
      answered = true;
    });
    let existed = false;
    for (let tries = 0; tries < 500 && !answered; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (uploaded !== '' && !answered) existed ||= existsSync(uploaded);
      collect();
    }
    const { status, headers } = await answer;
    expect([status, headers['x-kept'], existed]).toEqual([418, 'yes', true]);
    expect(existsSync(uploaded)).toBe(false);
  });

  test('that was detached is left to whoever makes another of its number, also when it cannot be reached', async () => {
    let fd = 0;
    const server = await serve((_request, response) => {
      fd = response.fd;
      Swoole.Timer.after(1, () => response.detach());
    });
    const answer = request(server.port);
    for (let tries = 0; tries < 20; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      collect();
    }
    const other = Swoole.Http.Response.create(fd) as Response;
    expect(other.end('by another')).toBe(true);
    expect(String((await answer).body)).toBe('by another');
  });
});
