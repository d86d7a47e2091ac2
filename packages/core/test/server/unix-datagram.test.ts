import { existsSync, renameSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { UnixDatagramSocket } from '../../src/engine/udp/index.js';
import * as Swoole from '../../src/index.js';
import { Queue } from './queue.js';
import { catchWarnings, start } from './running.js';
import { temporary } from './temporary.js';

function unixServer(file: string): Swoole.Server {
  const server = new Swoole.Server(file, 0, Swoole.SWOOLE_BASE, Swoole.SWOOLE_SOCK_UNIX_DGRAM);
  server.set({ log_level: Swoole.SWOOLE_LOG_NONE });
  server.on('packet', (server, data, client) => server.sendto(client.address, client.port, data));
  return server;
}

/** A peer that is bound to a path; `heard` are the datagrams it gets. */
function peer(file: string) {
  const socket = new UnixDatagramSocket();
  const heard = new Queue<string>();
  expect(socket.bind(file)).toBe(0);
  onTestFinished(() => socket.close());
  socket.watch(() => {
    const got = socket.receive();
    if (typeof got !== 'number') heard.put(`${got.data} from ${got.path}`);
  });
  return { socket, heard };
}

const startFails = async (server: Swoole.Server) => {
  const error = await server.start().catch((reason: unknown) => reason);
  return error instanceof Swoole.Exception ? [error.message, error.getCode()] : error;
};

describe('a server of Unix datagrams', () => {
  test('answers the path of each sender, and removes its own with its end', async () => {
    const directory = temporary();
    const file = path.join(directory, 'server.sock');
    const server = unixServer(file);
    const { ended } = await start(server);
    const [one, two] = [peer(path.join(directory, 'one')), peer(path.join(directory, 'two'))];
    one.socket.send('first', file);
    two.socket.send('second', file);
    expect([await one.heard.next(), await two.heard.next()]).toEqual([
      `first from ${file}`,
      `second from ${file}`,
    ]);
    expect(server.getSocket()).toBe(false);
    expect(existsSync(file)).toBe(true);
    server.shutdown();
    await ended;
    expect(existsSync(file)).toBe(false);
  });

  test('tells the path of the sender and no port, also in the object of an event', async () => {
    const directory = temporary();
    const file = path.join(directory, 'server.sock');
    const told = new Queue<unknown>();
    const server = new Swoole.Server('127.0.0.1', 0);
    server.set({ log_level: Swoole.SWOOLE_LOG_NONE });
    server.on('receive', () => {});
    const port = server.listen(file, 3, Swoole.SWOOLE_SOCK_UNIX_DGRAM) as Swoole.Server.Port;
    port.on('packet', (_server, _data, client) => told.put(client));
    await start(server);
    const { socket } = peer(path.join(directory, 'peer'));
    socket.send('x', file);
    const client = (await told.next()) as Swoole.PacketInfo;
    expect(client).toEqual({
      server_socket: 1,
      dispatch_time: expect.any(Number),
      server_port: 0,
      address: path.join(directory, 'peer'),
    });
    const other = path.join(directory, 'objects.sock');
    const objects = unixServer(other);
    objects.set({ event_object: true });
    objects.on('packet', (_server: unknown, event: unknown) => told.put(event));
    await start(objects);
    socket.send('x', other);
    expect(await told.next()).toMatchObject({
      server_port: 0,
      port: 0,
      address: path.join(directory, 'peer'),
    });
  });

  test('loses nothing of what is sent faster than it is handed out, in its order', async () => {
    const directory = temporary();
    const file = path.join(directory, 'server.sock');
    const heard = new Queue<string>();
    const server = unixServer(file);
    server.on('packet', (_server, data) => heard.put(String(data)));
    await start(server);
    const { socket } = peer(path.join(directory, 'peer'));
    for (let i = 0; i < 5_000; ) {
      if (socket.send(`${i}`, file) === 0) i++;
      else await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await heard.count(5_000)).toEqual(Array.from({ length: 5_000 }, (_, i) => `${i}`));
  });

  test('says why a datagram cannot be sent, and that there is no room', async () => {
    const warnings = catchWarnings();
    const directory = temporary();
    const server = unixServer(path.join(directory, 'server.sock'));
    await start(server);
    const socket = new UnixDatagramSocket();
    onTestFinished(() => socket.close());
    const to = path.join(directory, 'peer');
    socket.bind(to);
    const sent = (...call: Parameters<typeof server.sendto>) => [
      server.sendto(...call),
      Swoole.swoole_last_error(),
    ];
    expect(sent(path.join(directory, 'none'), 0, 'x')).toEqual([false, 2]);
    expect(sent(`/${'x'.repeat(150)}`, 0, 'x')).toEqual([false, 504]);
    expect(sent(to, 70_000, 'x')).toEqual([false, 723]);
    expect(sent(to, 0, 'x', 7)).toEqual([false, 723]);
    expect(sent('', 0, 'x')).toEqual([false, 503]);
    expect(warnings).toEqual([
      'Swoole\\Server::sendto(): UDP listener has to be added before executing sendto',
    ]);
    for (let i = 0; i < 100_000 && server.sendto(to, 0, 'x'); i++);
    expect(Swoole.swoole_last_error()).toBe(1009);
  });

  test('sends to a path with send(), too', async () => {
    const directory = temporary();
    const server = unixServer(path.join(directory, 'server.sock'));
    await start(server);
    const { heard } = peer(path.join(directory, 'peer'));
    expect(server.send(path.join(directory, 'peer'), 'hello')).toBe(true);
    expect(await heard.next()).toBe(`hello from ${path.join(directory, 'server.sock')}`);
    expect(server.send(path.join(directory, 'none'), 'hello')).toBe(false);
  });

  test('takes the place of a file that a crash has left over, and of no other', async () => {
    const directory = temporary();
    const file = path.join(directory, 'server.sock');
    const inUse = (where: string) => [
      `failed to listen server port[${where}:0], Error: Address already in use[98]`,
      98,
    ];
    const living = peer(file);
    expect(await startFails(unixServer(file))).toEqual(inUse(file));
    const stream = path.join(directory, 'stream.sock');
    const listener = net.createServer();
    await new Promise<void>((resolve) => listener.listen(stream, resolve));
    onTestFinished(() => void listener.close());
    expect(await startFails(unixServer(stream))).toEqual(inUse(stream));
    const plain = path.join(directory, 'plain');
    writeFileSync(plain, '');
    expect(await startFails(unixServer(plain))).toEqual(inUse(plain));
    const streamed = new Swoole.Server(file, 0, Swoole.SWOOLE_BASE, Swoole.SWOOLE_SOCK_UNIX_STREAM);
    streamed.on('receive', () => {});
    expect(await startFails(streamed)).toEqual(inUse(file));
    // What a program leaves that ends without a word: its socket is closed, the file stays.
    const left = path.join(directory, 'left.sock');
    living.socket.watch(null);
    renameSync(file, left);
    living.socket.close();
    expect(existsSync(left)).toBe(true);
    const server = unixServer(left);
    await start(server);
    const { socket, heard } = peer(path.join(directory, 'peer'));
    socket.send('hello', left);
    expect(await heard.next()).toBe(`hello from ${left}`);
  });

  test('refuses a path that is too long', () => {
    const long = `/${'x'.repeat(150)}`;
    expect(() => unixServer(long)).toThrow(
      `failed to listen server port[${long}:0], Error: Name too long[504]`,
    );
  });
});
