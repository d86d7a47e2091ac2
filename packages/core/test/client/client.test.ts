import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  Coroutine,
  SWOOLE_SOCK_TCP,
  SWOOLE_SOCK_UDP,
  SWOOLE_SOCK_UNIX_STREAM,
  SWOOLE_SSL,
} from '../../src/index.js';

const { Client } = Coroutine;
const keys = fileURLToPath(new URL('../fixtures/tls/', import.meta.url));
const peers: Socket[] = [];
const echo = createServer({ allowHalfOpen: true }, (socket) => {
  peers.push(socket);
  socket.on('error', () => {});
  socket.pipe(socket);
});
let folder = '';
let port = 0;

beforeAll(async () => {
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  port = (echo.address() as AddressInfo).port;
  folder = await mkdtemp(path.join(tmpdir(), 'swoole-ts-'));
});
afterAll(async () => {
  for (const peer of peers) peer.destroy();
  echo.close();
  await rm(folder, { recursive: true });
});

describe('Coroutine.Client', () => {
  it('gives the packets of a stream one by one, however they came', async () => {
    const client = new Client(SWOOLE_SOCK_TCP);
    client.set({ open_length_check: true, package_length_type: 'N', package_body_offset: 4, timeout: 5 });
    expect(await client.connect('127.0.0.1', port)).toBe(true);
    const packet = (text: string) => Buffer.from([0, 0, 0, text.length, ...Buffer.from(text)]);
    const bytes = Buffer.concat([packet('first'), packet(''), packet('second')]);
    for (const byte of bytes) await client.send(Buffer.from([byte]));
    const texts = [await client.recv(), await client.recv(), await client.recv()];
    expect(texts.map((each) => String(each).slice(4))).toEqual(['first', '', 'second']);
    client.close();
  });

  it('ends with what was cut off in time kept for the next receive', async () => {
    const client = new Client();
    client.set({ open_eof_check: true, package_eof: '\n' });
    await client.connect('127.0.0.1', port);
    await client.send('begin');
    expect(await client.recv(0.02)).toBe(false);
    expect([client.errCode, client.errMsg]).toEqual([110, 'Connection timed out']);
    await client.send('ning\n');
    expect(String(await client.recv(5))).toBe('beginning\n');
    client.close();
  });

  it('refuses packets that are too long', async () => {
    const client = new Client();
    client.set({ open_eof_check: true, package_eof: '\n', package_max_length: 8 });
    await client.connect('127.0.0.1', port);
    await client.send('more than eight bytes');
    expect(await client.recv(5)).toBe(false);
    expect(client.errCode).toBe(74);
    client.close();
  });

  it('sends more than fits at once, and a file, without losing any of it', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, Buffer.alloc(3_000_000, 'f'));
    const client = new Client();
    await client.connect('127.0.0.1', port);
    let received = 0;
    await Coroutine.run(async () => {
      const reader = Coroutine.go(async () => {
        while (received < 8_000_000) {
          const data = await client.recv(5);
          if (data === false || data === '') break;
          received += data.length;
        }
      }) as number;
      expect(await client.send(Buffer.alloc(5_000_000, 's'))).toBe(5_000_000);
      expect(await client.sendfile(file)).toBe(true);
      await Coroutine.join([reader]);
    });
    expect(received).toBe(8_000_000);
    expect(await client.sendfile(path.join(folder, 'missing'))).toBe(false);
    expect(client.errCode).toBe(2);
    client.close();
  });

  it('makes the peer wait when nobody receives', async () => {
    const client = new Client();
    await client.connect('127.0.0.1', port);
    const peer = peers.at(-1) as Socket;
    peer.unpipe(peer);
    peer.write(Buffer.alloc(32_000_000, 'x'));
    const seen = await client.recv(5);
    expect(seen).not.toBe(false);
    for (let i = 0; i < 50; i++) await new Promise(setImmediate);
    expect(peer.writableLength).toBeGreaterThan(8_000_000);
    client.close();
  });

  it('lets only one coroutine receive', async () => {
    const client = new Client();
    await client.connect('127.0.0.1', port);
    const first = client.recv(0.01);
    await expect(client.recv(0.01)).rejects.toThrow('reading of the same socket');
    expect(await first).toBe(false);
    client.close();
  });

  it('refuses ports that are none, and what it cannot reach', async () => {
    const client = new Client();
    for (const none of [0, -1, 65536]) expect(await client.connect('127.0.0.1', none)).toBe(false);
    expect(await client.connect('no such name', 80)).toBe(false);
    expect(client.errCode).toBe(711);
    expect(await client.recv()).toBe(false);
    expect([client.errCode, client.errMsg]).toEqual([5001, 'Client no connection']);
    expect([client.peek(), client.getpeername(), client.getsockname(), client.close()]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('speaks over Unix sockets', async () => {
    const file = path.join(folder, 'socket');
    const server = createServer((socket) => socket.pipe(socket)).listen(file);
    await once(server, 'listening');
    const client = new Client(SWOOLE_SOCK_UNIX_STREAM);
    expect(await client.connect(file)).toBe(true);
    await client.send('unix');
    expect(String(await client.recv(5))).toBe('unix');
    expect([client.getsockname(), client.getpeername()]).toEqual([
      { host: '', address: '', port: 0 },
      { host: file, address: file, port: 0 },
    ]);
    client.close();
    server.close();
  });

  it('speaks TLS, and trusts no certificate that it was not told to', async () => {
    const options = { cert: readFileSync(`${keys}a.crt`), key: readFileSync(`${keys}a.key`) };
    const server = tls.createServer(options, (socket) => socket.on('error', () => {}).pipe(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port: secure } = server.address() as AddressInfo;
    const wary = new Client(SWOOLE_SOCK_TCP | SWOOLE_SSL);
    expect(await wary.connect('127.0.0.1', secure, 5)).toBe(false);
    const client = new Client(SWOOLE_SOCK_TCP | SWOOLE_SSL);
    client.set({ ssl_verify_peer: false });
    expect(await client.connect('127.0.0.1', secure, 5)).toBe(true);
    await client.send('secret');
    expect(String(await client.recv(5))).toBe('secret');
    expect(client.getPeerCert()).toContain('BEGIN CERTIFICATE');
    expect([client.verifyPeerCert(), client.verifyPeerCert(true)]).toEqual([false, true]);
    client.close();
    const late = new Client();
    late.set({ ssl_verify_peer: false });
    await late.connect('127.0.0.1', secure, 5);
    expect(await late.enableSSL()).toBe(true);
    await late.send('later');
    expect(String(await late.recv(5))).toBe('later');
    late.close();
    server.close();
  });

  it('sends and receives datagrams', async () => {
    const server = createSocket('udp4').on('message', (data, from) => {
      server.send(`got ${data}`, from.port, from.address);
    });
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    const client = new Client(SWOOLE_SOCK_UDP);
    expect(await client.sendto('127.0.0.1', server.address().port, 'one')).toBe(true);
    const from: { address?: string; port?: number } = {};
    expect(String(await client.recvfrom(5, from))).toBe('got o');
    expect(from).toEqual({ address: '127.0.0.1', port: server.address().port });
    expect(client.close()).toBe(true);
    server.close();
  });
});
