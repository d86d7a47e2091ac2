import { createPrivateKey } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Client } from './client.js';
import { catchWarnings, type Settings, start, type WebSocketServer } from './running.js';
import { temporary } from './temporary.js';

const { SWOOLE_BASE, SWOOLE_SOCK_TCP, SWOOLE_SSL } = Swoole;

function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
}

function secure(settings: Settings, port = 0): WebSocketServer {
  const server = new Swoole.WebSocket.Server('127.0.0.1', port, SWOOLE_BASE, SWOOLE_SOCK_TCP | SWOOLE_SSL);
  server.set({ log_level: Swoole.SWOOLE_LOG_NONE, ...settings });
  server.on('message', (_server, frame) => void server.push(frame.fd, frame.data));
  server.on('request', (request, response) => response.end(request.server.request_uri));
  return server;
}

const files = { ssl_cert_file: fixture('a.crt'), ssl_key_file: fixture('a.key') };

async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function connect(port: number): Promise<Client> {
  return Client.connect(`wss://127.0.0.1:${port}/`, { rejectUnauthorized: false });
}

/** The name in the certificate that a new connection is shown. */
function shownName(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

async function failure(server: WebSocketServer): Promise<Error> {
  const error = await server.start().then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

describe('a port with SWOOLE_SSL', () => {
  test('speaks WebSocket and HTTP over TLS', async () => {
    const server = secure(files);
    expect([server.ssl, server.type]).toEqual([true, SWOOLE_SOCK_TCP]);
    await start(server);
    const client = await connect(server.port);
    client.send('hello');
    expect(await client.next()).toBe('hello');
    const body = await new Promise((resolve, reject) => {
      https
        .get({ port: server.port, host: '127.0.0.1', path: '/page', rejectUnauthorized: false }, (answer) =>
          answer.on('data', (data) => resolve(String(data))),
        )
        .on('error', reject);
    });
    expect(body).toBe('/page');
  });

  test('has nothing to say to a client without TLS, and goes on serving others', async () => {
    const server = secure(files);
    await start(server);
    const socket = net.connect(server.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const received: Buffer[] = [];
    socket.on('data', (data) => received.push(data));
    const ended = new Promise((resolve) => socket.on('close', resolve).on('error', resolve));
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await ended;
    expect(Buffer.concat(received).toString('latin1')).not.toContain('HTTP/1.1');
    await connect(server.port);
  });

  test('reads a key with a passphrase', async () => {
    const keyFile = path.join(temporary(), 'locked.key');
    const key = createPrivateKey(readFileSync(files.ssl_key_file));
    const passphrase = 'open sesame';
    const locked = key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
    writeFileSync(keyFile, locked);
    const server = secure({ ...files, ssl_key_file: keyFile, ssl_passphrase: passphrase });
    await start(server);
    expect(await shownName(server.port)).toBe('a.contract.test');
  });

  test('can stand beside one without', async () => {
    const server = secure(files);
    const plain = server.listen('127.0.0.1', 0, SWOOLE_SOCK_TCP);
    if (plain === false) throw new Error('listen() failed');
    await start(server);
    expect([server.ports[0]?.ssl, plain.ssl]).toEqual([true, false]);
    for (const client of [await connect(server.port), await Client.open(plain.port)]) {
      client.send('hello');
      expect(await client.next()).toBe('hello');
    }
  });
});

describe('start()', () => {
  test('rejects without certificate settings, and names them', async () => {
    for (const settings of [
      {},
      { ssl_cert_file: files.ssl_cert_file },
      { ssl_key_file: files.ssl_key_file },
    ]) {
      const { message } = await failure(secure(settings));
      expect(message).toContain('ssl_cert_file');
      expect(message).toContain('ssl_key_file');
    }
  });

  test.each(['ssl_cert_file', 'ssl_key_file'] as const)(
    'rejects when the file of %s is missing, and names both',
    async (setting) => {
      const missing = path.join(temporary(), 'missing.pem');
      const { message } = await failure(secure({ ...files, [setting]: missing }));
      expect(message).toContain(setting);
      expect(message).toContain(missing);
    },
  );

  test('rejects when the key is not that of the certificate', async () => {
    const { message } = await failure(secure({ ...files, ssl_key_file: fixture('b.key') }));
    expect(message).toContain('ssl_key_file');
  });

  test('rejects ssl_verify_peer, which could not be enforced', async () => {
    const { message } = await failure(secure({ ...files, ssl_verify_peer: true }));
    expect(message).toContain('ssl_verify_peer');
  });
});

describe('reloadCertificates()', () => {
  test('shows the new certificate to new connections and keeps the old ones', async () => {
    const directory = temporary();
    const settings = {
      ssl_cert_file: path.join(directory, 'server.crt'),
      ssl_key_file: path.join(directory, 'server.key'),
    };
    const use = (name: string) => {
      copyFileSync(fixture(`${name}.crt`), settings.ssl_cert_file);
      copyFileSync(fixture(`${name}.key`), settings.ssl_key_file);
    };
    use('a');
    const server = secure(settings, await freePort());
    const { ended } = await start(server);
    const old = await connect(server.port);
    const { port } = server;
    use('b');
    expect(await shownName(port)).toBe('a.contract.test');
    expect(server.reloadCertificates()).toBe(true);
    expect(server.port).toBe(port);
    for (let i = 0; i < 20; i++) expect(await shownName(port)).toBe('b.contract.test');
    old.send('still here');
    expect(await old.next()).toBe('still here');
    const fresh = await connect(port);
    fresh.send('hello');
    expect(await fresh.next()).toBe('hello');

    use('a');
    server.reloadCertificates();
    expect(await shownName(port)).toBe('a.contract.test');
    const clients = [old, fresh, await connect(port)];
    expect(server.broadcast('to all')).toBe(3);
    for (const client of clients) expect(await client.next()).toBe('to all');
    server.shutdown();
    for (const client of clients) expect(await client.closed).toMatchObject({ code: 1001 });
    expect(await ended).toBe(true);
    await expect(shownName(port)).rejects.toThrow('ECONNREFUSED');
  });

  test('keeps the certificate in use when the files are gone, and says so', async () => {
    const directory = temporary();
    const settings = {
      ssl_cert_file: path.join(directory, 'server.crt'),
      ssl_key_file: path.join(directory, 'server.key'),
    };
    copyFileSync(fixture('a.crt'), settings.ssl_cert_file);
    copyFileSync(fixture('a.key'), settings.ssl_key_file);
    const warnings = catchWarnings();
    const server = secure(settings);
    await start(server);
    writeFileSync(settings.ssl_cert_file, 'no certificate');
    expect(server.reloadCertificates()).toBe(false);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('ssl_cert_file');
    expect(await shownName(server.port)).toBe('a.contract.test');
  });
});
