import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import api from '../../../conformance/api.json' with { type: 'json' };
import { setCallbackErrorHandler } from '../src/errors/callback-error.js';
import * as Swoole from '../src/index.js';
import * as Swoole4 from '../src/legacy.js';
import * as shortnames from '../src/shortnames.js';
import { Client } from './server/client.js';
import { Queue } from './server/queue.js';
import { start } from './server/running.js';

/** Class names from before the namespaces, from the class entries of Swoole 4.8. */
const OLD_NAMES: Record<string, string> = {
  swoole_server: 'Swoole\\Server',
  swoole_server_port: 'Swoole\\Server\\Port',
  swoole_connection_iterator: 'Swoole\\Connection\\Iterator',
  swoole_http_server: 'Swoole\\Http\\Server',
  swoole_http_request: 'Swoole\\Http\\Request',
  swoole_http_response: 'Swoole\\Http\\Response',
  swoole_websocket_server: 'Swoole\\WebSocket\\Server',
  swoole_websocket_frame: 'Swoole\\WebSocket\\Frame',
  swoole_websocket_closeframe: 'Swoole\\WebSocket\\CloseFrame',
  swoole_timer: 'Swoole\\Timer',
  swoole_timer_iterator: 'Swoole\\Timer\\Iterator',
  swoole_atomic: 'Swoole\\Atomic',
  swoole_atomic_long: 'Swoole\\Atomic\\Long',
  swoole_lock: 'Swoole\\Lock',
  swoole_table: 'Swoole\\Table',
  swoole_event: 'Swoole\\Event',
  swoole_exception: 'Swoole\\Exception',
  swoole_error: 'Swoole\\Error',
};

/** What a PHP class name stands for in a namespace object; undefined when this release does not have it. */
function find(root: object, name: string): unknown {
  let at: unknown = root;
  for (const part of name.split('\\').slice(1)) {
    if (at === undefined || at === null) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

test('a class that has members or methods more is the class of its PHP name', () => {
  const own = (type: object): unknown =>
    Object.hasOwn(type, 'phpName') && (type as { phpName?: unknown }).phpName;
  for (const name of ['Server', 'Http\\Server', 'WebSocket\\Server', 'Process', 'Lock'])
    for (const root of [Swoole, Swoole4])
      expect(own(find(root, `Swoole\\${name}`) as object)).toBe(`Swoole\\${name}`);
  class Chat extends Swoole.Server {}
  expect(own(Chat)).toBe(false);
});

describe('swoole-ts/legacy', () => {
  test.each(Object.entries(OLD_NAMES))('%s is %s', (old, name) => {
    const current = find(Swoole4, name);
    expect(current).toBeTypeOf('function');
    expect((Swoole4 as Record<string, unknown>)[old]).toBe(current);
  });

  test('has everything that swoole-ts has', () => {
    const missing = Object.keys(Swoole).filter((name) => !(name in Swoole4));
    expect(missing).toEqual([]);
    expect(Object.keys(Swoole.WebSocket).filter((name) => !(name in Swoole4.WebSocket))).toEqual([]);
    expect(Object.keys(Swoole.Http).filter((name) => !(name in Swoole4.Http))).toEqual([]);
  });

  test('has servers that are one family, as in PHP', () => {
    const server = new Swoole4.swoole_websocket_server('127.0.0.1', 0);
    for (const Class of [
      Swoole4.WebSocket.Server,
      Swoole4.Http.Server,
      Swoole4.Server,
      Swoole.WebSocket.Server,
      Swoole.Http.Server,
      Swoole.Server,
    ])
      expect(server).toBeInstanceOf(Class);
    expect(new Swoole4.Http.Server('127.0.0.1', 0)).not.toBeInstanceOf(Swoole4.WebSocket.Server);
    class Mine extends Swoole4.WebSocket.Server {}
    expect(server).not.toBeInstanceOf(Mine);
  });

  test('gives its methods to no server of swoole-ts itself', () => {
    for (const Class of [Swoole.Server, Swoole.Http.Server, Swoole.WebSocket.Server])
      for (const name of ['tick', 'after', 'defer', 'clearTimer'])
        expect(name in Class.prototype, name).toBe(false);
  });

  test.each([
    ['Server', Swoole4.Server],
    ['Http.Server', Swoole4.Http.Server],
    ['WebSocket.Server', Swoole4.WebSocket.Server],
  ] as const)('%s has the timers of Swoole 4', async (_name, Class) => {
    const server = new Class('127.0.0.1', 0);
    const book = new Queue<string>();
    const id: number | false = server.tick(
      1,
      (timer, word: string): void => book.put(`tick ${timer === id} ${word}`),
      'a',
    );
    server.after(2, (word) => book.put(`after ${word}`), 'b');
    await book.count(4);
    expect(book.all).toContain('after b');
    expect(book.all.filter((line) => line === 'tick true a').length).toBeGreaterThan(1);
    expect(server.clearTimer(id as number)).toBe(true);
    expect(server.clearTimer(id as number)).toBe(false);
    expect(Swoole.Timer.exists(id as number)).toBe(false);
  });

  test('defers to the end of the turn, in order, after all that the callback does at once', async () => {
    const server = new Swoole4.Server('127.0.0.1', 0);
    const book: string[] = [];
    expect(server.defer(() => book.push('first'))).toBe(true);
    server.defer(() => book.push('second'));
    book.push('now');
    await turn();
    expect(book).toEqual(['now', 'first', 'second']);
    expect(() => server.defer('no function' as never)).toThrow(TypeError);
  });

  test('reports what a deferred callback throws as that of a timer', async () => {
    const server = new Swoole4.Server('127.0.0.1', 0);
    const errors = new Queue<unknown>();
    setCallbackErrorHandler(errors.put);
    onTestFinished(() => setCallbackErrorHandler(null));
    server.defer(() => {
      throw new Error('thrown');
    });
    server.defer(() => Promise.reject(new Error('rejected')));
    expect(await errors.count(2)).toEqual([new Error('thrown'), new Error('rejected')]);
  });

  test('runs a program of Swoole 4', async () => {
    const server = new Swoole4.swoole_websocket_server('127.0.0.1', 0);
    server.set({ log_level: Swoole4.SWOOLE_LOG_NONE });
    server.on('open', (given, request) => {
      given.tick(1, (id: number) => {
        given.push(request.fd, 'tick');
        given.clearTimer(id);
      });
    });
    server.on('message', (given, frame: Swoole4.swoole_websocket_frame) => {
      given.defer(() => given.push(frame.fd, 'deferred'));
      given.push(frame.fd, 'at once');
    });
    await start(server);
    const client = await Client.open(server.port);
    expect(await client.next()).toBe('tick');
    client.send('x');
    expect([await client.next(), await client.next()]).toEqual(['at once', 'deferred']);
  });
});

describe('swoole-ts/shortnames', () => {
  test('has a short name for every class that this release has', () => {
    const wanted = Object.entries(api.aliases)
      .filter(([, name]) => name.startsWith('Swoole\\Coroutine') && find(Swoole, name) !== undefined)
      .map(([short]) => short.split('\\')[0]);
    expect(Object.keys(shortnames).filter((name) => name === 'co' || name === 'chan')).toEqual([
      ...new Set(wanted),
    ]);
  });

  test('has go() and defer() as soon as there are coroutines', () => {
    const functions = Object.keys(shortnames).filter((name) => name === 'go' || name === 'defer');
    const wanted = 'swoole_coroutine_create' in Swoole ? ['defer', 'go'] : [];
    expect(functions.sort()).toEqual(wanted);
  });
});
