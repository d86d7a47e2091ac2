import net from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Client } from './client.js';
import { catchWarnings, start, webSocketServer } from './running.js';

const { SWOOLE_BASE, SWOOLE_SOCK_TCP, SWOOLE_SOCK_TCP6 } = Swoole;

function thrown(make: () => unknown): Swoole.Exception {
  try {
    make();
  } catch (error) {
    return error as Swoole.Exception;
  }
  throw new Error('nothing was thrown');
}

async function listener(): Promise<number> {
  const other = net.createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  return (other.address() as net.AddressInfo).port;
}

describe('the constructor', () => {
  test.each([
    ['256.1.1.1', 80, SWOOLE_SOCK_TCP, 0, 'Success'],
    ['no host', 80, SWOOLE_SOCK_TCP, 0, 'Success'],
    ['', 80, SWOOLE_SOCK_TCP, 0, 'Success'],
    ['::1', 80, SWOOLE_SOCK_TCP, 0, 'Success'],
    ['127.0.0.1', 80, SWOOLE_SOCK_TCP6, 0, 'Success'],
    ['127.0.0.1', -1, SWOOLE_SOCK_TCP, 9004, 'Server invalid listen port'],
    ['127.0.0.1', 65536, SWOOLE_SOCK_TCP, 9004, 'Server invalid listen port'],
    ['127.0.0.1', 80, 99, 94, 'Socket type not supported'],
  ])('throws for %s port %d type %d', (host, port, type, code, text) => {
    for (const Class of [Swoole.WebSocket.Server, Swoole.Http.Server, Swoole.Server]) {
      const error = thrown(() => new Class(host, port, SWOOLE_BASE, type));
      expect(error).toBeInstanceOf(Swoole.Exception);
      expect(error.getMessage()).toBe(
        `failed to listen server port[${host}:${port}], Error: ${text}[${code}]`,
      );
      expect(error.getCode()).toBe(code);
      expect(Swoole.swoole_last_error()).toBe(code);
    }
  });

  test('throws an Error of its own for an unknown mode', () => {
    const error = thrown(() => new Swoole.WebSocket.Server('127.0.0.1', 0, 9));
    expect(error.message).toBe('invalid $mode parameters 9');
    expect(error).not.toBeInstanceOf(Swoole.Exception);
    expect(Swoole.swoole_last_error()).toBe(Swoole.SWOOLE_ERROR_INVALID_PARAMS);
  });

  test('makes servers that are what PHP says they are', () => {
    const server = new Swoole.WebSocket.Server('127.0.0.1', 0);
    expect(server).toBeInstanceOf(Swoole.WebSocket.Server);
    expect(server).toBeInstanceOf(Swoole.Http.Server);
    expect(server).toBeInstanceOf(Swoole.Server);
    expect(new Swoole.Http.Server('127.0.0.1', 0)).not.toBeInstanceOf(Swoole.WebSocket.Server);
    class Mine extends Swoole.Server {}
    expect(server).not.toBeInstanceOf(Mine);
    expect(new Mine('127.0.0.1', 0)).toBeInstanceOf(Mine);
    expect(server.ports[0]).toBeInstanceOf(Swoole.Server.Port);
    expect(server.connections).toBeInstanceOf(Swoole.Connection.Iterator);
  });
});

describe('listen()', () => {
  test('gives false and the error number for an address that cannot be listened on', () => {
    const warnings = catchWarnings();
    const server = webSocketServer();
    expect(server.addlistener('1.2.3', 0, SWOOLE_SOCK_TCP)).toBe(false);
    expect(server.listen('127.0.0.1', 70000, SWOOLE_SOCK_TCP)).toBe(false);
    expect(Swoole.swoole_last_error()).toBe(9004);
    expect(warnings).toHaveLength(2);
    expect(server.ports).toHaveLength(1);
  });

  test('is refused while the server runs', async () => {
    const warnings = catchWarnings();
    const server = webSocketServer();
    await start(server);
    expect(server.listen('127.0.0.1', 0, SWOOLE_SOCK_TCP)).toBe(false);
    expect(server.ports).toHaveLength(1);
    expect(warnings).toEqual(['Swoole\\Server::listen(): server is running, cannot add listener']);
  });
});

describe('a taken port', () => {
  test('makes start() reject with the code of the system, and another server can start', async () => {
    const port = await listener();
    const server = new Swoole.WebSocket.Server('127.0.0.1', port);
    server.on('message', () => {});
    const book: string[] = [];
    server.on('start', () => book.push('start'));
    server.on('workerStart', () => book.push('workerStart'));
    const error = await server.start().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Swoole.Exception);
    expect((error as Swoole.Exception).getCode()).toBe(98);
    expect((error as Swoole.Exception).getMessage()).toBe(
      `failed to listen server port[127.0.0.1:${port}], Error: Address already in use[98]`,
    );
    expect(Swoole.swoole_last_error()).toBe(98);
    expect(book).toEqual([]);

    const second = webSocketServer();
    await start(second);
    await Client.open(second.port);
  });

  test('leaves no other port of the server open, and the server can start once it is free', async () => {
    const other = net.createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const taken = (other.address() as net.AddressInfo).port;
    const server = webSocketServer();
    server.listen('127.0.0.1', taken, SWOOLE_SOCK_TCP);
    await expect(server.start()).rejects.toThrow('Address already in use');
    const first = server.port;
    await expect(Client.open(first)).rejects.toThrow('ECONNREFUSED');
    await new Promise((resolve) => other.close(resolve));
    await start(server);
    await Client.open(server.port);
    await Client.open(taken);
  });
});
