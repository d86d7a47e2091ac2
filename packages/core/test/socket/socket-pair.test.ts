import { describe, expect, test } from 'vitest';
import { swoole_coroutine_socketpair } from '../../src/index.js';
import { AF_INET, AF_UNIX, SOCK_DGRAM, SOCK_STREAM } from '../../src/socket/numbers.js';
import type { Socket } from '../../src/socket/socket.js';
import { catchWarnings } from '../server/running.js';

describe('swoole_coroutine_socketpair()', () => {
  test('gives two sockets that hear each other, and the end of each other', async () => {
    const made = await swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    if (made === false) throw new Error('none were made');
    const [left, right] = made;
    expect([left.domain, left.type, left.protocol]).toEqual([1, 1, 0]);
    expect([left.getsockname(), left.getpeername()]).toEqual([
      { address: '', port: 0 },
      { address: '', port: 0 },
    ]);
    expect(await left.send('hello')).toBe(5);
    expect(String(await right.recv())).toBe('hello');
    expect(await right.send('answer')).toBe(6);
    right.close();
    expect(String(await left.recv())).toBe('answer');
    expect(await left.recv()).toBe('');
    left.close();
  });

  test('makes two that keep datagrams apart, and are connected to sockets without a path', async () => {
    const [left, right] = (await swoole_coroutine_socketpair(AF_UNIX, SOCK_DGRAM, 7)) as [Socket, Socket];
    expect([left.domain, left.type, left.protocol]).toEqual([AF_UNIX, SOCK_DGRAM, 7]);
    expect([left.getsockname(), left.getpeername()]).toEqual([
      { address: '', port: 0 },
      { address: '', port: 0 },
    ]);
    await left.send('one');
    await left.send('two');
    expect([String(await right.recv()), String(await right.recv(1))]).toEqual(['one', 't']);
    right.close();
    expect([await left.send('x'), left.errCode]).toEqual([false, 111]);
    left.close();
  });

  test('makes none of other families and kinds, with the numbers of the system', async () => {
    const warnings = catchWarnings();
    expect(await swoole_coroutine_socketpair(AF_INET, SOCK_STREAM, 0)).toBe(false);
    expect(await swoole_coroutine_socketpair(AF_UNIX, 99, 0)).toBe(false);
    expect(await swoole_coroutine_socketpair(99, SOCK_STREAM, 0)).toBe(false);
    expect(warnings).toEqual([
      'swoole_coroutine_socketpair(): failed to create socket, Error: Operation not supported[95]',
      'swoole_coroutine_socketpair(): failed to create socket, Error: Invalid argument[22]',
      'swoole_coroutine_socketpair(): failed to create socket, Error: Address family not supported by protocol[97]',
    ]);
  });
});
