// dispatch_mode 1 (PROCESS mode): messages go to the workers in turn, also those of one connection; connect and close do not reach the
// callbacks then, unless enable_unsafe_event says so. A counter per worker.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, SWOOLE_PROCESS } from 'swoole-ts';
import { echo, getenvInt, jsonEncode } from '../lib/php.ts';

let handled = 0;
const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_PROCESS);
server.set({ worker_num: 3, dispatch_mode: 1, log_level: SWOOLE_LOG_NONE });
server.on('connect', () => echo('connect is not called\n'));
server.on('close', () => echo('close is not called\n'));
server.on('receive', (server, fd, _reactorId, data) => {
  handled++;
  if (data.toString() === 'share') {
    server.send(fd, jsonEncode({ worker: server.worker_id, handled }));
    return;
  }
  server.send(fd, String(server.worker_id));
});
server.on('workerStop', (_server, id) => {
  echo(`worker ${id} handled ${handled}\n`);
});
server.start();
