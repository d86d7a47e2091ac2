import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Queue } from './queue.js';
import { RawClient } from './raw-client.js';
import { type Settings, start } from './running.js';
import { temporary } from './temporary.js';

const { SWOOLE_BASE, SWOOLE_SOCK_TCP, SWOOLE_SSL } = Swoole;
const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
const files = { ssl_cert_file: fixture('a.crt'), ssl_key_file: fixture('a.key') };

function secure(settings: Settings): Swoole.Server {
  const server = new Swoole.Server('127.0.0.1', 0, SWOOLE_BASE, SWOOLE_SOCK_TCP | SWOOLE_SSL);
  server.set({ log_level: Swoole.SWOOLE_LOG_NONE, ...files, ...settings });
  server.on('receive', (server, fd, _reactorId, data) => server.send(fd, data));
  return server;
}

async function connect(port: number, options: tls.ConnectionOptions = {}): Promise<RawClient> {
  const socket = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
  onTestFinished(() => {
    socket.destroy();
  });
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  return new RawClient(socket);
}

/** Whether the server talks to a client with this certificate. */
async function welcome(port: number, certificate: string | null): Promise<boolean> {
  const shown =
    certificate === null
      ? {}
      : {
          cert: readFileSync(fixture(`${certificate}.crt`)),
          key: readFileSync(fixture(`${certificate}.key`)),
        };
  const client = await connect(port, shown);
  client.write('hello');
  return (await client.hear('hello')) === 'hello';
}

describe('a raw port with TLS', () => {
  test('carries bytes, small and many, to the last one before a close', async () => {
    const server = secure({});
    const size = 2 << 20;
    server.on('receive', (server, fd) => {
      server.send(fd, Buffer.alloc(size, 'x'));
      server.close(fd);
    });
    await start(server);
    const client = await connect(server.port);
    client.write('?');
    expect((await client.rest()).equals(Buffer.alloc(size, 'x'))).toBe(true);
  });

  test('raises connect after the handshake, and nothing for a client that never speaks TLS', async () => {
    const server = secure({});
    const connects = new Queue<number>();
    server.on('connect', (_server, fd) => connects.put(fd));
    await start(server);
    const plain = await RawClient.connect(server.port);
    plain.write('GET / HTTP/1.0\r\n\r\n');
    await plain.closed;
    await connect(server.port);
    expect(await connects.next()).toBe(1);
  });

  test('asks for no certificate of clients unless it is told of authorities', async () => {
    const server = secure({});
    await start(server);
    expect(await welcome(server.port, null)).toBe(true);
    expect(await welcome(server.port, 'b')).toBe(true);
  });

  test('with ssl_verify_peer serves only clients that an authority vouches for', async () => {
    const server = secure({ ssl_verify_peer: true, ssl_client_cert_file: fixture('a.crt') });
    await start(server);
    expect(await welcome(server.port, 'a')).toBe(true);
    expect(await welcome(server.port, 'b')).toBe(false);
    expect(await welcome(server.port, null)).toBe(false);
  });

  test('without it refuses a certificate that nobody vouches for, and serves who shows none', async () => {
    const server = secure({ ssl_cafile: fixture('a.crt') });
    await start(server);
    expect(await welcome(server.port, 'a')).toBe(true);
    expect(await welcome(server.port, 'b')).toBe(false);
    expect(await welcome(server.port, null)).toBe(true);
  });

  test('takes authorities from a directory, and self-signed certificates with ssl_allow_self_signed', async () => {
    const directory = path.join(temporary(), 'authorities');
    mkdirSync(directory);
    copyFileSync(fixture('b.crt'), path.join(directory, 'b.pem'));
    const strict = secure({ ssl_verify_peer: true, ssl_capath: directory });
    await start(strict);
    expect([await welcome(strict.port, 'b'), await welcome(strict.port, 'a')]).toEqual([true, false]);
    const lenient = secure({ ssl_verify_peer: true, ssl_capath: directory, ssl_allow_self_signed: true });
    await start(lenient);
    expect([await welcome(lenient.port, 'a'), await welcome(lenient.port, null)]).toEqual([true, false]);
  });

  test('tells the certificate of the client in getClientInfo(), in PEM', async () => {
    const server = secure({ ssl_client_cert_file: fixture('a.crt') });
    const told = new Queue<string | undefined>();
    server.on('connect', (server, fd) => {
      const info = server.getClientInfo(fd);
      told.put(info === false ? 'no info' : info.ssl_client_cert);
    });
    await start(server);
    await connect(server.port, { cert: readFileSync(fixture('a.crt')), key: readFileSync(fixture('a.key')) });
    expect((await told.next())?.trim()).toBe(readFileSync(fixture('a.crt'), 'utf8').trim());
    await connect(server.port);
    expect(await told.next()).toBeUndefined();
  });

  test('shows the certificate of the host that a client asks for, also after a reload', async () => {
    const server = secure({
      ssl_sni_certs: { 'b.test': { ssl_cert_file: fixture('b.crt'), ssl_key_file: fixture('b.key') } },
    });
    await start(server);
    const shown = async (servername: string) => {
      const client = await connect(server.port, { servername });
      return (client.socket as tls.TLSSocket).getPeerX509Certificate()?.toString().trim();
    };
    const [a, b] = ['a', 'b'].map((name) => readFileSync(fixture(`${name}.crt`), 'utf8').trim());
    expect([await shown('b.test'), await shown('other.test')]).toEqual([b, a]);
    expect(server.reloadCertificates()).toBe(true);
    expect([await shown('b.test'), await shown('other.test')]).toEqual([b, a]);
  });

  test('does not start with ssl_verify_peer and no authority, nor with a key that is not the certificate’s', async () => {
    await expect(secure({ ssl_verify_peer: true }).start()).rejects.toThrow(
      'server open verify peer require `ssl_client_cert_file` or `ssl_capath` or `ssl_cafile` config',
    );
    const sni = { 'b.test': { ssl_cert_file: fixture('b.crt'), ssl_key_file: fixture('a.key') } };
    await expect(secure({ ssl_sni_certs: sni }).start()).rejects.toThrow('cannot be used');
  });
});
