import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { AF_UNIX, SOCK_DGRAM } from '../../src/socket/numbers.js';
import { SO_RCVBUF, SO_SNDBUF, SOL_SOCKET } from '../../src/socket/options.js';
import { Socket } from '../../src/socket/socket.js';
import { temporary } from '../server/temporary.js';

async function bound(file: string): Promise<Socket> {
  const socket = new Socket(AF_UNIX, SOCK_DGRAM);
  onTestFinished(() => {
    if (!socket.isClosed()) socket.close();
  });
  expect(await socket.bind(file)).toBe(true);
  return socket;
}

describe('a Unix datagram socket of coroutines', () => {
  test('wakes who waits for a datagram, and tells where it came from', async () => {
    const directory = temporary();
    const [one, two] = [await bound(path.join(directory, 'one')), await bound(path.join(directory, 'two'))];
    const from: { address?: string; port?: number } = {};
    const waiting = one.recvfrom(from, 5);
    expect(await two.sendto(path.join(directory, 'one'), 0, 'hello')).toBe(5);
    expect(String(await waiting)).toBe('hello');
    expect(from).toEqual({ address: path.join(directory, 'two'), port: 0 });
  });

  test('lets the rest of a longer datagram go', async () => {
    const file = path.join(temporary(), 'one');
    const one = await bound(file);
    const two = new Socket(AF_UNIX, SOCK_DGRAM);
    await two.sendto(file, 0, 'abcdef');
    await two.sendto(file, 0, 'next');
    expect([String(await one.recv(3)), String(await one.recv())]).toEqual(['abc', 'next']);
    two.close();
  });

  test('has one who waits told when it is closed or cancelled, and removes its file', async () => {
    const file = path.join(temporary(), 'one');
    const one = await bound(file);
    const cancelled = one.recv();
    expect(await one.cancel()).toBe(true);
    expect([await cancelled, one.errCode]).toEqual([false, 125]);
    const closed = one.recv();
    one.close();
    expect([await closed, one.errCode]).toEqual([false, 125]);
    expect(existsSync(file)).toBe(false);
  });

  test('sends in order all that it has to wait with', async () => {
    const file = path.join(temporary(), 'one');
    const one = await bound(file);
    const two = new Socket(AF_UNIX, SOCK_DGRAM);
    await two.connect(file);
    const sending = (async () => {
      for (let i = 0; i < 1_000; i++) expect(await two.send(`${i}`)).toBe(`${i}`.length);
    })();
    for (let i = 0; i < 1_000; i++) expect(String(await one.recv())).toBe(`${i}`);
    await sending;
    two.close();
  });

  test('takes the sizes of its buffers, and nothing of UDP', async () => {
    const file = path.join(temporary(), 'one');
    const one = await bound(file);
    const two = new Socket(AF_UNIX, SOCK_DGRAM);
    expect(two.setOption(SOL_SOCKET, SO_SNDBUF, 4096)).toBe(true);
    expect(two.setOption(SOL_SOCKET, SO_RCVBUF, 4096)).toBe(true);
    expect([await two.sendto(file, 0, 'x'.repeat(20_000)), two.errCode]).toEqual([false, 90]);
    expect(await two.sendto(file, 0, 'x'.repeat(1_000))).toBe(1_000);
    expect((await one.recv()) as Buffer).toHaveLength(1_000);
    two.close();
  });

  test('is told how a coroutine ends with it', async () => {
    const file = path.join(temporary(), 'one');
    const told: unknown[] = [];
    await Swoole.Coroutine.run(async () => {
      const one = new Socket(AF_UNIX, SOCK_DGRAM);
      await one.bind(file);
      Swoole.Coroutine.go(async () => {
        const two = new Socket(AF_UNIX, SOCK_DGRAM);
        await two.sendto(file, 0, 'from a coroutine');
        two.close();
      });
      told.push(String(await one.recv()));
      one.close();
    });
    expect(told).toEqual(['from a coroutine']);
  });
});
