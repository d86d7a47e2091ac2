import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Raw } from '../hostile/raw.js';
import { Client, request } from './client.js';
import { Queue } from './queue.js';
import { start, webSocketServer } from './running.js';
import { temporary } from './temporary.js';

describe('max_connection', () => {
  test('refuses further clients, of whom the program never hears, until there is room again', async () => {
    const logFile = path.join(temporary(), 'server.log');
    const server = webSocketServer({
      max_connection: 40,
      log_level: Swoole.SWOOLE_LOG_WARNING,
      log_file: logFile,
    });
    const connects = new Queue<number>();
    const closes = new Queue<number>();
    server.on('connect', (_server, fd) => connects.put(fd));
    server.on('close', (_server, fd) => closes.put(fd));
    server.on('message', (_server, { fd, data }) => void server.push(fd, data));
    await start(server);
    const clients = await Promise.all(Array.from({ length: 40 }, () => Client.open(server.port)));
    for (let i = 0; i < 3; i++) {
      const refused = await Raw.connect(server.port);
      await refused.closed();
      expect(refused.received.length).toBe(0);
    }
    expect(connects.all).toHaveLength(40);
    expect(closes.all).toEqual([]);
    expect(server.connections.count()).toBe(40);
    expect(readFileSync(logFile, 'utf8').match(/WARNING\t.*max_connection \(40\)/g)).toHaveLength(3);

    const [leaving, staying] = clients as [Client, Client];
    leaving.socket.close();
    await closes.next();
    const next = await Client.open(server.port);
    for (const client of [next, staying]) {
      client.send('hello');
      expect(await client.next()).toBe('hello');
    }
    expect(connects.all).toHaveLength(41);
    expect(new Set(connects.all).size).toBe(41);
  });

  test('below what Swoole needs for itself is no limit', async () => {
    const server = webSocketServer({ max_connection: 2 });
    await start(server);
    await Promise.all([1, 2, 3, 4].map(() => Client.open(server.port)));
    expect(server.connections.count()).toBe(4);
  });
});

describe('stats()', () => {
  test('counts connections, requests, answers and bytes', async () => {
    const server = webSocketServer();
    const closes = new Queue<number>();
    server.on('message', (_server, { fd }) => void server.push(fd, 'seen'));
    server.on('request', (_request, response) => response.end('fine'));
    server.on('close', (_server, fd) => closes.put(fd));
    await start(server);
    const before = server.stats();
    expect(before).toMatchObject({
      connection_num: 0,
      accept_count: 0,
      close_count: 0,
      abort_count: 0,
      request_count: 0,
      response_count: 0,
      worker_num: 1,
      task_worker_num: 0,
    });
    expect(before && Math.abs(before.start_time - Date.now() / 1000)).toBeLessThan(10);
    const client = await Client.open(server.port);
    const other = await Client.open(server.port);
    for (const text of ['four', 'some', 'more']) {
      client.send(text);
      await client.next();
    }
    expect(server.stats()).toMatchObject({ connection_num: 2, accept_count: 2, close_count: 0 });
    other.socket.terminate();
    await closes.next();
    await request(server.port);
    await closes.next();
    // The two handshakes are requests, as they are for Swoole.
    expect(server.stats()).toMatchObject({
      connection_num: 1,
      accept_count: 3,
      close_count: 2,
      abort_count: 1,
      request_count: 6,
      max_fd: 3,
    });
  });

  test('has Swoole’s keys in Swoole’s order', async () => {
    const server = webSocketServer();
    await start(server);
    // From the recorded scenario server-stats.
    expect(Object.keys(server.stats() || {})).toEqual(
      (
        'start_time connection_num abort_count accept_count close_count worker_num task_worker_num user_worker_num ' +
        'idle_worker_num dispatch_count request_count response_count total_recv_bytes total_send_bytes pipe_packet_msg_id ' +
        'concurrency session_round min_fd max_fd worker_request_count worker_response_count worker_dispatch_count ' +
        'worker_concurrency task_idle_worker_num tasking_num task_count coroutine_num coroutine_peek_num'
      ).split(' '),
    );
  });
});

describe('log_level and log_file', () => {
  test('decide what is logged and where', async () => {
    const directory = temporary();
    const lines: string[][] = [];
    for (const level of [Swoole.SWOOLE_LOG_DEBUG, Swoole.SWOOLE_LOG_INFO]) {
      const logFile = path.join(directory, `${level}.log`);
      const server = webSocketServer({ log_level: level, log_file: logFile });
      const { ended } = await start(server);
      server.shutdown();
      await ended;
      lines.push(readFileSync(logFile, 'utf8').split('\n').filter(Boolean));
    }
    const [debug, info] = lines;
    expect(info).toEqual([]);
    expect(debug?.length).toBeGreaterThan(0);
    const swooleLine = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d #\d+\.0\]\tDEBUG\t.+$/;
    for (const line of debug ?? []) expect(line).toMatch(swooleLine);
    expect(debug?.join()).toContain('engine uws');
  });
});
