import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Async, Coroutine, Event, SWOOLE_SOCK_TCP, SWOOLE_SOCK_UDP, SWOOLE_SSL } from '../../src/index.js';
import { catchWarnings } from '../server/running.js';
import { echo } from './echo.js';

/** A client that notes what happens to it. */
function noting(type = SWOOLE_SOCK_TCP): { client: Async.Client; seen: string[] } {
  const seen: string[] = [];
  const client = new Async.Client(type);
  client.on('connect', () => seen.push('connect'));
  client.on('receive', (_client, data) => seen.push(`receive ${data}`));
  client.on('error', ({ errCode }) => seen.push(`error ${errCode}`));
  client.on('close', () => seen.push('close'));
  return { client, seen };
}

describe('Async.Client', () => {
  it('calls back when it has connected, for what comes, and when the other side ends; Event.wait() waits for that', async () => {
    const { port, peers } = await echo();
    const { client, seen } = noting();
    client.on('connect', (client) => {
      seen.push(`connect ${client.isConnected()}`);
      expect(client.send('hello')).toBe(5);
    });
    client.on('receive', (_client, data) => {
      seen.push(`receive ${data}`);
      peers[0]?.end();
    });
    expect([client.connect('127.0.0.1', port), client.isConnected()]).toEqual([true, false]);
    await Event.wait();
    expect(seen).toEqual(['connect true', 'receive hello', 'close']);
  });

  it('calls close from close(), and says so when there is nothing to close', async () => {
    const { port } = await echo();
    const { client, seen } = noting();
    client.on('connect', (client) => {
      expect(client.close()).toBe(true);
      seen.push('after close');
    });
    client.connect('127.0.0.1', port);
    await Event.wait();
    expect(seen).toEqual(['close', 'after close']);
    const warnings = catchWarnings();
    expect(client.close()).toBe(false);
    expect(warnings).toEqual(['Swoole\\Async\\Client::close(): client is not connected to the server']);
  });

  it('calls error with the number when it cannot connect, and can try again', async () => {
    const { port } = await echo();
    const { client, seen } = noting();
    client.connect('127.0.0.1', 1);
    await Event.wait();
    expect(seen).toEqual(['error 111']);
    client.on('connect', (client) => client.close());
    client.connect('127.0.0.1', port);
    await Event.wait();
    expect(seen).toEqual(['error 111', 'close']);
  });

  it('gives packets where the settings say what one is', async () => {
    const { port } = await echo();
    const { client, seen } = noting();
    client.set({ open_eof_split: true, package_eof: '\n' });
    client.on('connect', (client) => client.send('one\ntwo\nthree\n'));
    client.on('receive', (client, data) => {
      seen.push(String(data));
      if (seen.length === 3) client.close();
    });
    client.connect('127.0.0.1', port);
    await Event.wait();
    expect(seen).toEqual(['one\n', 'two\n', 'three\n', 'close']);
  });

  it('receives nothing while it sleeps, and what came then once it wakes up', async () => {
    const { port, peers } = await echo();
    const { client, seen } = noting();
    const connected = new Promise((resolve) => client.on('connect', resolve));
    client.connect('127.0.0.1', port);
    await connected;
    expect([client.sleep(), client.sleep(), client.isConnected()]).toEqual([true, false, true]);
    client.send('good night');
    const [peer] = peers;
    while ((peer?.bytesWritten ?? 0) < 10) await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(seen).toEqual([]);
    client.on('receive', (client, data) => {
      seen.push(String(data));
      client.close();
    });
    expect([client.resume(), client.resume()]).toEqual([true, false]);
    await Event.wait();
    expect(seen).toEqual(['good night', 'close']);
  });

  it('goes on, once, when it sleeps and wakes up within its callback', async () => {
    const { port } = await echo();
    const { client, seen } = noting();
    client.on('connect', (client) => client.send('first'));
    client.on('receive', (client, data) => {
      seen.push(String(data));
      if (seen.length > 1) client.close();
      else seen.push(String([client.sleep(), client.wakeup(), client.send('second')]));
    });
    client.connect('127.0.0.1', port);
    await Event.wait();
    expect(seen).toEqual(['first', 'true,true,6', 'second', 'close']);
  });

  it('closes nothing from within its close callback, and can connect again there', async () => {
    const { port } = await echo();
    const { client, seen } = noting();
    client.on('connect', (client) => client.close());
    client.on('close', (client) => {
      seen.push(`close ${client.isConnected()} ${client.close()}`);
      if (seen.length === 1) seen.push(String(client.connect('127.0.0.1', port)));
    });
    client.connect('127.0.0.1', port);
    await Event.wait();
    expect(seen).toEqual(['close false false', 'true', 'close false false']);
  });

  it('tells when more waits than the high watermark, refuses more than the buffer, and tells when all has left', async () => {
    const { port, peers } = await echo();
    const { client, seen } = noting();
    client.set({ socket_buffer_size: 4_000_000, buffer_high_watermark: 2_000_000 });
    client.on('bufferFull', () => seen.push('full'));
    client.on('bufferEmpty', (client) => {
      seen.push('empty');
      client.close();
    });
    client.on('receive', () => {});
    client.on('connect', (client) => {
      const block = Buffer.alloc(1_000_000);
      for (let i = 0; i < 64 && client.send(block) !== false; i++);
      seen.push(`error ${client.errCode}`);
    });
    client.connect('127.0.0.1', port);
    await Event.wait();
    expect(seen).toEqual(['full', 'error 1009', 'empty', 'close']);
    expect(peers.length).toBe(1);
  });

  it('speaks TLS from the start, or from enableSSL() on', async () => {
    const { port } = await echo(true);
    const { client, seen } = noting(SWOOLE_SOCK_TCP | SWOOLE_SSL);
    client.set({ ssl_verify_peer: false });
    client.on('connect', (client) => client.send('secret'));
    client.on('receive', (client, data) => {
      seen.push(String(data));
      client.close();
    });
    client.connect('127.0.0.1', port);
    await Event.wait();
    const { client: late, seen: heard } = noting();
    late.set({ ssl_verify_peer: false });
    late.on('connect', (client) => client.enableSSL((client) => client.send('later')));
    late.on('receive', (client, data) => {
      heard.push(String(data));
      client.close();
    });
    late.connect('127.0.0.1', port);
    await Event.wait();
    expect([seen, heard]).toEqual([
      ['secret', 'close'],
      ['later', 'close'],
    ]);
    expect(() => late.enableSSL()).toThrow('require `onSslReady` callback');
  });

  it('sends and receives datagrams', async () => {
    const server = createSocket('udp4').on('message', (data, from) => server.send(`got ${data}`, from.port));
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    const { client, seen } = noting(SWOOLE_SOCK_UDP);
    client.on('connect', (client) => client.send('one'));
    client.on('receive', (client, data) => {
      seen.push(String(data));
      client.close();
    });
    client.connect('127.0.0.1', server.address().port);
    await Event.wait();
    expect(seen).toEqual(['got one', 'close']);
    server.close();
  });

  it('refuses events and addresses that are none, and to connect without its callbacks', () => {
    const warnings = catchWarnings();
    const client = new Async.Client(SWOOLE_SOCK_TCP);
    expect(client.on('packet' as 'receive', () => {})).toBe(false);
    expect([client.connect(''), client.connect('127.0.0.1', 0)]).toEqual([false, false]);
    expect(warnings).toEqual([
      "Swoole\\Async\\Client::on(): Unknown event callback type name 'packet'",
      'Swoole\\Async\\Client::connect(): The host is empty',
      'Swoole\\Async\\Client::connect(): The port is invalid',
    ]);
    expect(() => client.connect('127.0.0.1', 1)).toThrow("no 'onConnect' callback function");
    client.on('receive', () => {});
    client.on('connect', () => {});
    expect(() => client.connect('127.0.0.1', 1)).toThrow("no 'onClose' callback function");
    const { client: another } = noting();
    another.set({ open_eof_check: true, package_eof: '' });
    expect(() => another.connect('127.0.0.1', 1)).toThrow('package_eof cannot be an empty string');
  });

  it('is no part of the coroutine that makes it', async () => {
    const { port } = await echo();
    const warnings = catchWarnings();
    const { client, seen } = noting();
    Coroutine.create(() => {
      client.connect('127.0.0.1', port);
    });
    client.on('connect', (client) => {
      Coroutine.create(() => void client.sleep());
      Coroutine.create(() => void client.wakeup());
      client.send('x');
    });
    client.on('receive', (client) => client.close());
    await Event.wait();
    expect([seen, warnings]).toEqual([['close'], []]);
  });

  it('ends a program that has nothing else to do once it is closed', async () => {
    const { port } = await echo();
    const { client, seen } = noting();
    client.on('connect', (client) => client.sleep());
    client.connect('127.0.0.1', port);
    await Event.wait();
    expect([client.isConnected(), seen]).toEqual([true, []]);
    client.close();
    expect(seen).toEqual(['close']);
  });
});
