import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { UnixDatagramSocket } from '../../src/engine/udp/index.js';
import * as Swoole from '../../src/index.js';
import { Queue } from '../server/queue.js';
import { catchWarnings } from '../server/running.js';
import { temporary } from '../server/temporary.js';

const { SWOOLE_SOCK_UNIX_DGRAM } = Swoole;

/** Somebody who answers each datagram with `got …`, and of whom it is known who asked. */
function echo() {
  const file = path.join(temporary(), 'echo');
  const socket = new UnixDatagramSocket();
  const senders: string[] = [];
  expect(socket.bind(file)).toBe(0);
  onTestFinished(() => socket.close());
  const answer = () => {
    const got = socket.receive();
    if (typeof got === 'number') return;
    senders.push(got.path);
    if (got.path !== '') socket.send(`got ${got.data}`, got.path);
  };
  socket.watch(answer);
  return { file, socket, senders, answer };
}

describe('clients of Unix datagrams', () => {
  test('the synchronous one has a path of its own while it is connected', async () => {
    const { file, senders } = echo();
    const [one, two] = [new Swoole.Client(SWOOLE_SOCK_UNIX_DGRAM), new Swoole.Client(SWOOLE_SOCK_UNIX_DGRAM)];
    expect([await one.connect(file), await two.connect(file, 0, 0.5, 1)]).toEqual([true, true]);
    expect([await one.send('a'), await two.send('bc')]).toEqual([1, 2]);
    expect([String(await two.recv()), String(await one.recv())]).toEqual(['got bc', 'got a']);
    expect(new Set(senders).size).toBe(2);
    for (const sender of senders)
      expect(sender).toMatch(new RegExp(`^/tmp/swoole-client\\.${process.pid}\\.\\d+\\.sock$`));
    expect([one.close(), two.close()]).toEqual([true, true]);
    expect(senders.map((sender) => existsSync(sender))).toEqual([false, false]);
  });

  test('the synchronous one peeks, looks without waiting, and leaves what it has no time for', async () => {
    catchWarnings();
    const { file } = echo();
    const client = new Swoole.Client(SWOOLE_SOCK_UNIX_DGRAM);
    await client.connect(file, 0, 0.5);
    expect([await client.recv(10, Swoole.Client.MSG_DONTWAIT), client.errCode]).toEqual([false, 11]);
    await client.send('x');
    expect(String(await client.recv(10, Swoole.Client.MSG_PEEK))).toBe('got x');
    expect(String(await client.recv(10, Swoole.Client.MSG_DONTWAIT))).toBe('got x');
    client.close();
  });

  test('who sends waits for room, up to its time limit', async () => {
    catchWarnings();
    const { file, socket, answer } = echo();
    socket.watch(null);
    const client = new Swoole.Client(SWOOLE_SOCK_UNIX_DGRAM);
    await client.connect(file, 0, 0.05);
    let sent = 0;
    while (sent < 100_000 && (await client.send('x')) !== false) sent++;
    expect(sent).toBeGreaterThan(1);
    expect(client.errCode).toBe(11);
    const sending = client.send('y');
    socket.watch(answer);
    expect(await sending).toBe(1);
    client.close();
  });

  test('the asynchronous one calls back, and waits for nothing', async () => {
    catchWarnings();
    const { file, socket } = echo();
    const told = new Queue<string>();
    const client = new Swoole.Async.Client(SWOOLE_SOCK_UNIX_DGRAM);
    client.on('connect', () => told.put(`sent ${client.send('hello')}`));
    client.on('receive', (_client, data) => told.put(String(data)));
    client.on('close', () => told.put('closed'));
    expect(client.connect(file)).toBe(true);
    expect([await told.next(), await told.next()]).toEqual(['sent 5', 'got hello']);
    expect(client.sendto(file, 0, 'again')).toBe(true);
    expect(await told.next()).toBe('got again');
    expect(client.sendto(`${file}.none`, 0, 'x')).toBe(false);
    socket.watch(null);
    for (let i = 0; i < 100_000 && client.send('x') !== false; i++);
    expect(client.errCode).toBe(11);
    client.close();
    expect(await told.next()).toBe('closed');
  });

  test('the coroutine’s has a path only where it is given one, and each of two that share it is refused', async () => {
    const { file, senders } = echo();
    const plain = new Swoole.Coroutine.Client(SWOOLE_SOCK_UNIX_DGRAM);
    expect([await plain.connect(file), await plain.send('x')]).toEqual([true, 1]);
    const bound = new Swoole.Coroutine.Client(SWOOLE_SOCK_UNIX_DGRAM);
    bound.set({ bind_address: `${file}.bound`, timeout: 1 });
    expect(await bound.sendto(file, 0, 'y')).toBe(true);
    expect(String(await bound.recv())).toBe('got y');
    expect(senders).toEqual(['', `${file}.bound`]);
    const other = new Swoole.Coroutine.Client(SWOOLE_SOCK_UNIX_DGRAM);
    other.set({ bind_address: `${file}.bound` });
    expect([await other.connect(file), other.errCode]).toEqual([false, 98]);
    await bound.sendto(file, 0, 'z');
    await expect.poll(() => bound.peek()).toEqual(Buffer.from('got z'));
    bound.close();
    plain.close();
    expect(existsSync(`${file}.bound`)).toBe(false);
  });
});
