import { existsSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Gate } from './gate.js';
import { Queue } from './queue.js';
import { RawClient } from './raw-client.js';
import { catchWarnings, type Settings, start } from './running.js';
import { temporary } from './temporary.js';

function streamServer(settings: Settings = {}): Swoole.Server {
  const server = new Swoole.Server('127.0.0.1', 0);
  server.set({ log_level: Swoole.SWOOLE_LOG_NONE, ...settings });
  server.on('receive', () => {});
  return server;
}

describe('a server for raw TCP', () => {
  test('gives receive what a client sends as bytes, and sends bytes of every value back', async () => {
    const server = streamServer();
    const got = new Queue<Buffer>();
    server.on('receive', (server, fd, _reactorId, data) => {
      got.put(data);
      server.send(fd, data);
    });
    await start(server);
    const client = await RawClient.connect(server.port);
    const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    client.write(all);
    expect(await client.read(256)).toEqual(all);
    expect(await got.next()).toEqual(all);
  });

  test('sends text as UTF-8, and what callbacks of one turn send in order', async () => {
    const server = streamServer();
    server.on('receive', (server, fd) => {
      server.send(fd, 'grüße ');
      server.send(fd, Buffer.from('und '));
      server.send(fd, 'küsse');
    });
    await start(server);
    const client = await RawClient.connect(server.port);
    client.write('?');
    expect(await client.hear('grüße und küsse')).toBe('grüße und küsse');
  });

  test('copies the bytes of a send: the program may use its buffer again at once', async () => {
    const server = streamServer();
    server.on('receive', (server, fd) => {
      const buffer = Buffer.from('first');
      server.send(fd, buffer);
      buffer.write('SECOND');
      server.send(fd, buffer);
    });
    await start(server);
    const client = await RawClient.connect(server.port);
    client.write('?');
    expect(await client.hear('firstSECON')).toBe('firstSECON');
  });

  test('raises close once, with who closed: a client that leaves, a client that breaks off, the server', async () => {
    const server = streamServer();
    const closes = new Queue<unknown[]>();
    server.on('close', (_server, fd, reactorId, how) =>
      closes.put([fd, reactorId, how.initiator, how.code, how.wasClean]),
    );
    server.on('receive', (server, fd) => server.close(fd));
    await start(server);
    (await RawClient.connect(server.port)).socket.end();
    expect(await closes.next()).toEqual([1, 0, 'client', 0, true]);
    const second = await RawClient.connect(server.port);
    second.socket.resetAndDestroy();
    expect(await closes.next()).toEqual([2, 0, 'client', 1006, false]);
    const third = await RawClient.connect(server.port);
    third.write('close me');
    expect(await closes.next()).toEqual([3, -1, 'server', 0, true]);
    expect(await third.closed).toEqual({ reset: false });
  });

  test('raises close while a receive callback still waits, as that one may wait for it', async () => {
    const server = streamServer();
    const order = new Queue<string>();
    const closed = new Gate();
    server.on('receive', async (server, fd) => {
      order.put('receive');
      await closed.opened;
      order.put(`receive goes on, exist ${server.exist(fd)}`);
    });
    server.on('close', () => {
      order.put('close');
      closed.open();
    });
    await start(server);
    (await RawClient.connect(server.port)).write('?').socket.end();
    expect(await order.count(3)).toEqual(['receive', 'close', 'receive goes on, exist false']);
  });

  test('sends what was queued before a close, and breaks off with reset', async () => {
    const server = streamServer();
    const size = 4 << 20;
    server.on('receive', (server, fd, _reactorId, data) => {
      if (String(data) === 'reset') server.close(fd, true);
      else {
        server.send(fd, Buffer.alloc(size, 'x'));
        server.close(fd);
      }
    });
    await start(server);
    const patient = await RawClient.connect(server.port);
    patient.write('all of it');
    expect((await patient.rest()).length).toBe(size);
    const cut = await RawClient.connect(server.port);
    cut.write('reset');
    expect(await cut.closed).toEqual({ reset: true });
  });

  test('answers a client that has said its last word before it closes', async () => {
    const server = streamServer();
    server.on('receive', (server, fd, _reactorId, data) => server.send(fd, `got ${data}`));
    server.on('close', (server, fd) => server.send(fd, ', goodbye'));
    await start(server);
    const client = await RawClient.connect(server.port);
    client.socket.end('the end');
    expect(String(await client.rest())).toBe('got the end, goodbye');
  });

  test('refuses to start without a receive callback', async () => {
    const server = new Swoole.Server('127.0.0.1', 0);
    await expect(server.start()).rejects.toThrow(
      'Swoole\\Server::start(): require onReceive callback: register one with on',
    );
  });

  test('keeps a slow client to its buffer: send() is false with 1009 and bufferFull and bufferEmpty are raised', async () => {
    const server = streamServer({ socket_buffer_size: 1 << 20, buffer_low_watermark: 1024 });
    const events = new Queue<string>();
    const piece = Buffer.alloc(65536, 'x');
    let taken = 0;
    server.on('bufferFull', (_server, fd) => events.put(`full ${fd}`));
    server.on('bufferEmpty', (_server, fd) => events.put(`empty ${fd}`));
    server.on('receive', (server, fd) => {
      while (server.send(fd, piece)) taken += piece.length;
      events.put(`false ${Swoole.swoole_last_error()}`);
    });
    await start(server);
    const client = await RawClient.connect(server.port);
    client.socket.pause();
    client.write('go');
    expect(await events.next()).toBe('full 1');
    expect(await events.next()).toBe('false 1009');
    client.socket.resume();
    expect(await events.next()).toBe('empty 1');
    expect((await client.read(taken)).equals(Buffer.alloc(taken, 'x'))).toBe(true);
  });

  test('takes one send of any size when nothing waits', async () => {
    const server = streamServer({ socket_buffer_size: 65536 });
    const results: boolean[] = [];
    server.on('receive', (server, fd) => {
      results.push(server.send(fd, Buffer.alloc(1 << 20)), server.send(fd, 'more'));
    });
    await start(server);
    const client = await RawClient.connect(server.port);
    client.write('go');
    expect((await client.read(1 << 20)).length).toBe(1 << 20);
    expect(results).toEqual([true, false]);
  });

  test('lets sendwait() wait for room, in order, until the client reads or is gone', async () => {
    const server = streamServer({ socket_buffer_size: 1 << 20 });
    const piece = (i: number) => Buffer.alloc(65536, 65 + (i % 26));
    const results: Promise<boolean>[] = [];
    const started = new Queue<string>();
    server.on('receive', (server, fd, _reactorId, data) => {
      // The second time more than any system keeps.
      for (let i = 0; i < (String(data) === 'go' ? 200 : 1000); i++)
        results.push(server.sendwait(fd, piece(i)));
      started.put('started');
    });
    await start(server);
    const client = await RawClient.connect(server.port);
    client.socket.pause();
    client.write('go');
    await started.next();
    client.socket.resume();
    expect(new Set(await Promise.all(results.splice(0)))).toEqual(new Set([true]));
    const all = await client.read(200 * 65536);
    for (let i = 0; i < 200; i++)
      expect(all.subarray(i * 65536, (i + 1) * 65536).equals(piece(i))).toBe(true);

    client.socket.pause();
    client.write('again');
    await started.next();
    client.socket.destroy();
    expect((await Promise.all(results)).at(-1)).toBe(false);
  });

  test('tells failures as Swoole does: no bytes, no such fd, no fd at all', async () => {
    const server = streamServer();
    const warnings = catchWarnings();
    await start(server);
    const failure = (result: boolean) => [result, Swoole.swoole_last_error()];
    expect(failure(server.send(1, ''))).toEqual([false, 550]);
    expect(failure(server.send(0, 'x'))).toEqual([false, 503]);
    expect(failure(server.send(999, 'x'))).toEqual([false, 1005]);
    expect(failure(server.close(999))).toEqual([false, 1005]);
    expect(failure(server.pause(999))).toEqual([false, 1005]);
    expect(warnings).toEqual([
      'Swoole\\Server::send(): the data sent must not be empty',
      'Swoole\\Server::send(): invalid fd[0]',
    ]);
  });

  test('keeps what arrives while a connection is paused, and gives it in one piece', async () => {
    const server = streamServer();
    const got = new Queue<string>();
    server.on('receive', (server, fd, _reactorId, data) => {
      got.put(String(data));
      if (String(data) === 'stop') server.pause(fd);
    });
    await start(server);
    const client = await RawClient.connect(server.port);
    client.write('stop');
    expect(await got.next()).toBe('stop');
    client.write('one ');
    const other = await RawClient.connect(server.port);
    other.write('between');
    expect(await got.next()).toBe('between');
    client.write('two');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.resume(1)).toBe(true);
    expect(await got.next()).toBe('one two');
  });
});

