// heartbeat_check_interval and heartbeat_idle_time: silent connections are closed without a close frame, pings and
// messages of the client keep a connection alive, pushes of the server do not.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, Timer } from 'swoole-ts';
import { getenvInt, printf } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({
  worker_num: 1,
  log_level: SWOOLE_LOG_NONE,
  heartbeat_check_interval: 1,
  heartbeat_idle_time: 2,
});
const names = new Map<number, string>();
server.on('open', (server, request) => {
  const name = String(request.get?.name);
  names.set(request.fd, name);
  if (name === 'pushed') {
    Timer.tick(400, (id: number) => {
      if (!server.isEstablished(request.fd) || !server.push(request.fd, 'tick')) {
        Timer.clear(id);
      }
    });
  }
});
server.on('message', (server, frame) => {
  server.push(frame.fd, `hello ${names.get(frame.fd)}`);
});
server.on('close', (_server, fd, reactor) => {
  printf('close %s by the %s\n', names.get(fd) ?? 'a raw connection', reactor < 0 ? 'server' : 'client');
  names.delete(fd);
});
server.start();
