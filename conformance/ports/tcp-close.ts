// Who closes a connection and what close() answers: by the server in receive and in connect, twice, after a send, by another
// connection, with reset; the client's half close. The close event runs inside close(), and its third argument is
// negative when it was the server that closed.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, swoole_last_error } from 'swoole-ts';
import { echo, getenvInt, jsonEncode, printf } from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });
let refuse = false;

server.on('connect', (server, fd, _reactorId) => {
  echo(`connect ${fd}\n`);
  if (refuse) {
    refuse = false;
    printf('close in connect: %s\n', jsonEncode(server.close(fd)));
  }
});
server.on('receive', (server, fd, _reactorId, data) => {
  echo(`receive ${fd} ${data}\n`);
  switch (data.toString()) {
    case 'close me':
      server.send(fd, 'last words');
      printf('close: %s\n', jsonEncode(server.close(fd)));
      printf('close again: %s, error %d\n', jsonEncode(server.close(fd)), swoole_last_error());
      printf('exist: %s, send: %s\n', jsonEncode(server.exist(fd)), jsonEncode(server.send(fd, 'more')));
      break;
    case 'reset me':
      server.send(fd, 'these words may get lost');
      printf('close with reset: %s\n', jsonEncode(server.close(fd, true)));
      break;
    case 'close the others':
      for (const other of server.connections) {
        if (other !== fd) {
          printf('close %d: %s\n', other, jsonEncode(server.close(other)));
        }
      }
      break;
    case 'refuse the next':
      refuse = true;
      break;
    case 'big and close':
      server.send(fd, 'x'.repeat(1 << 20));
      printf('close with a full buffer: %s\n', jsonEncode(server.close(fd)));
      break;
  }
  echo(`end of receive ${fd}\n`);
});
server.on('close', (server, fd, reactorId) => {
  printf(
    'close event %d by the %s, connections %d\n',
    fd,
    reactorId < 0 ? 'server' : 'client',
    server.connections.count(),
  );
});
server.start();
