import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Coroutine, SWOOLE_SOCK_TCP, SWOOLE_SSL } from '../../src/index.js';
import { catchWarnings } from '../server/running.js';
import { listening, pair } from './pair.js';

const { Client, Server } = Coroutine;
const file = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
const files = { ssl_cert_file: file('a.crt'), ssl_key_file: file('a.key') };

/** Starts a server and waits until it listens. */
async function start(server: Coroutine.Server): Promise<void> {
  const over = server.start();
  onTestFinished(async () => {
    await server.shutdown();
    await over;
  });
  while (server.port === 0) await Coroutine.sleep(0.001);
}

describe('Coroutine.Server', () => {
  test('speaks TLS with those who do, and lets go of those who do not', async () => {
    const server = new Server('127.0.0.1', 0, true);
    server.set(files);
    server.handle(async (connection) => {
      await connection.send(`you said ${await connection.recv(5)}`);
      connection.close();
    });
    await start(server);
    const plain = new Client(SWOOLE_SOCK_TCP);
    await plain.connect('127.0.0.1', server.port);
    await plain.send('this is no TLS at all, and never will be');
    const client = new Client(SWOOLE_SOCK_TCP | SWOOLE_SSL);
    client.set({
      ssl_cafile: files.ssl_cert_file,
      ssl_host_name: 'a.contract.test',
      ssl_allow_self_signed: true,
    });
    expect(await client.connect('127.0.0.1', server.port, 5)).toBe(true);
    await client.send('hello');
    expect(String(await client.recv(5))).toBe('you said hello');
    expect(await client.recv(5)).toBe('');
    client.close();
    plain.close();
  });

  test('throws for a port that is taken, and gives false without a handler', async () => {
    const { port } = await listening();
    const server = new Server('127.0.0.1', port);
    expect(await server.start()).toBe(false);
    expect(server.errCode).toBe(22);
    server.handle(() => {});
    const error = await server.start().catch((error: unknown) => error);
    expect(String(error)).toContain(`bind(127.0.0.1:${port}) failed`);
    expect((error as { getCode(): number }).getCode()).toBe(98);
  });

  test('gives true when it is shut down, while connections go on', async () => {
    const server = new Server('127.0.0.1');
    let left: Coroutine.Server.Connection | null = null;
    server.handle((connection) => {
      left = connection;
    });
    const over = server.start();
    while (server.port === 0) await Coroutine.sleep(0.001);
    const client = new Client(SWOOLE_SOCK_TCP);
    await client.connect('127.0.0.1', server.port);
    while (left === null) await Coroutine.sleep(0.001);
    expect(await server.shutdown()).toBe(true);
    expect(await over).toBe(true);
    await (left as Coroutine.Server.Connection).send('still here');
    expect(String(await client.recv(5))).toBe('still here');
    (left as Coroutine.Server.Connection).close();
    client.close();
  });
});

describe('TLS on a socket', () => {
  test('begins when both sides want it, after they have spoken', async () => {
    const [client, server] = await pair();
    await client.send('STARTTLS\n');
    expect(String(await server.recvLine())).toBe('STARTTLS\n');
    server.setProtocol({ open_ssl: true, ...files });
    client.setProtocol({ open_ssl: true, ssl_cafile: files.ssl_cert_file, ssl_host_name: 'a.contract.test' });
    expect(await Promise.all([server.sslHandshake(), client.sslHandshake()])).toEqual([true, true]);
    await server.send('secret');
    expect(String(await client.recv(100, 5))).toBe('secret');
    expect([await client.sslHandshake(), client.errCode]).toEqual([false, 509]);
  });

  test('is refused to a client without the certificate that is asked for', async () => {
    const { listener, port } = await listening();
    listener.setProtocol({ open_ssl: true, ...files, ssl_verify_peer: true, ssl_cafile: file('b.crt') });
    const handshake = async (options: tls.ConnectionOptions) => {
      const client = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
      client.on('error', () => {});
      onTestFinished(() => {
        client.destroy();
      });
      const accepted = (await listener.accept(5)) as Coroutine.Socket;
      onTestFinished(() => {
        accepted.close();
      });
      return accepted.sslHandshake();
    };
    expect(await handshake({})).toBe(false);
    const shown = { cert: readFileSync(file('b.crt')), key: readFileSync(file('b.key')) };
    expect(await handshake(shown)).toBe(true);
  });
});

test('a client lends its socket, and keeps it', async () => {
  const warnings = catchWarnings();
  const { listener, port } = await listening();
  const client = new Client(SWOOLE_SOCK_TCP);
  await client.connect('127.0.0.1', port);
  const accepted = (await listener.accept(5)) as Coroutine.Socket;
  const lent = client.exportSocket() as Coroutine.Socket;
  await accepted.send('a line\nand more');
  expect(String(await lent.recvLine())).toBe('a line\n');
  expect(lent.close()).toBe(false);
  expect(warnings).toEqual(['Swoole\\Coroutine\\Socket::close(): cannot close the referenced resource']);
  expect(String(await client.recv(5))).toBe('and more');
  client.close();
  accepted.close();
});
