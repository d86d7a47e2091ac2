// enable_delay_receive: nothing is read from a new connection until confirm(). pause() and resume() do the same later on.
// What comes meanwhile waits and arrives in one piece.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { echo, getenvInt, jsonEncode } from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, enable_delay_receive: true, log_level: SWOOLE_LOG_NONE });
let first = 0;

server.on('connect', (server, fd) => {
  echo(`connect ${fd}\n`);
  if (first === 0) {
    first = fd;
    server.send(fd, 'wait\n');
    Swoole.Timer.after(300, () => {
      echo(`confirm ${fd} `, jsonEncode(server.confirm(fd)), '\n');
      echo('confirm again ', jsonEncode(server.confirm(fd)), '\n');
    });
  } else {
    echo(`confirm ${fd} at once `, jsonEncode(server.confirm(fd)), '\n');
  }
});
server.on('receive', (server, fd, _reactorId, data) => {
  echo(`receive ${fd} ${data}\n`);
  if (data.toString() === 'pause the first') {
    echo('pause ', jsonEncode(server.pause(first)), '\n');
    Swoole.Timer.after(300, () => {
      echo('resume ', jsonEncode(server.resume(first)), '\n');
    });
  }
  server.send(fd, `got ${data}\n`);
});
server.on('close', (_server, fd) => echo(`close ${fd}\n`));
server.start();
