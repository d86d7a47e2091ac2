import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import {
  Coroutine,
  SWOOLE_SSL_TLSv1,
  SWOOLE_SSL_TLSv1_2,
  SWOOLE_WEBSOCKET_OPCODE_BINARY,
  WebSocket,
} from '../../../src/index.js';

const { Client } = Coroutine.Http;
let folder = '';
let port = 0;
let connections = 0;
let asked = 0;
let open = 0;

const server = http.createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  const url = new URL(request.url ?? '', 'http://here');
  switch (url.pathname) {
    case '/gzip':
      response.setHeader('Content-Encoding', 'gzip');
      response.end(gzipSync(Buffer.alloc(Number(url.searchParams.get('size')), 'x')));
      break;
    case '/silent':
      break;
    case '/busy':
      asked++;
      response.statusCode = asked < 3 ? 503 : 200;
      response.end(`asked ${asked}`);
      break;
    case '/broken':
      response.setHeader('Content-Encoding', 'gzip');
      response.end('this is not gzip');
      break;
    case '/raw-deflate':
      response.setHeader('Content-Encoding', 'deflate');
      response.end(deflateRawSync('deflated'));
      break;
    case '/odd-cookies':
      response.setHeader('Set-Cookie', ['nameless; Path=/', 'a=1=2', 'another', 'b=%41+c']);
      response.end();
      break;
    case '/names':
      response.writeHead(200, ['X-MIXED', '1', '__proto__', 'x', 'x-mixed', '2']);
      response.end();
      break;
    case '/cookie':
      response.setHeader('Set-Cookie', ['session=a%20b; HttpOnly', 'theme=dark']);
      response.end('set');
      break;
    default:
      response.setHeader('X-Method', request.method ?? '');
      response.setHeader('X-Type', request.headers['content-type'] ?? '');
      response.setHeader('X-Cookie', request.headers.cookie ?? '');
      response.setHeader('X-Auth', request.headers.authorization ?? '');
      response.end(body);
  }
});
const sockets = new WebSocketServer({ server, path: '/chat' });
sockets.on('connection', (socket) => {
  socket.on('message', (data: Buffer, binary) => {
    if (!binary && String(data) === 'bye') socket.close(4000, 'see you');
    else socket.send(data, { binary });
  });
});