describe('sendfile()', () => {
  test('keeps its place between sends, whatever becomes of the file', async () => {
    const file = path.join(temporary(), 'file');
    const content = Buffer.alloc(3_000_000, 'f');
    writeFileSync(file, content);
    const server = streamServer();
    server.on('receive', (server, fd) => {
      server.send(fd, 'before ');
      server.sendfile(fd, file);
      server.send(fd, ' between ');
      server.sendfile(fd, file, 10, 5);
      server.send(fd, ' after');
      rmSync(file);
      server.close(fd);
    });
    await start(server);
    const client = await RawClient.connect(server.port);
    client.write('go');
    const all = await client.rest();
    expect(
      all.equals(Buffer.concat([Buffer.from('before '), content, Buffer.from(' between fffff after')])),
    ).toBe(true);
  });

  test('does not hold in memory what a slow client does not take', async () => {
    const file = path.join(temporary(), 'large');
    writeFileSync(file, '');
    truncateSync(file, 256 << 20);
    const server = streamServer();
    const started = new Queue<boolean>();
    server.on('receive', (server, fd) => started.put(server.sendfile(fd, file)));
    await start(server);
    const client = await RawClient.connect(server.port);
    client.socket.pause();
    client.write('go');
    expect(await started.next()).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const info = server.getClientInfo(1);
    expect(info && info.send_queued_bytes < 1 << 20).toBe(true);
    client.socket.destroy();
  });
});

