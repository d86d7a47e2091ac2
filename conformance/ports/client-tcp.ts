// Coroutine\Client over TCP and UDP against servers of the scenario's client (PORT2 echoes, PORT3 is UDP): connect, send, recv,
// packets by EOF and by length, peek, time limits, the end of the connection, nobody listening, misuse, addresses.
import * as Swoole from 'swoole-ts';
import { Coroutine, SWOOLE_SOCK_TCP, SWOOLE_SOCK_UDP } from 'swoole-ts';
import { go } from 'swoole-ts/shortnames';
import {
  bin2hex,
  getenvInt,
  jsonEncode,
  SOCKET_ECONNREFUSED,
  SOCKET_ETIMEDOUT,
  sprintf,
} from '../lib/php.ts';

const { Client } = Coroutine;

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE });
server.on('receive', async (server: Swoole.Server, fd: number) => {
  const lines: string[] = [];
  const say = (format: string, ...values: unknown[]) => {
    const texts = values.map((v) => (typeof v === 'string' || v instanceof Uint8Array ? v : jsonEncode(v)));
    lines.push(sprintf(format, ...texts));
  };
  const port = getenvInt('PORT2');
  Swoole.setWarningHandler((_level, message) => {
    lines.push(`  warning: ${message}`);
    return true;
  });

  const client = new Client(SWOOLE_SOCK_TCP);
  say('new: connected %s errCode %s', client.isConnected(), client.errCode);
  say('send before connect: %s errCode %s', await client.send('x'), client.errCode);
  say('connect: %s connected %s', await client.connect('127.0.0.1', port, 0.5), client.isConnected());
  say('connect again: %s errCode %s', await client.connect('127.0.0.1', port, 0.5), client.errCode);
  const peer = client.getpeername() || { host: '', address: '', port: 0 };
  say(
    'getpeername keys %s, the address %s, the port is PORT2 %s',
    Object.keys(peer).join(' '),
    peer.host,
    peer.port === port,
  );
  say('getsockname keys %s', Object.keys(client.getsockname()).join(' '));
  say('send: %s, recv: %s', await client.send('hello'), jsonEncode(await client.recv(0.5)));
  say('send empty: %s', await client.send(''));
  await client.send('peek at this');
  await Coroutine.sleep(0.05);
  say(
    'peek %s, peek %s, recv %s',
    jsonEncode(client.peek(4)),
    jsonEncode(client.peek()),
    jsonEncode(await client.recv(0.5)),
  );
  const started = performance.now();
  say(
    'nothing in time: %s ETIMEDOUT %s, in time %s, connected %s',
    await client.recv(0.05),
    client.errCode === SOCKET_ETIMEDOUT,
    (performance.now() - started) / 1000 < 0.5,
    client.isConnected(),
  );
  await client.send('bye');
  say('bye: %s', jsonEncode(await client.recv(0.5)));
  say('after the end: %s connected %s', jsonEncode(await client.recv(0.5)), client.isConnected());
  say('close: %s, again %s', client.close(), client.close());

  const eof = new Client(SWOOLE_SOCK_TCP);
  say('set: %s', eof.set({ open_eof_check: true, package_eof: '\r\n', timeout: 0.2 }));
  await eof.connect('127.0.0.1', port);
  await eof.send('one\r\ntwo\r\nthr');
  say('eof: %s %s', jsonEncode(await eof.recv()), jsonEncode(await eof.recv()));
  say('eof, incomplete: %s', await eof.recv(0.05));
  await eof.send('ee\r\n');
  say('eof, then: %s', jsonEncode(await eof.recv()));
  eof.close();

  const length = new Client(SWOOLE_SOCK_TCP);
  length.set({
    open_length_check: true,
    package_length_type: 'n',
    package_length_offset: 0,
    package_body_offset: 2,
    timeout: 0.2,
  });
  await length.connect('127.0.0.1', port);
  const pack = (body: string) => Buffer.concat([Buffer.from([0, body.length]), Buffer.from(body)]);
  await length.send(Buffer.concat([pack('first'), pack(''), pack('second').subarray(0, 5)]));
  say('length: %s %s', (await length.recv()).toString().slice(2), bin2hex((await length.recv()) || ''));
  await length.send(pack('second').subarray(5));
  say('length: %s', (await length.recv()).toString().slice(2));
  length.close();

  const nobody = new Client(SWOOLE_SOCK_TCP);
  const ok = await nobody.connect('127.0.0.1', 1, 0.5);
  say('nobody: %s ECONNREFUSED %s %s', ok, nobody.errCode === SOCKET_ECONNREFUSED, nobody.errMsg);
  say('a refused one can connect later: %s', await nobody.connect('127.0.0.1', port, 0.5));
  nobody.close();

  let udp = new Client(SWOOLE_SOCK_UDP);
  say('udp sendto: %s', await udp.sendto('127.0.0.1', getenvInt('PORT3'), 'datagram'));
  const from: { address?: string; port?: number } = {};
  say(
    'udp recvfrom: %s from %s, the port is PORT3 %s',
    jsonEncode(await udp.recvfrom(100, from)),
    from.address,
    from.port === getenvInt('PORT3'),
  );
  udp.close();
  udp = new Client(SWOOLE_SOCK_UDP);
  say(
    'udp connect: %s send %s recv %s',
    await udp.connect('127.0.0.1', getenvInt('PORT3')),
    await udp.send('again'),
    jsonEncode(await udp.recv(0.5)),
  );
  udp.close();

  // two coroutines on one client: one reads, one writes
  const shared = new Client(SWOOLE_SOCK_TCP);
  await shared.connect('127.0.0.1', port, 0.5);
  let got = '';
  const reader = go(async () => {
    while (got.length < 9) {
      got += await shared.recv(0.5);
    }
  });
  for (const part of ['abc', 'def', 'ghi']) {
    await shared.send(part);
    await Coroutine.sleep(0.01);
  }
  await Coroutine.join([Number(reader)]);
  say('reader and writer: %s', got);
  shared.close();
  server.send(fd, `${lines.join('\n')}\nend\n`);
});
await server.start();