beforeAll(async () => {
  server.on('connection', (socket) => {
    connections++;
    open++;
    socket.on('close', () => open--);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  folder = await mkdtemp(path.join(tmpdir(), 'swoole-ts-'));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

describe('Coroutine.Http.Client', () => {
  it('keeps its connection, and the cookies it was given', async () => {
    const before = connections;
    const client = new Client('127.0.0.1', port);
    expect([client.statusCode, client.connected, client.headers, client.body.length]).toEqual([
      0,
      false,
      null,
      0,
    ]);
    expect(await client.get('/cookie')).toBe(true);
    expect(client.cookies).toEqual({ session: 'a b', theme: 'dark' });
    expect(client.set_cookie_headers).toHaveLength(2);
    await client.post('/echo', { name: 'Jo & Jo', list: ['x', 'y'], no: false, none: null });
    expect(String(client.body)).toBe('name=Jo+%26+Jo&list%5B0%5D=x&list%5B1%5D=y&no=0');
    expect(client.headers).toMatchObject({
      'x-method': 'POST',
      'x-type': 'application/x-www-form-urlencoded',
      'x-cookie': 'session=a+b; theme=dark',
    });
    expect(connections).toBe(before + 1);
    expect(client.getpeername()).toEqual({ address: '127.0.0.1', port });
    expect(client.close()).toBe(true);
    expect(client.close()).toBe(false);
  });

  it('sends bytes as they are, with the method that was set', async () => {
    const client = new Client('127.0.0.1', port);
    const bytes = Buffer.from([0, 255, 128]);
    client.setMethod('PUT');
    client.setData(bytes);
    client.setBasicAuth('user', 'secret');
    await client.execute('/echo');
    expect(client.getBody()).toEqual(bytes);
    expect(client.headers).toMatchObject({ 'x-method': 'PUT', 'x-auth': 'Basic dXNlcjpzZWNyZXQ=' });
    expect(client.getHeaderOut()).toMatch(/^PUT \/echo HTTP\/1.1\r\nHost: 127.0.0.1:\d+\r\n/);
    client.close();
  });

  it('uploads files with fields, whatever their names are', async () => {
    const file = path.join(folder, 'my.txt');
    await writeFile(file, 'content');
    const client = new Client('127.0.0.1', port);
    expect(client.addFile(file, 'doc"\r\nX: y')).toBe(true);
    expect(client.addFile(path.join(folder, 'missing'), 'missing')).toBe(false);
    client.addData('<p>', 'page', 'text/html', 'page.html');
    await client.post('/echo', { field: 'value' });
    const body = String(client.body);
    expect(client.headers?.['x-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(body).toContain(
      'name="doc%22%0D%0AX: y"; filename="my.txt"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n',
    );
    expect(body).toContain('name="page"; filename="page.html"\r\nContent-Type: text/html\r\n\r\n<p>\r\n');
    expect(body).toContain('name="field"\r\n\r\nvalue\r\n');
    client.close();
  });

  it('writes downloads into files', async () => {
    const file = path.join(folder, 'download');
    const client = new Client('127.0.0.1', port);
    client.setData('downloaded');
    expect(await client.download('/echo', file)).toBe(true);
    expect(String(await readFile(file))).toBe('downloaded');
    client.setData('!!');
    expect(await client.download('/echo', file, 8)).toBe(true);
    expect(String(await readFile(file))).toBe('download!!');
    expect(await client.download('/echo', path.join(folder, 'no', 'such'))).toBe(false);
    client.close();
  });

  it('unpacks bodies, up to the length that is allowed', async () => {
    const client = new Client('127.0.0.1', port);
    client.set({ package_max_length: 1_000_000 });
    expect(await client.get('/gzip?size=1000000')).toBe(true);
    expect(client.body).toHaveLength(1_000_000);
    expect(await client.get('/gzip?size=1000001')).toBe(false);
    expect([client.statusCode, client.body.length]).toEqual([-3, 0]);
    client.close();
  });

  it('unpacks downloads, and leaves alone what it cannot unpack', async () => {
    const file = path.join(folder, 'unpacked');
    const client = new Client('127.0.0.1', port);
    expect(await client.download('/gzip?size=300000', file)).toBe(true);
    expect(String(await readFile(file))).toBe('x'.repeat(300_000));
    expect([client.body.length, client.downloadFile]).toEqual([0, null]);
    await client.get('/raw-deflate');
    expect(String(client.body)).toBe('deflated');
    expect([await client.get('/broken'), String(client.body)]).toEqual([true, 'this is not gzip']);
    client.set({ body_decompression: false });
    await client.get('/gzip?size=10');
    expect(gunzipSync(client.body).length).toBe(10);
    client.close();
  });

  it('gives the body piece by piece to a function, whose error comes out of the call', async () => {
    const pieces: string[] = [];
    const client = new Client('127.0.0.1', port);
    client.set({ write_func: (from, piece) => pieces.push(`${from === client} ${piece}`) });
    client.setData('in pieces');
    expect(await client.execute('/echo')).toBe(true);
    expect([pieces, client.body.length]).toEqual([['true in pieces'], 0]);
    client.set({
      write_func: () => {
        throw new RangeError('enough');
      },
    });
    await expect(client.execute('/echo')).rejects.toThrow('enough');
    expect(client.connected).toBe(false);
  });

  it('asks again while the server is busy, as often as it may', async () => {
    const client = new Client('127.0.0.1', port);
    client.set({ max_retries: 1 });
    expect([await client.get('/busy'), client.statusCode]).toEqual([false, 503]);
    expect(await client.get('/busy')).toBe(true);
    expect(String(client.body)).toBe('asked 3');
    client.close();
  });

  it('gives headers under their names, whatever these are', async () => {
    const client = new Client('127.0.0.1', port);
    await client.get('/names');
    expect(client.headers?.['x-mixed']).toEqual(['1', '2']);
    expect(Object.entries(client.headers ?? {})).toContainEqual(['__proto__', 'x']);
    client.set({ lowercase_header: false });
    await client.get('/names');
    expect([client.headers?.['X-MIXED'], client.headers?.['x-mixed']]).toEqual(['1', '2']);
    client.close();
  });

  it('keeps cookies as PHP does, those without a name by number, and writes header values as PHP does', async () => {
    const client = new Client('127.0.0.1', port);
    await client.get('/odd-cookies');
    expect(client.cookies).toEqual({ 0: 'nameless', a: '1=2', 1: 'another', b: 'A c' });
    const values = { 'X-Null': null, 'X-Number': 5, 'X-True': true, 'Content-Length': '7' };
    client.setHeaders(values as unknown as Record<string, string>);
    await client.get('/echo');
    expect(client.getHeaderOut()).toContain('\r\nX-Number: 5\r\nX-True: 1\r\nConnection');
    expect(client.getHeaderOut()).toMatch(/\r\nContent-Length: 0$/);
    client.close();
  });

  it('speaks TLS, and trusts no certificate that it was not told to', async () => {
    const keys = new URL('../../fixtures/tls/', import.meta.url).pathname;
    const options = { cert: await readFile(`${keys}a.crt`), key: await readFile(`${keys}a.key`) };
    const names: unknown[] = [];
    const versions: unknown[] = [];
    const secure = https.createServer(options, (request, response) => {
      names.push((request.socket as TLSSocket).servername);
      versions.push((request.socket as TLSSocket).getProtocol());
      response.end('secret');
    });
    secure.listen(0, '127.0.0.1');
    await once(secure, 'listening');
    const client = new Client('localhost', (secure.address() as AddressInfo).port, true);
    expect([await client.get('/'), client.statusCode, client.errCode]).toEqual([false, -1, 1014]);
    client.set({ ssl_cafile: '/no/such/file' });
    expect([await client.get('/'), client.errCode]).toEqual([false, 1019]);
    client.set({ ssl_verify_peer: false, ssl_cafile: `${keys}a.crt` });
    expect([await client.get('/'), String(client.body)]).toEqual([true, 'secret']);
    expect(client.getPeerCert()).toContain('BEGIN CERTIFICATE');
    expect(names).toEqual(['localhost']);
    client.close();
    const { port: securePort } = secure.address() as AddressInfo;
    const lenient = new Client('localhost', securePort, true);
    lenient.set({ ssl_allow_self_signed: true, ssl_protocols: SWOOLE_SSL_TLSv1_2 });
    expect(await lenient.get('/')).toBe(true);
    expect(versions).toEqual(['TLSv1.3', 'TLSv1.2']);
    lenient.close();
    const old = new Client('localhost', securePort, true);
    old.set({ ssl_verify_peer: false, ssl_protocols: SWOOLE_SSL_TLSv1, ssl_ciphers: 'AES128-SHA' });
    expect([await old.get('/'), old.statusCode, old.errCode]).toEqual([false, -1, 1018]);
    secure.close();
  });

  it('says what is wrong without a connection, a path or a host', async () => {
    const client = new Client('127.0.0.1', port);
    expect([client.getpeername(), client.errCode, client.errMsg]).toEqual([
      false,
      5001,
      'Client no connection',
    ]);
    expect([
      await client.recv(),
      client.push('x'),
      client.ping(),
      client.disconnect(),
      client.close(),
    ]).toEqual(Array(5).fill(false));
    expect([await client.get(''), client.errCode, client.errMsg]).toEqual([false, 505, 'Invalid params']);
    expect(client.set({})).toBe(false);
    expect(() => new Client('')).toThrow(Client.Exception);
    expect(() => new Client('')).toThrow('host is empty');
  });

  it('takes no answer for that to another question', async () => {
    const talkative = net.createServer((socket) => {
      socket.once('data', () => {
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb',
        );
      });
    });
    talkative.listen(0, '127.0.0.1');
    await once(talkative, 'listening');
    const client = new Client('127.0.0.1', (talkative.address() as AddressInfo).port);
    for (let i = 0; i < 2; i++) expect([await client.get('/'), String(client.body)]).toEqual([true, 'a']);
    client.close();
    talkative.close();
  });

  it('gives up in time, closes, and works again', async () => {
    const client = new Client('127.0.0.1', port);
    client.set({ timeout: 0.02 });
    expect(await client.get('/silent')).toBe(false);
    expect([client.statusCode, client.errCode, client.errMsg, client.connected]).toEqual([
      -2,
      110,
      'Connection timed out',
      false,
    ]);
    client.set({ timeout: 5 });
    expect(await client.get('/echo')).toBe(true);
    expect([client.errCode, client.connected]).toEqual([0, true]);
    client.close();
  });

  it('tells why there is no answer', async () => {
    const nobody = http.createServer().listen(0, '127.0.0.1');
    await once(nobody, 'listening');
    const { port: free } = nobody.address() as AddressInfo;
    nobody.close();
    await once(nobody, 'close');
    const client = new Client('127.0.0.1', free);
    expect(await client.get('/')).toBe(false);
    expect([client.statusCode, client.errCode, client.errMsg]).toEqual([-1, 111, 'Connection refused']);
    expect(await client.upgrade('/')).toBe(false);
    expect([client.statusCode, client.errCode]).toEqual([-1, 111]);
  });

  it('sends nothing that would break the lines of a request', async () => {
    const client = new Client('127.0.0.1', port);
    client.setHeaders({ 'X-Own': 'a\r\nX-Other: b' });
    expect(await client.get('/echo')).toBe(false);
    expect([client.statusCode, client.errCode]).toEqual([-4, 22]);
    client.setHeaders({});
    expect(await client.get('/echo HTTP/1.1\r\nX: y')).toBe(false);
    expect(await client.get('/echo')).toBe(true);
    client.close();
  });

  it('refuses a second request while it waits for an answer', async () => {
    const client = new Client('127.0.0.1', port);
    const first = client.get('/echo');
    await expect(client.get('/echo')).rejects.toThrow('waiting for an answer already');
    expect(await first).toBe(true);
    client.close();
  });

  it('waits for its answer later with setDefer()', async () => {
    const clients = [1, 2, 3].map((n) => {
      const client = new Client('127.0.0.1', port);
      client.setDefer();
      client.setData(`answer ${n}`);
      return client;
    });
    for (const client of clients) expect(await client.execute('/echo')).toBe(true);
    for (const client of clients) expect(await client.recv()).toBe(true);
    expect(clients.map(({ body }) => String(body))).toEqual(['answer 1', 'answer 2', 'answer 3']);
    for (const client of clients) client.close();
  });

  it('may be cancelled, and leaves no connection behind', async () => {
    await Coroutine.run(async () => {
      const client = new Client('127.0.0.1', port);
      let result: unknown;
      const id = Coroutine.go(async () => {
        result = await client.get('/silent');
      }) as number;
      await Coroutine.cancel(id);
      expect(result).toBe(false);
      expect(client.connected).toBe(false);
    });
  });
});

describe('Coroutine.Http.Client as a WebSocket', () => {
  it('sends and receives text, bytes, and the end', async () => {
    const client = new Client('127.0.0.1', port);
    client.set({ open_websocket_close_frame: true });
    expect(await client.upgrade('/chat')).toBe(true);
    expect([client.statusCode, client.connected]).toEqual([101, true]);
    client.push('text');
    client.push(Buffer.from([1, 2]), SWOOLE_WEBSOCKET_OPCODE_BINARY);
    const text = (await client.recv(5)) as WebSocket.Frame;
    expect([text.data, text.opcode, text.finish]).toEqual(['text', 1, true]);
    const bytes = (await client.recv(5)) as WebSocket.Frame;
    expect([bytes.data, bytes.opcode]).toEqual([Buffer.from([1, 2]), 2]);
    expect(await client.recv(0.005)).toBe(false);
    expect(client.errCode).toBe(110);
    client.push('bye');
    const close = await client.recv(5);
    expect(close).toBeInstanceOf(WebSocket.CloseFrame);
    expect(close).toMatchObject({ code: 4000, reason: 'see you' });
    expect(await client.recv(5)).toBe('');
    expect([client.connected, client.push('late')]).toEqual([false, false]);
  });

  it('tells the status of a server that refuses', async () => {
    const client = new Client('127.0.0.1', port);
    expect(await client.upgrade('/no-chat')).toBe(true);
    expect([client.statusCode, client.push('x')]).toEqual([400, false]);
    client.close();
  });
});

describe('Coroutine.Http.request', () => {
  it('gives the answer of one request, and throws when there is none', async () => {
    const { get, post } = Coroutine.Http;
    const answer = await post(
      `http://127.0.0.1:${port}/echo?x=1`,
      { a: 'b' },
      null,
      { 'X-Own': '1' },
      { c: 'd' },
    );
    expect([answer.getStatusCode(), String(answer.getBody())]).toEqual([200, 'a=b']);
    expect(answer.getHeaders()['x-cookie']).toBe('c=d');
    await expect(get(`http://127.0.0.1:${port}/silent`, { timeout: 0.01 })).rejects.toMatchObject({
      code: 110,
    });
  });

  it('takes URLs of HTTP only', async () => {
    const { get, request, Client } = Coroutine.Http;
    await expect(get('/no/scheme')).rejects.toThrow('The URL given is illegal [no scheme]');
    await expect(get('ftp://127.0.0.1/')).rejects.toThrow('unknown scheme "ftp"');
    await expect(get('ftp://127.0.0.1/')).rejects.toBeInstanceOf(Client.Exception);
    const answer = await request(`http://127.0.0.1:${port}`, 'PUT', 'text');
    expect([answer.getHeaders()['x-method'], String(answer.getBody())]).toEqual(['PUT', 'text']);
  });

  it('leaves no connection behind', async () => {
    server.closeIdleConnections();
    for (let i = 0; i < 100 && open > 0; i++) await new Promise(setImmediate);
    expect(open).toBe(0);
  });
});