describe('timeouts', () => {
  test('max_idle_time ends a connection on which nothing goes either way, and no other', async () => {
    const server = streamServer({ max_idle_time: 0.2 });
    const closes = new Queue<string>();
    server.on('receive', (server, fd) => server.send(fd, 'pong'));
    server.on('close', (_server, fd, _reactorId, how) => closes.put(`${fd} ${how.initiator}`));
    await start(server);
    await RawClient.connect(server.port);
    const talker = await RawClient.connect(server.port);
    const talk = setInterval(() => talker.write('ping'), 50);
    expect(await closes.next()).toBe('1 heartbeat');
    expect(server.exist(2)).toBe(true);
    clearInterval(talk);
    expect(await closes.next()).toBe('2 heartbeat');
  });
});

describe('a Unix stream port', () => {
  test('serves raw connections beside TCP, tells of them, and takes its file with it', async () => {
    const file = path.join(temporary(), 'raw.sock');
    const server = streamServer();
    const unix = server.listen(file, 0, Swoole.SWOOLE_SOCK_UNIX_STREAM) as Swoole.Server.Port;
    const told = new Queue<unknown>();
    unix.on('receive', (server, fd, _reactorId, data) => {
      const info = server.getClientInfo(fd);
      told.put(info && [info.socket_type, info.remote_ip, info.remote_port, unix.connections.count()]);
      for (const other of server.connections) server.send(other, `${data} to ${other}`);
    });
    server.on('shutdown', () => told.put(existsSync(file)));
    await start(server);
    const tcp = await RawClient.connect(server.port);
    const local = await RawClient.connect(file);
    local.write('hello');
    expect(await told.next()).toEqual([Swoole.SWOOLE_SOCK_UNIX_STREAM, '', 0, 1]);
    expect([await tcp.hear('hello to 1'), await local.hear('hello to 2')]).toEqual([
      'hello to 1',
      'hello to 2',
    ]);
    server.shutdown();
    expect(await told.next()).toBe(false);
  });
});
