// UDP: one packet event per datagram with the sender's address, the keys of the client info, sendto() with its errors, send()
// by address, datagrams of length 0 and of the largest size; a TCP port beside it that can also sendto().
import * as Swoole from 'swoole-ts';
import { SWOOLE_BASE, SWOOLE_LOG_NONE, SWOOLE_SOCK_TCP, SWOOLE_SOCK_UDP, setWarningHandler } from 'swoole-ts';
import { echo, getenvInt, gettype, jsonEncode, printf, sha1, strlen } from '../lib/php.ts';

let warning = '';
setWarningHandler((_level, message) => {
  warning = ` warning: ${message}`;
  return true;
});

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_BASE, SWOOLE_SOCK_UDP);
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });
(server.listen('127.0.0.1', getenvInt('PORT2'), SWOOLE_SOCK_TCP) as Swoole.Server.Port).on(
  'receive',
  (_server, fd, _reactorId, data) => {
    const [port = '', text = ''] = data.toString().split(/ (.*)/s, 2);
    server.send(fd, jsonEncode(server.sendto('127.0.0.1', Number(port), text)));
  },
);

server.on('packet', (server, data, client) => {
  const known = Object.entries(client).map(([key, v]): [string, string] => {
    const type = gettype(v, key === 'dispatch_time');
    return [key, type === 'integer' ? 'int' : type === 'double' ? 'float' : String(v)];
  });
  printf('packet of %d bytes %s\n', strlen(data), strlen(data) < 20 ? jsonEncode(data) : sha1(data));
  if (data.toString() === 'info') {
    for (const [key, value] of known) {
      echo(`  ${key} => ${value}\n`);
    }
    printf("  server_port is the server's: %s\n", jsonEncode(client.server_port === server.port));
    server.sendto(client.address, client.port, 'via the server socket', client.server_socket);
  } else if (data.toString() === 'errors') {
    const calls: Record<string, () => boolean> = {
      empty: () => server.sendto(client.address, client.port, ''),
      'IPv6 without an IPv6 port': () => server.sendto('::1', client.port, 'x'),
      'unix without a unix port': () => server.sendto('/tmp/none.sock', 0, 'x'),
      'too large': () => server.sendto(client.address, client.port, 'x'.repeat(65508)),
      'bad address': () => server.sendto('999.1.1.1', client.port, 'x'),
      send: () => server.send(1, 'x'),
    };
    for (const [what, call] of Object.entries(calls)) {
      warning = '';
      echo(`  ${what}: `, jsonEncode(call()), warning, '\n');
    }
    server.sendto(client.address, client.port, 'done');
  } else {
    const ok = server.sendto(
      client.address,
      client.port,
      strlen(data) > 1000
        ? data.subarray(0, 65507)
        : Buffer.concat([Buffer.from(data).reverse(), Buffer.from('!')]),
    );
    printf('  sendto: %s\n', jsonEncode(ok));
  }
});
server.start();
