import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import * as php from '../src/index.js';

// What is expected is what PHP 8.2 says of its own sockets.
const closers: (() => void)[] = [];
const warnings: string[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
  warnings.length = 0;
  php.set_error_handler(null);
});

async function listening() {
  const server = createServer().listen(0, '127.0.0.1');
  closers.push(() => server.close());
  await once(server, 'listening');
  return server;
}

function collect(): void {
  php.set_error_handler((_level: number, text: string) => {
    warnings.push(text);
    return true;
  });
}

describe('sockets of Node’s, as PHP’s functions for sockets see them', () => {
  it('tell where they listen, and both ends of a connection', async () => {
    const server = await listening();
    const { port } = server.address() as AddressInfo;
    const address = php.ref<unknown>(null);
    const number = php.ref<unknown>(null);
    expect(php.socket_getsockname(server, address, number)).toBe(true);
    expect([address.value, number.value]).toEqual(['127.0.0.1', port]);

    const client = connect(port, '127.0.0.1');
    const [[peer]] = (await Promise.all([once(server, 'connection'), once(client, 'connect')])) as [
      [Socket],
      unknown,
    ];
    closers.push(
      () => client.destroy(),
      () => peer.destroy(),
    );
    expect(php.socket_getpeername(client, address, number)).toBe(true);
    expect(number.value).toBe(port);
    expect(php.socket_getpeername(peer, address, number)).toBe(true);
    expect(php.socket_getsockname(client, address, php.ref<unknown>(null))).toBe(true);
    expect(number.value).toBe(client.localPort);
  });

  it('have no far end while they listen, and no name when they are closed', async () => {
    collect();
    const server = await listening();
    expect(php.socket_getpeername(server, php.ref<unknown>(null))).toBe(false);
    const client = createSocket('udp4');
    closers.push(() => client.close());
    expect(php.socket_getsockname(client, php.ref<unknown>(null))).toBe(false);
    expect(warnings).toEqual([
      'socket_getpeername(): unable to retrieve peer name [107]: Transport endpoint is not connected',
      'socket_getsockname(): unable to retrieve socket name [9]: Bad file descriptor',
    ]);
  });

  it('tell the options that are known', async () => {
    const server = await listening();
    const of = (option: number) => php.socket_get_option(server, php.SOL_SOCKET, option);
    // That it may take the address again is in Node's documentation of server.listen().
    expect([of(php.SO_REUSEADDR), of(php.SO_TYPE), of(php.SO_ERROR), of(php.SO_KEEPALIVE)]).toEqual([
      1, 1, 0, 0,
    ]);
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    closers.push(() => client.destroy());
    expect(php.socket_set_option(client, php.SOL_SOCKET, php.SO_KEEPALIVE, 1)).toBe(true);
    expect(php.socket_get_option(client, php.SOL_SOCKET, php.SO_KEEPALIVE)).toBe(1);
  });

  it('warn of an option that there is not, and refuse what is no socket', async () => {
    collect();
    const server = await listening();
    expect(php.socket_get_option(server, php.SOL_SOCKET, 9999)).toBe(false);
    expect(php.socket_set_option(server, php.SOL_SOCKET, 9999, 1)).toBe(false);
    expect(warnings).toEqual([
      'socket_get_option(): Unable to retrieve socket option [92]: Protocol not available',
      'socket_set_option(): Unable to set socket option [92]: Protocol not available',
    ]);
    expect(() => php.socket_getsockname(1, php.ref<unknown>(null))).toThrow(
      'socket_getsockname(): Argument #1 ($socket) must be of type Socket, int given',
    );
  });
});
