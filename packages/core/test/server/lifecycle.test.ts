import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Client } from './client.js';
import { catchWarnings, start, type WebSocketServer, webSocketServer } from './running.js';

function state(server: WebSocketServer): string {
  const { worker_id, taskworker } = server;
  const who = (pid: number) => (pid === process.pid ? 'me' : pid === 0 ? 'none' : 'other');
  return `${worker_id} ${server.getWorkerId()} ${taskworker} master ${who(server.master_pid)} manager ${who(server.manager_pid)} worker ${who(server.worker_pid)}`;
}

describe('a server with one worker', () => {
  test('raises its events in order, and its properties say by then what Swoole says', async () => {
    const server = webSocketServer();
    const book: string[] = [];
    const note = (what: string) => book.push(`${what}: ${state(server)}`);
    server.on('start', (...args) => note(`start with ${args.length}`));
    server.on('workerStart', (_server, workerId) => note(`workerStart ${workerId}`));
    server.on('connect', (_server, fd, reactorId) => note(`connect ${fd} ${reactorId}`));
    server.on('open', (_server, request) => note(`open ${request.fd}`));
    server.on('message', (_server, frame) => {
      note(`message ${frame.fd} ${frame.data}`);
      note(`shutdown() ${server.shutdown()} again ${server.shutdown()}`);
      note(`push ${server.push(frame.fd, 'goodbye')}`);
    });
    server.on('close', (_server, fd, reactorId) => note(`close ${fd} ${reactorId}`));
    server.on('beforeShutdown', (...args) => note(`beforeShutdown with ${args.length}`));
    server.on('workerStop', (_server, workerId) => note(`workerStop ${workerId}`));
    server.on('shutdown', (...args) => note(`shutdown with ${args.length}`));

    expect(state(server)).toBe('-1 false false master none manager none worker none');
    const { ended } = await start(server);
    const first = await Client.open(server.port);
    const second = await Client.open(server.port);
    first.send('end');
    expect(await first.next()).toBe('goodbye');
    expect(await first.closed).toEqual({ code: 1001, reason: '' });
    expect(await second.closed).toEqual({ code: 1001, reason: '' });
    note(`start resolved to ${await ended}`);

    const running = '0 0 false master me manager none worker me';
    expect(book).toEqual([
      'start with 1: -1 0 false master me manager none worker none',
      `workerStart 0: ${running}`,
      `connect 1 0: ${running}`,
      `open 1: ${running}`,
      `connect 2 0: ${running}`,
      `open 2: ${running}`,
      `message 1 end: ${running}`,
      `shutdown() true again false: ${running}`,
      `push true: ${running}`,
      `beforeShutdown with 1: ${running}`,
      `close 1 -1: ${running}`,
      `close 2 -1: ${running}`,
      `workerStop 0: ${running}`,
      `shutdown with 1: ${running}`,
      `start resolved to true: ${running}`,
    ]);
  });

  test('tells its own process ids, and none of workers that do not exist', async () => {
    const server = webSocketServer();
    expect([server.getWorkerPid(), server.getWorkerStatus(), server.getMasterPid()]).toEqual([
      false,
      false,
      0,
    ]);
    await start(server);
    expect([server.getWorkerPid(), server.getWorkerPid(0), server.getWorkerPid(1)]).toEqual([
      process.pid,
      process.pid,
      false,
    ]);
    expect([server.getWorkerStatus(0), server.getWorkerStatus(1)]).toEqual([1, false]);
    expect([server.getMasterPid(), server.getManagerPid()]).toEqual([process.pid, 0]);
  });

  test('listens before the start event, and no longer when start() has resolved', async () => {
    const server = webSocketServer();
    const { ended } = await start(server);
    const { port } = server;
    expect(port).toBeGreaterThan(0);
    await Client.open(port);
    server.shutdown();
    await ended;
    await expect(Client.open(port)).rejects.toThrow('ECONNREFUSED');
  });

  test('has nothing to reload', async () => {
    const server = webSocketServer();
    await start(server);
    const client = await Client.open(server.port);
    expect(server.reload()).toBe(false);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });

  test('ends with its only worker', async () => {
    const server = webSocketServer();
    const { ended } = await start(server);
    expect(server.stop()).toBe(true);
    expect(await ended).toBe(true);
  });

  test('ends the timers that the program has forgotten', async () => {
    const server = webSocketServer();
    server.on('workerStart', () => void Swoole.Timer.tick(60_000, () => {}));
    const { ended } = await start(server);
    expect(Swoole.Timer.stats().num).toBe(1);
    server.shutdown();
    await ended;
    expect(Swoole.Timer.stats().num).toBe(0);
  });
});

describe('start()', () => {
  test('is refused with false while the server runs', async () => {
    const warnings = catchWarnings();
    const server = webSocketServer();
    await start(server);
    expect(await server.start()).toBe(false);
    expect(warnings).toEqual([
      'Swoole\\Server::start(): server is running. unable to execute Swoole\\Server::start',
    ]);
  });

  test('rejects when the callback is missing without which the server could do nothing', async () => {
    const socket = new Swoole.WebSocket.Server('127.0.0.1', 0);
    const http = new Swoole.Http.Server('127.0.0.1', 0);
    await expect(socket.start()).rejects.toThrow('require onMessage callback');
    await expect(http.start()).rejects.toThrow('require onRequest callback');
    http.on('request', (_request, response) => response.end());
    const { ended } = await start(http);
    http.shutdown();
    expect(await ended).toBe(true);
  });

  test('rejects for settings that make no sense before anything listens', async () => {
    const server = webSocketServer();
    expect(() => server.set({ worker_num: 'many' as '1' })).toThrow('worker_num');
    await start(server);
  });
});

describe('before the start', () => {
  test('what needs a running server gives false, with a warning that says so', () => {
    const warnings = catchWarnings();
    const server = webSocketServer();
    const results = [
      server.push(1, 'x'),
      server.send(1, 'x'),
      server.close(1),
      server.exist(1),
      server.getClientInfo(1),
      server.getClientList(),
      server.heartbeat(),
      server.stats(),
      server.stop(),
      server.reload(),
      server.protect(1),
      server.bind(1, 1),
      server.disconnect(1),
      server.ping(1),
      server.reloadCertificates(),
    ];
    expect(results).toEqual(results.map(() => false));
    expect(warnings).toHaveLength(results.length);
    expect(warnings.filter((warning) => !warning.endsWith('server is not running'))).toEqual([]);
    expect(server.shutdown()).toBe(false);
    expect([...server.connections]).toEqual([]);
  });
});
