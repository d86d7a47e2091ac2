// A max_connection below what Swoole itself needs (34 with one worker) is no limit at all; and what happens to
// the clients that are still connected when the server shuts down.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { echo, getenvInt, sprintf } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, max_connection: 3, log_level: SWOOLE_LOG_NONE });

server.on('connect', (server, fd) => {
  echo(`connect ${fd}, `, server.connections.count(), ' connected\n');
});
server.on('open', (server, request) => {
  server.push(request.fd, `you are ${request.fd}`);
});
server.on('message', (server, frame) => {
  const stats = server.stats() || null;
  server.push(
    frame.fd,
    sprintf('connections %d, set to %d', stats?.connection_num, server.setting?.max_connection),
  );
});
server.on('close', (_server, fd) => {
  echo(`close ${fd}\n`);
});
server.start();
