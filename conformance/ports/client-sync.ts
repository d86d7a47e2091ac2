// Swoole\Client, the client whose calls block, against servers of the scenario's client (PORT2 echoes, nobody listens on PORT3):
// connect, send, recv with its size and flags, packets by EOF and by length, the end of the connection, time limits, misuse with its
// warnings and error numbers, addresses, connections that are kept, and swoole_client_select().
import { writeFileSync } from 'node:fs';
import * as Swoole from 'swoole-ts';
import {
  Client,
  SWOOLE_KEEP,
  SWOOLE_LOG_NONE,
  SWOOLE_SOCK_ASYNC,
  SWOOLE_SOCK_SYNC,
  SWOOLE_SOCK_TCP,
  setWarningHandler,
  swoole_client_select,
  swoole_last_error,
  swoole_select,
} from 'swoole-ts';
import {
  bin2hex,
  className,
  getenvInt,
  jsonEncode,
  ksort,
  SOCKET_ECONNREFUSED,
  sprintf,
  sysGetTempDir,
  tempnam,
  unlink,
} from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });
server.on('receive', async (server: Swoole.Server, fd: number) => {
  const lines: string[] = [];
  const say = (format: string, ...values: unknown[]) => {
    lines.push(sprintf(format, ...values.map((v) => jsonEncode(v))));
  };
  const port = getenvInt('PORT2');
  const nobody = getenvInt('PORT3');
  setWarningHandler((_level, message) => {
    lines.push(`  warning: ${message.replace(/send\(\d+\)/, 'send(FD)')}`);
    return true;
  });

  let client = new Client(SWOOLE_SOCK_TCP);
  say(
    'new: type %s sock %s errCode %s id %s setting %s reuse %s',
    client.type,
    client.sock,
    client.errCode,
    client.id,
    client.setting,
    client.reuse,
  );
  say('isConnected %s', client.isConnected());
  say('send before connect: %s errCode %s', await client.send('x'), client.errCode);
  say('recv before connect: %s', await client.recv());
  say('close before connect: %s', client.close());
  say('getsockname before connect: %s', client.getsockname());
  say('connect without a host: %s', await client.connect('', port));
  say('connect without a port: %s last error %s', await client.connect('127.0.0.1'), swoole_last_error());
  say(
    'connect: %s connected %s sock %s',
    await client.connect('127.0.0.1', port, 0.2),
    client.isConnected(),
    client.sock > 0,
  );
  say('connect again: %s', await client.connect('127.0.0.1', port, 0.2));
  const peer = ksort(client.getpeername() as Client.SocketName);
  say('getpeername %s', peer);
  const name = ksort(client.getsockname() as Client.SocketName);
  say('getsockname keys %s, host %s', Object.keys(name), name.host);
  say('send %s', await client.send('hello'));
  say('recv %s', await client.recv());
  say('send nothing: %s', await client.send(''));
  await client.send('one two three');
  say('recv(3) %s', await client.recv(3));
  say('recv(4, MSG_PEEK) %s', await client.recv(4, Client.MSG_PEEK));
  say('recv(4) %s', await client.recv(4));
  say('recv(6, MSG_WAITALL) %s', await client.recv(6, Client.MSG_WAITALL));
  say('recv(5, MSG_DONTWAIT) %s errCode %s', await client.recv(5, Client.MSG_DONTWAIT), client.errCode);
  const started = performance.now();
  say('nothing in time: %s errCode %s', await client.recv(), client.errCode);
  const took = (performance.now() - started) / 1000;
  say('in time %s, connected %s', took > 0.1 && took < 1.5, client.isConnected());
  await client.send('still here');
  say('after it: %s', await client.recv());
  say('sendto: %s errCode %s', await client.sendto('127.0.0.1', port, 'x'), client.errCode);
  say('getPeerCert: %s', client.getPeerCert());
  say('verifyPeerCert: %s', client.verifyPeerCert());
  await client.send('bye');
  say('bye: %s', await client.recv(7, Client.MSG_WAITALL));
  say('the end: %s connected %s', await client.recv(), client.isConnected());
  say('the end again: %s', await client.recv());
  say('close: %s', client.close());
  say('close again: %s', client.close());
  say('connected %s', client.isConnected());
  say('connect after close: %s', await client.connect('127.0.0.1', port, 0.2));
  await client.send('again');
  say('recv %s', await client.recv());
  say('shutdown of writing: %s', client.shutdown(Client.SHUT_WR));
  say('and again: %s', client.shutdown(Client.SHUT_WR));
  say('recv: %s', await client.recv());
  client.close();

  const file = tempnam(sysGetTempDir(), 'swoole');
  writeFileSync(file, 'the text of a file');
  client = new Client(SWOOLE_SOCK_TCP);
  await client.connect('127.0.0.1', port, 0.2);
  say('sendfile: %s', await client.sendfile(file));
  say('recv %s', await client.recv(18, Client.MSG_WAITALL));
  say('sendfile from 4, 4 bytes: %s', await client.sendfile(file, 4, 4));
  say('recv %s', await client.recv(4, Client.MSG_WAITALL));
  say('sendfile without a name: %s', await client.sendfile(''));
  say('sendfile of what is not there: %s errCode %s', await client.sendfile(`${file}.none`), client.errCode);
  client.close();
  unlink(file);

  const eof = new Client(SWOOLE_SOCK_TCP);
  say('set: %s', eof.set({ open_eof_check: true, package_eof: '\r\n' }));
  say('setting %s', eof.setting);
  await eof.connect('127.0.0.1', port, 0.2);
  await eof.send('one\r\ntwo\r\nthree\r\n');
  say('eof: %s', await eof.recv());
  say('eof: %s', await eof.recv());
  say('eof: %s', await eof.recv());
  await eof.send('incomplete');
  say('eof: %s errCode %s', await eof.recv(), eof.errCode);
  eof.close();

  const length = new Client(SWOOLE_SOCK_TCP);
  length.set({
    open_length_check: true,
    package_length_type: 'n',
    package_length_offset: 0,
    package_body_offset: 2,
    package_max_length: 1024,
  });
  await length.connect('127.0.0.1', port, 0.2);
  const packN = (number: number) => Buffer.from([number >> 8, number & 255]);
  const pack = (body: string) => Buffer.concat([packN(body.length), Buffer.from(body)]);
  await length.send(Buffer.concat([pack('first'), pack(''), pack('second')]));
  say('length: %s', bin2hex((await length.recv()) || ''));
  say('length: %s', bin2hex((await length.recv()) || ''));
  say('length: %s', bin2hex((await length.recv()) || ''));
  await length.send(Buffer.concat([packN(2000), Buffer.from('too long')]));
  say('too long: %s', await length.recv());
  length.close();

  client = new Client(SWOOLE_SOCK_TCP);
  say(
    'nobody listens: %s errCode %s ECONNREFUSED %s',
    await client.connect('127.0.0.1', nobody, 0.2),
    client.errCode,
    SOCKET_ECONNREFUSED,
  );
  say('connected %s', client.isConnected());
  say('it can connect later: %s', await client.connect('127.0.0.1', port, 0.2));
  client.close();

  for (const type of [0, 99]) {
    try {
      new Client(type);
      say('no exception for %s', type);
    } catch (e) {
      say('%s: %s', className(e as Error), (e as Error).message);
    }
  }
  try {
    new Client(SWOOLE_SOCK_TCP, SWOOLE_SOCK_ASYNC);
  } catch (e) {
    say('%s: %s', className(e as Error), (e as Error).message);
  }

  // a connection that is kept: the next client gets it
  let keep = new Client(SWOOLE_SOCK_TCP | SWOOLE_KEEP);
  say('keep: %s reuse %s count %s', await keep.connect('127.0.0.1', port, 0.2), keep.reuse, keep.reuseCount);
  const first = keep.getsockname();
  say('close: %s', keep.close());
  say('connected %s', keep.isConnected());
  keep = new Client(SWOOLE_SOCK_TCP | SWOOLE_KEEP);
  say('keep: %s reuse %s count %s', await keep.connect('127.0.0.1', port, 0.2), keep.reuse, keep.reuseCount);
  say('the same connection %s', jsonEncode(keep.getsockname()) === jsonEncode(first));
  await keep.send('kept');
  say('recv %s', await keep.recv());
  const other = new Client(SWOOLE_SOCK_TCP | SWOOLE_KEEP, SWOOLE_SOCK_SYNC, 'other');
  say('another id: %s reuse %s id %s', await other.connect('127.0.0.1', port, 0.2), other.reuse, other.id);
  say('close for good: %s', other.close(true));
  say('close for good: %s', keep.close(true));
  keep = new Client(SWOOLE_SOCK_TCP | SWOOLE_KEEP);
  say('keep: %s reuse %s count %s', await keep.connect('127.0.0.1', port, 0.2), keep.reuse, keep.reuseCount);
  keep.close(true);

  // several clients at once
  const clients: Record<string, Client> = {};
  for (const key of ['a', 'b', 'c']) {
    clients[key] = new Client(SWOOLE_SOCK_TCP);
    await clients[key].connect('127.0.0.1', port, 0.2);
  }
  let read = { ...clients };
  let write: Record<string, Client> | null = null;
  const except = null;
  say('select, nothing to read: %s', await swoole_client_select(read, write, except, 0.05));
  say('left %s', Object.keys(read));
  await clients.b?.send('for b');
  read = { ...clients };
  say('select: %s', await swoole_client_select(read, write, except, 0.2));
  say('left %s', Object.keys(read));
  say('recv %s', await read.b?.recv());
  write = { a: clients.a as Client, b: clients.b as Client };
  read = {};
  say('select for writing: %s', await swoole_select(read, write, except, 0.2));
  say('left %s %s', Object.keys(read), Object.keys(write));
  const none: Client[] = [];
  say('select of nothing: %s', await swoole_client_select(none, none, none, 0.2));
  for (const client of Object.values(clients)) {
    client.close();
  }
  server.send(fd, `${lines.join('\n')}\nend\n`);
});
await server.start();
