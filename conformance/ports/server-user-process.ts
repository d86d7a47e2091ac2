// addProcess(): a process of the server's own that lives beside the workers. It writes to clients' connections, sends messages to
// workers, gets orders through its pipe, and is started again when it ends. PROCESS mode.
import * as Swoole from 'swoole-ts';
import { Atomic, isMaster, Process, SWOOLE_LOG_NONE, SWOOLE_PROCESS } from 'swoole-ts';
import { echo, getenvInt, jsonEncode, printf, SOCK_DGRAM } from '../lib/php.ts';

const starts = new Atomic(0);
const ticks = new Atomic(0);
void ticks;
const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_PROCESS);
server.set({ worker_num: 2, log_level: SWOOLE_LOG_NONE });

const process = new Process(
  async (process) => {
    const n = starts.add();
    printf(
      'process start number %d, worker_id %s, getWorkerId %s\n',
      n,
      jsonEncode(server.worker_id),
      jsonEncode(server.getWorkerId()),
    );
    const socket = process.exportSocket();
    while (socket) {
      const order = await socket.recv(8192);
      if (order === false || order.length === 0) {
        break;
      }
      const [verb, rest] = splitOnce(String(order));
      if (verb === 'broadcast') {
        for (const fd of server.connections) {
          server.send(fd, `process ${n} says ${rest}\n`);
        }
      } else if (verb === 'message') {
        for (let id = 0; id < 2; id++) {
          server.sendMessage(`${rest} for ${id}`, id);
        }
      } else if (verb === 'task') {
        const stats = server.stats();
        if (stats)
          printf(
            'stats in the process: user_worker_num %d, connections %d\n',
            stats.user_worker_num,
            stats.connection_num,
          );
      } else if (verb === 'end') {
        return;
      }
    }
  },
  false,
  SOCK_DGRAM,
  true,
);

/** PHP's explode(' ', $text, 2). */
function splitOnce(text: string): [string, string] {
  const at = text.indexOf(' ');
  return [text.slice(0, at), text.slice(at + 1)];
}

const added = server.addProcess(process);
// The script runs again in every thread.
if (isMaster) printf('addProcess %s, id %d\n', jsonEncode(added), process.id);
server.on('pipeMessage', (server, from, message) => {
  echo(`worker ${server.worker_id} got "${message}" from ${from}\n`);
});
server.on('receive', (_server, _fd, _reactorId, data) => {
  const sent = process.write(data);
  printf('order %s: %s bytes\n', data, jsonEncode(sent));
});
server.on('workerError', (_server, id, _pid, exitCode, signal) => {
  printf('workerError %d exit code %d signal %d\n', id, exitCode, signal);
});
await server.start();
