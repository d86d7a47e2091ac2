import dgram from 'node:dgram';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Client, request } from './client.js';
import { Queue } from './queue.js';
import { RawClient } from './raw-client.js';
import { catchWarnings, start } from './running.js';

function udpServer(host = '127.0.0.1', type: number = Swoole.SWOOLE_SOCK_UDP): Swoole.Server {
  const server = new Swoole.Server(host, 0, Swoole.SWOOLE_BASE, type);
  server.set({ log_level: Swoole.SWOOLE_LOG_NONE });
  server.on('packet', (server, data, client) =>
    server.sendto(client.address, client.port, data, client.server_socket),
  );
  return server;
}

/** A UDP client; `heard` are the datagrams it gets. */
async function udpClient(type: 'udp4' | 'udp6' = 'udp4') {
  const socket = dgram.createSocket(type);
  const heard = new Queue<Buffer>();
  socket.on('message', (data) => heard.put(data));
  await new Promise<void>((resolve) => socket.bind(0, type === 'udp4' ? '127.0.0.1' : '::1', resolve));
  onTestFinished(() => {
    socket.close();
  });
  return { socket, heard };
}

describe('a UDP server', () => {
  test('answers the sender of each datagram', async () => {
    const server = udpServer();
    await start(server);
    const first = await udpClient();
    const second = await udpClient();
    first.socket.send('from the first', server.port, '127.0.0.1');
    second.socket.send(Buffer.from([0, 255, 1]), server.port, '127.0.0.1');
    expect(String(await first.heard.next())).toBe('from the first');
    expect(await second.heard.next()).toEqual(Buffer.from([0, 255, 1]));
  });

  test('tells where a datagram came from', async () => {
    const server = udpServer();
    const told = new Queue<Swoole.PacketInfo>();
    server.on('packet', (_server, _data, client) => told.put(client));
    await start(server);
    const { socket } = await udpClient();
    socket.send('x', server.port, '127.0.0.1');
    const client = await told.next();
    expect(client).toMatchObject({
      address: '127.0.0.1',
      port: socket.address().port,
      server_port: server.port,
    });
    expect(Math.abs(client.dispatch_time - Date.now() / 1000)).toBeLessThan(5);
  });

  test('speaks IPv6', async () => {
    const server = udpServer('::1', Swoole.SWOOLE_SOCK_UDP6);
    await start(server);
    const { socket, heard } = await udpClient('udp6');
    socket.send('sixth', server.port, '::1');
    expect(String(await heard.next())).toBe('sixth');
  });

  test('gives one object with event_object', async () => {
    const server = udpServer();
    server.set({ event_object: true });
    const told = new Queue<Swoole.Server.Packet>();
    server.on('packet', ((_server: Swoole.Server, packet: Swoole.Server.Packet) =>
      told.put(packet)) as never);
    await start(server);
    const { socket } = await udpClient();
    socket.send('whole', server.port, '127.0.0.1');
    const packet = await told.next();
    expect(packet).toBeInstanceOf(Swoole.Server.Packet);
    expect([String(packet.data), packet.port]).toEqual(['whole', socket.address().port]);
  });

  test('is Node’s own socket to getSocket(), while it runs', async () => {
    const server = udpServer();
    expect(server.getSocket()).toBe(false);
    await start(server);
    expect((server.getSocket() as dgram.Socket).address().port).toBe(server.port);
    expect(server.getSocket(7)).toBe(false);
  });

  test('fails with numbers: no payload, no port of the family, no address, no port, too much', async () => {
    const server = udpServer();
    const warnings = catchWarnings();
    await start(server);
    const failure = (...args: Parameters<Swoole.Server['sendto']>) => [
      server.sendto(...args),
      Swoole.swoole_last_error(),
    ];
    expect(failure('127.0.0.1', 9, '')).toEqual([false, 550]);
    expect(failure('::1', 9, 'x')).toEqual([false, 503]);
    expect(failure('/tmp/some.sock', 0, 'x')).toEqual([false, 503]);
    expect(failure('999.1.1.1', 9, 'x')).toEqual([false, 722]);
    expect(failure('localhost', 9, 'x')).toEqual([false, 722]);
    expect(failure('127.0.0.1', 0, 'x')).toEqual([false, 723]);
    expect(failure('127.0.0.1', 9, Buffer.alloc(65508))).toEqual([false, 90]);
    expect(failure('127.0.0.1', 9, 'x', 5)).toEqual([false, 723]);
    expect(warnings).toEqual([
      'Swoole\\Server::sendto(): the data sent must not be empty',
      'Swoole\\Server::sendto(): UDP6 listener has to be added before executing sendto',
      'Swoole\\Server::sendto(): UnixDgram listener has to be added before executing sendto',
    ]);
  });

  test('refuses to start without a packet callback', async () => {
    const server = new Swoole.Server('127.0.0.1', 0, Swoole.SWOOLE_BASE, Swoole.SWOOLE_SOCK_UDP);
    await expect(server.start()).rejects.toThrow('Swoole\\Server::start(): require onPacket callback');
  });
});

describe('ports of every kind in one server', () => {
  test('serve WebSocket, HTTP, TCP and UDP side by side', async () => {
    const server = new Swoole.WebSocket.Server('127.0.0.1', 0);
    server.set({ log_level: Swoole.SWOOLE_LOG_NONE });
    const told = new Queue<string>();
    server.on('message', (_server, frame) => told.put(`message ${frame.data}`));
    server.on('request', (_request, response) => response.end('http'));
    const tcp = server.listen('127.0.0.1', 0, Swoole.SWOOLE_SOCK_TCP) as Swoole.Server.Port;
    tcp.set({ open_eof_split: true, package_eof: '\n' });
    const udp = server.listen('127.0.0.1', 0, Swoole.SWOOLE_SOCK_UDP) as Swoole.Server.Port;
    tcp.on('receive', (_server, fd, _reactorId, data) => {
      told.put(`receive ${data}`);
      server.send(fd, `tcp ${server.getClientInfo(fd) !== false}`);
    });
    udp.on('packet', (_server, data, client) => {
      told.put(`packet ${data}`);
      server.sendto(client.address, client.port, 'udp');
    });
    await start(server);

    const raw = await RawClient.connect(tcp.port);
    raw.write('one\n');
    expect(await told.next()).toBe('receive one\n');
    expect(await raw.hear('tcp true')).toBe('tcp true');
    const { socket, heard } = await udpClient();
    socket.send('two', udp.port, '127.0.0.1');
    expect(await told.next()).toBe('packet two');
    expect(String(await heard.next())).toBe('udp');
    expect(String((await request(server.port)).body)).toBe('http');
    (await Client.open(server.port)).send('three');
    expect(await told.next()).toBe('message three');
    expect([server.push(1, 'not a WebSocket'), server.isEstablished(1)]).toEqual([false, false]);
  });
});
