import { describe, expect, test, vi } from 'vitest';
import * as Swoole from '../../src/index.js';
import { AF_UNIX, SOCK_DGRAM } from '../../src/socket/numbers.js';
import { catchWarnings } from './running.js';

vi.mock('../../src/engine/udp/libc.js', () => ({ libc: () => 'the package does not load' }));

const file = '/tmp/never-made.sock';
const advice =
  'there are no Unix datagram sockets (the package does not load), use SWOOLE_SOCK_UNIX_STREAM or SWOOLE_SOCK_UDP';

describe('where the C library cannot be called', () => {
  test('servers refuse Unix datagrams, and say what to use', () => {
    const text = `failed to listen server port[${file}:0], Error: Socket type not supported[94]: ${advice}`;
    expect(() => new Swoole.Server(file, 0, Swoole.SWOOLE_BASE, Swoole.SWOOLE_SOCK_UNIX_DGRAM)).toThrow(text);
    const warnings = catchWarnings();
    const server = new Swoole.Server('127.0.0.1', 0);
    expect(server.listen(file, 0, Swoole.SWOOLE_SOCK_UNIX_DGRAM)).toBe(false);
    expect(warnings).toEqual([text]);
  });

  test('clients do', async () => {
    const warnings = catchWarnings();
    const client = new Swoole.Client(Swoole.SWOOLE_SOCK_UNIX_DGRAM);
    expect([await client.connect(file), client.errCode]).toEqual([false, 94]);
    expect([await client.sendto(file, 0, 'x'), client.errCode]).toEqual([false, 94]);
    expect(warnings).toEqual([`Swoole\\Client::connect(): ${advice}`]);
    const coroutine = new Swoole.Coroutine.Client(Swoole.SWOOLE_SOCK_UNIX_DGRAM);
    expect([await coroutine.connect(file), coroutine.errCode]).toEqual([false, 94]);
    expect([await coroutine.sendto(file, 0, 'x'), coroutine.errCode]).toEqual([false, 94]);
  });

  test('sockets and pairs of them do', async () => {
    const warnings = catchWarnings();
    expect(() => new Swoole.Coroutine.Socket(AF_UNIX, SOCK_DGRAM)).toThrow(
      'new Socket() failed. Error: Socket type not supported [94]',
    );
    expect(await Swoole.swoole_coroutine_socketpair(AF_UNIX, SOCK_DGRAM, 0)).toBe(false);
    expect(warnings).toEqual([
      'swoole_coroutine_socketpair(): failed to create socket, Error: Socket type not supported[94]',
    ]);
  });
});
