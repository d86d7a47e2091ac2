import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  fclose,
  fgets,
  fwrite,
  ref,
  set_error_handler,
  stream_socket_accept,
  stream_socket_get_name,
  stream_socket_server,
} from '../src/index.js';

// What is expected was asked of PHP 8.2.
describe('stream_socket_server()', () => {
  const warnings: string[] = [];
  const open: unknown[] = [];
  afterEach(() => {
    for (const socket of open.splice(0)) fclose(socket);
    warnings.length = 0;
    set_error_handler(null);
  });

  const serve = (address: string) => {
    set_error_handler((_number: number, text: string) => warnings.push(text) > 0);
    const [code, message] = [ref<number | null>(null), ref<string | null>(null)];
    const socket = stream_socket_server(address, code, message);
    if (socket !== false) open.push(socket);
    return { socket, code: code.value, message: message.value };
  };

  it('listens once it returns, and gives the connections to stream_socket_accept()', async () => {
    const { socket, code, message } = serve('tcp://127.0.0.1:0');
    expect([code, message, warnings]).toEqual([0, '', []]);
    const name = stream_socket_get_name(socket, false);
    expect(name).toMatch(/^127\.0\.0\.1:[1-9]\d*$/);
    expect(stream_socket_get_name(socket, true)).toBe(false);

    const client = net.connect(Number(String(name).split(':')[1]), '127.0.0.1');
    client.write('hello\n');
    const peer = ref('');
    const connection = await stream_socket_accept(socket, 5, peer);
    expect(peer.value).toBe(`127.0.0.1:${client.localPort}`);
    expect(stream_socket_get_name(connection, true)).toBe(peer.value);
    expect(stream_socket_get_name(connection, false)).toBe(name);
    const answer = new Promise((resolve) => client.once('data', (data) => resolve(String(data))));
    while (client.bytesWritten < 6 || client.connecting) await new Promise(setImmediate);
    expect(fgets(connection)).toBe('hello\n');
    expect(fwrite(connection, 'bye')).toBe(3);
    expect(await answer).toBe('bye');
    fclose(connection);
    client.destroy();
  });

  it('tells at once of an address that is taken', () => {
    const { socket } = serve('127.0.0.1:0');
    const name = stream_socket_get_name(socket, false);
    expect(serve(`tcp://${name}`)).toEqual({ socket: false, code: 0, message: 'Address already in use' });
    expect(warnings).toEqual([
      `stream_socket_server(): Unable to connect to tcp://${name} (Address already in use)`,
    ]);
  });

  it.each([
    [
      'tcp://256.1.1.1:1',
      'php_network_getaddresses: getaddrinfo for 256.1.1.1 failed: Name or service not known',
    ],
    [
      'foo://127.0.0.1:1',
      'Unable to find the socket transport "foo" - did you forget to enable it when you configured PHP?',
    ],
    ['tcp://127.0.0.1', 'Failed to parse address "127.0.0.1"'],
  ])('says why it cannot listen on %s', (address, message) => {
    expect(serve(address)).toEqual({ socket: false, code: 0, message });
    expect(warnings).toEqual([`stream_socket_server(): Unable to connect to ${address} (${message})`]);
  });

  it('lets stream_socket_accept() give up after its time', async () => {
    const { socket } = serve('tcp://127.0.0.1:0');
    expect(await stream_socket_accept(socket, 0.01)).toBe(false);
    expect(warnings).toEqual(['stream_socket_accept(): Accept failed: Connection timed out']);
  });
});
