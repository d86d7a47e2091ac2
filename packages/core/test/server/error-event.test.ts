import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Client, request } from './client.js';
import { portOf, run } from './program.js';
import { Queue } from './queue.js';
import { start, webSocketServer } from './running.js';

/** What makes a callback fail: at once, or later through its promise. */
const ways: ReadonlyArray<[string, (event: string) => unknown]> = [
  [
    'throws',
    (event) => {
      throw new Error(event);
    },
  ],
  [
    'is rejected later',
    async (event) => {
      await new Promise(setImmediate);
      throw new Error(event);
    },
  ],
];

describe.each(ways)('with an error event, what %s', (_name, fail) => {
  test('is contained, whichever callback it comes from, and told with its event and fd', async () => {
    const server = webSocketServer({ socket_buffer_size: 2_000_000, buffer_high_watermark: 100_000 });
    const errors = new Queue<string>();
    server.on('error', (given, error, { event, fd }) => {
      expect(given).toBe(server);
      expect((error as Error).message).toBe(event);
      errors.put(`${event} ${fd}`);
    });
    const told = async (...expected: string[]) => {
      while (!expected.every((one) => errors.all.includes(one))) await errors.next();
    };
    for (const event of ['workerStart', 'beforeShutdown', 'workerStop', 'shutdown'])
      server.on(event, () => fail(event));
    for (const event of [
      'connect',
      'open',
      'message',
      'request',
      'beforeHandshakeResponse',
      'bufferFull',
      'bufferEmpty',
      'close',
      'disconnect',
    ])
      server.on(event, () => fail(event));
    const own = server.listen('127.0.0.1', 0, Swoole.SWOOLE_SOCK_TCP);
    if (own === false) throw new Error('listen() failed');
    own.on('handshake', () => fail('handshake'));
    server.on('start', () => fail('start'));
    const { ended } = await start(server);
    await told('start null', 'workerStart null');

    expect((await request(server.port)).status).toBe(500);
    await told('connect 1', 'request 1', 'disconnect 1');

    await expect(Client.open(own.port)).rejects.toThrow('500');
    await told('connect 2', 'handshake 2', 'disconnect 2');

    const client = await Client.open(server.port);
    client.send('x');
    await told('connect 3', 'beforeHandshakeResponse 3', 'open 3', 'message 3');
    client.socket.pause();
    while (server.push(3, 'x'.repeat(50_000)));
    await told('bufferFull 3');
    client.socket.resume();
    await told('bufferEmpty 3');
    client.socket.close();
    await told('close 3');

    Swoole.Timer.after(1, () => fail('timer'));
    await told('timer null');
    const last = await Client.open(server.port);
    server.shutdown();
    expect((await last.closed).code).toBe(1001);
    expect(await ended).toBe(true);
    await told('beforeShutdown null', 'workerStop null', 'shutdown null', 'close 4');
    // connect, open and beforeHandshakeResponse of the last one; nothing was told twice.
    expect(new Set(errors.all).size).toBe(errors.all.length);
  });
});

describe('an async error event', () => {
  test('is awaited by nobody, and the server goes on', async () => {
    const server = webSocketServer();
    const errors = new Queue<unknown>();
    server.on('error', async (_server, error) => {
      await Promise.resolve();
      errors.put(error);
    });
    server.on('message', (_server, { fd, data }) => {
      if (data === 'fail') throw new Error('failed');
      server.push(fd, data);
    });
    await start(server);
    const client = await Client.open(server.port);
    client.send('fail');
    expect(await errors.next()).toEqual(new Error('failed'));
    client.send('and on');
    expect(await client.next()).toBe('and on');
  });
});

describe('Swoole.exit() in a callback', () => {
  test('throws an ExitException that says with what and where', async () => {
    const server = webSocketServer();
    const errors = new Queue<unknown>();
    server.on('error', (_server, error) => errors.put(error));
    server.on('message', (_server, { data }) => Swoole.exit(data === '3' ? 3 : String(data)));
    await start(server);
    const client = await Client.open(server.port);
    client.send('3');
    client.send('leaving');
    const thrown = (await errors.count(2)) as Swoole.ExitException[];
    for (const error of thrown) {
      expect(error).toBeInstanceOf(Swoole.ExitException);
      expect(error.getMessage()).toBe('swoole exit');
      expect(error.getFlags()).toBe(Swoole.SWOOLE_EXIT_IN_COROUTINE | Swoole.SWOOLE_EXIT_IN_SERVER);
    }
    expect(thrown.map((error) => error.getStatus())).toEqual([3, 'leaving']);
  });

  test('can be caught, and finally blocks run', async () => {
    const server = webSocketServer();
    server.on('message', (_server, { fd }) => {
      try {
        Swoole.exit();
      } catch (error) {
        server.push(fd, error instanceof Swoole.ExitException ? `exit ${error.getStatus()}` : 'no');
      } finally {
        server.push(fd, 'finally');
      }
    });
    await start(server);
    const client = await Client.open(server.port);
    client.send('x');
    expect([await client.next(), await client.next()]).toEqual(['exit null', 'finally']);
  });
});

describe('without an error event', () => {
  test.each([
    ['throw', 'thrown in a message', 'message callback of connection 1'],
    ['reject', 'rejected after a message', 'message callback of connection 1'],
    ['timer', 'thrown in a timer', 'timer callback'],
    ['exit', 'swoole exit', 'message callback of connection 1'],
  ])(
    'what a callback fails with (%s) ends the process with 255 and no further event',
    async (fail, text, where) => {
      const { lines, ended } = run('failing', { FAIL: fail });
      const client = await Client.open(await portOf(lines));
      client.send('x');
      const { code, stdout, stderr } = await ended;
      expect(code).toBe(255);
      expect(stderr).toContain('Fatal error: Uncaught ');
      expect(stderr).toContain(text);
      expect(stderr).toContain(where);
      expect(stdout.trim().split('\n')).toHaveLength(1);
      expect((await client.closed).code).toBe(1006);
    },
  );
});
