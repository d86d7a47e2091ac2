// The EOF protocols on three ports: PORT checks only that what came ends with the mark (packets may arrive stuck together),
// PORT2 splits at every mark, PORT3 splits at a mark of three bytes and has a
// package_max_length below 64 KiB, which Swoole raises to 64 KiB.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, SWOOLE_SOCK_TCP } from 'swoole-ts';
import { echo, getenvInt, jsonEncode, sha1, strlen } from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({
  worker_num: 1,
  log_level: SWOOLE_LOG_NONE,
  open_eof_check: true,
  package_eof: '\r\n',
});
const split = server.listen('127.0.0.1', getenvInt('PORT2'), SWOOLE_SOCK_TCP) as Swoole.Server.Port;
split.set({ open_eof_split: true, package_eof: '\r\n' });
const small = server.listen('127.0.0.1', getenvInt('PORT3'), SWOOLE_SOCK_TCP) as Swoole.Server.Port;
small.set({ open_eof_check: true, open_eof_split: true, package_eof: '###', package_max_length: 64 });

const receiver =
  (name: string) =>
  (server: Swoole.Server, fd: number, _reactorId: number, data: Buffer): void => {
    echo(
      name,
      ' receive ',
      strlen(data) > 40 ? `${strlen(data)} bytes, sha1 ${sha1(data)}` : jsonEncode(data),
      '\n',
    );
    server.send(fd, `[${strlen(data)}]`);
  };
server.on('receive', receiver('check'));
split.on('receive', receiver('split'));
small.on('receive', receiver('small'));
server.on('close', (_server, _fd, reactorId) =>
  echo(`close from the ${reactorId < 0 ? 'server' : 'reactor'}\n`),
);
server.start();
