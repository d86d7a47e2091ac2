// heartbeat_check_interval and heartbeat_idle_time: connections that say nothing are closed, those that speak or are protected
// stay; heartbeat(false) lists the idle ones, of which there is none left.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { getenvInt, jsonEncode, printf } from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({
  worker_num: 1,
  log_level: SWOOLE_LOG_NONE,
  heartbeat_check_interval: 1,
  heartbeat_idle_time: 1,
});
server.on('receive', (server, fd, _reactorId, data) => {
  switch (data.toString()) {
    case 'protect':
      printf('protect %d %s\n', fd, jsonEncode(server.protect(fd)));
      break;
    case 'unprotect':
      printf('unprotect %d %s\n', fd, jsonEncode(server.protect(fd, false)));
      break;
    case 'ask':
      printf('heartbeat(false): %s\n', jsonEncode(server.heartbeat(false)));
      break;
  }
  server.send(fd, 'ok');
});
server.on('close', (_server, fd, reactorId) =>
  printf('close %d %s\n', fd, reactorId < 0 ? 'from the server' : 'from the reactor'),
);
server.start();
