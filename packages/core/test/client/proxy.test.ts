import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Coroutine } from '../../src/index.js';

const { Client } = Coroutine.Http;
const seen: string[] = [];

async function listening(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const origin = http.createServer((request, response) => response.end(`origin ${request.url}`));

/** An HTTP proxy: it tunnels on CONNECT, and answers whole URLs itself. */
const httpProxy = http.createServer((request, response) => {
  seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? 'nobody'}`);
  response.end('proxied');
});
httpProxy.on('connect', (request: http.IncomingMessage, client: net.Socket) => {
  seen.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? 'nobody'}`);
  const [host, port] = (request.url ?? '').split(':');
  if (host === 'refused.test') return client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  const upstream = net.connect(Number(port), '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n');
    upstream.pipe(client).pipe(upstream);
  });
});

async function relay(bytes: AsyncIterator<Buffer>, target: net.Socket): Promise<void> {
  for (let next = await bytes.next(); !next.done; next = await bytes.next()) target.write(next.value);
  target.end();
}

/** A SOCKS 5 proxy that wants a password from whoever offers one, and answers byte by byte (RFC 1928, 1929). */
const socksProxy = net.createServer((socket) => {
  // A client that is refused leaves.
  socks(socket.on('error', () => {})).catch(() => socket.destroy());
});

async function socks(socket: net.Socket): Promise<unknown> {
  const bytes = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let had = Buffer.alloc(0);
  const take = async (count: number): Promise<Buffer> => {
    while (had.length < count) {
      const { value, done } = await bytes.next();
      if (done) throw new Error('gone');
      had = Buffer.concat([had, value as Buffer]);
    }
    const taken = had.subarray(0, count);
    had = had.subarray(count);
    return taken;
  };
  const [, count = 0] = await take(2);
  const [method = 0] = await take(count);
  socket.write(Buffer.from([5]));
  socket.write(Buffer.from([method]));
  if (method === 2) {
    const [, length = 0] = await take(2);
    const user = await take(length);
    const [secret = 0] = await take(1);
    const password = await take(secret);
    seen.push(`login ${user}:${password}`);
    socket.write(Buffer.from([1, String(password) === 'wrong' ? 1 : 0]));
  }
  const [, , , kind, length = 0] = await take(5);
  const host = String(await take(length));
  const port = (await take(2)).readUInt16BE();
  seen.push(`connect ${kind} ${host}:${port}`);
  if (host === 'refused.test') return socket.end(Buffer.from([5, 2, 0, 1, 0, 0, 0, 0, 0, 0]));
  const upstream = net.connect(port, '127.0.0.1', () => {
    socket.write(Buffer.from([5, 0, 0, 3, 4]));
    socket.write(Buffer.from('here\x00\x50', 'latin1'));
    upstream.pipe(socket);
    void relay(bytes, upstream);
  });
  return upstream;
}

let port = 0;
let httpPort = 0;
let socksPort = 0;
beforeAll(async () => {
  [port, httpPort, socksPort] = (await Promise.all([origin, httpProxy, socksProxy].map(listening))) as [
    number,
    number,
    number,
  ];
});
beforeEach(() => {
  seen.length = 0;
});
afterAll(() => {
  for (const server of [origin, httpProxy]) server.closeAllConnections();
  for (const server of [origin, httpProxy, socksProxy]) server.close();
});

describe('a SOCKS 5 proxy', () => {
  it('connects to the server by its name', async () => {
    const client = new Client('server.test', port);
    client.set({ socks5_host: '127.0.0.1', socks5_port: socksPort });
    expect(await client.get('/through')).toBe(true);
    expect(String(client.body)).toBe('origin /through');
    expect(seen).toEqual([`connect 3 server.test:${port}`]);
    client.close();
  });

  it('is told who asks, and may refuse', async () => {
    const client = new Client('server.test', port);
    client.set({ socks5_host: '127.0.0.1', socks5_port: socksPort });
    client.set({ socks5_username: 'user', socks5_password: 'secret' });
    expect(await client.get('/')).toBe(true);
    client.close();
    client.set({ socks5_password: 'wrong' });
    expect(await client.get('/')).toBe(false);
    expect([client.statusCode, client.errCode]).toEqual([-1, 7005]);
    expect(seen).toEqual(['login user:secret', `connect 3 server.test:${port}`, 'login user:wrong']);
    const refused = new Client('refused.test', 80);
    refused.set({ socks5_host: '127.0.0.1', socks5_port: socksPort });
    expect([await refused.get('/'), refused.statusCode, refused.errCode]).toEqual([false, -1, 7005]);
  });
});

describe('an HTTP proxy', () => {
  it('gets whole URLs, and the name and the password of who asks', async () => {
    const client = new Client('server.test', port);
    client.set({ http_proxy_host: '127.0.0.1', http_proxy_port: httpPort });
    expect([await client.get('/a?b=c'), String(client.body)]).toEqual([true, 'proxied']);
    client.set({ http_proxy_user: 'user', http_proxy_password: 'secret' });
    expect(await client.get('/')).toBe(true);
    const basic = `Basic ${Buffer.from('user:secret').toString('base64')}`;
    expect(seen).toEqual([
      `GET http://server.test:${port}/a?b=c nobody`,
      `GET http://server.test:${port}/ ${basic}`,
    ]);
    expect(client.getHeaderOut()).toContain(`Host: server.test:${port}\r\nProxy-Authorization: ${basic}\r\n`);
    client.close();
  });

  it('tunnels what is no HTTP to it', async () => {
    const client = new Coroutine.Client();
    client.set({ http_proxy_host: '127.0.0.1', http_proxy_port: httpPort });
    expect(await client.connect('server.test', port, 5)).toBe(true);
    await client.send('GET /raw HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(String(await client.recv(5))).toContain('origin /raw');
    client.close();
    expect(await client.connect('refused.test', port, 5)).toBe(false);
    expect(client.errCode).toBe(7103);
    expect(seen).toEqual([`CONNECT server.test:${port} nobody`, `CONNECT refused.test:${port} nobody`]);
  });

  it('that never answers is given up in time', async () => {
    const silent = net.createServer((socket) => void socket.on('error', () => {}));
    const client = new Coroutine.Client();
    client.set({ http_proxy_host: '127.0.0.1', http_proxy_port: await listening(silent) });
    expect(await client.connect('server.test', port, 0.02)).toBe(false);
    expect(client.errCode).toBe(110);
    silent.close();
  });
});
