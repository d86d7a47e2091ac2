// SWOOLE_PROCESS with two workers: connections belong to a worker by their fd, every worker can push to every
// connection, sees all of them, and can close those of the other worker.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, SWOOLE_PROCESS } from 'swoole-ts';
import { echo, getenvInt, gettype, jsonEncode, sprintf, varExport } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_PROCESS);
server.set({ worker_num: 2, log_level: SWOOLE_LOG_NONE });

server.on('workerStart', (server, workerId) => {
  const same = server.worker_id === workerId && server.getWorkerId() === workerId;
  echo(`workerStart ${workerId} taskworker=`, varExport(server.taskworker), ' same=', varExport(same), '\n');
});
server.on('open', (server, request) => {
  echo(`open ${request.fd} in worker ${server.worker_id}\n`);
});
server.on('message', (server, frame) => {
  echo(`message ${frame.fd} '${frame.data}' in worker ${server.worker_id}\n`);
  const [command, argument = 0] = String(frame.data).split(' ');
  const target = Number(argument);
  const actions: Record<string, () => string> = {
    all: () => {
      const fds: number[] = [];
      for (const fd of server.connections) {
        if (fd !== frame.fd && server.push(fd, `from worker ${server.worker_id}`)) {
          fds.push(fd);
        }
      }
      fds.sort((a, b) => a - b);
      return `pushed to ${fds.join(',')}`;
    },
    info: () => {
      const info = server.getClientInfo(target);
      return sprintf(
        'established %s, reactor is %s',
        jsonEncode(server.isEstablished(target)),
        gettype(info ? info.reactor_id : null),
      );
    },
    close: () => `close ${jsonEncode(server.close(target))}`,
    disconnect: () => `disconnect ${jsonEncode(server.disconnect(target, 4900, 'from elsewhere'))}`,
    stats: () => {
      const stats = server.stats() as Swoole.ServerStats;
      return jsonEncode({
        connections: stats.connection_num,
        workers: stats.worker_num,
        count: server.connections.count(),
      });
    },
  };
  server.push(frame.fd, actions[command as string]?.() ?? 'what?');
});
server.on('close', (server, fd, reactor) => {
  echo(`close ${fd} in worker ${server.worker_id}, by the `, reactor < 0 ? 'server' : 'client', '\n');
});
server.start();
