// Reloading in PROCESS mode: SIGUSR1 and reload() replace the workers and task workers, SIGUSR2 and reload(true) only the
// task workers. A worker's variables start afresh, shared memory does not, and the clients' connections stay open.
import * as Swoole from 'swoole-ts';
import { Atomic, SWOOLE_LOG_NONE, SWOOLE_PROCESS } from 'swoole-ts';
import { echo, getenvInt, jsonEncode } from '../lib/php.ts';

const generation = new Atomic(0);
const taskGeneration = new Atomic(0);
const reloads = new Atomic(0);
let counter = 0;
let mine = 0;

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_PROCESS);
server.set({ worker_num: 1, task_worker_num: 1, log_level: SWOOLE_LOG_NONE, max_wait_time: 2 });

server.on('beforeReload', (server) => {
  const n = reloads.add();
  echo(`beforeReload ${n} in the manager: ${jsonEncode(server.manager_pid === process.pid)}\n`);
});
server.on('afterReload', (server) => {
  echo(`afterReload ${reloads.get()} in the manager: ${jsonEncode(server.manager_pid === process.pid)}\n`);
});
server.on('workerStart', (server, id) => {
  mine = server.taskworker ? taskGeneration.add() : generation.add();
  echo(`${server.taskworker ? 'task worker' : 'worker'} ${id} start, generation ${mine}\n`);
});
server.on('workerStop', (server, id) => {
  const kind = server.taskworker ? 'task worker' : 'worker';
  echo(`${kind} ${id} stop, generation ${mine}, counter ${counter}\n`);
});
server.on('connect', () => echo('connect\n'));
server.on('receive', (server, fd, _reactorId, data) => {
  switch (data.toString().trim()) {
    case 'count':
      counter++;
      server.send(fd, `generation ${mine} counter ${counter}\n`);
      break;
    case 'task':
      server.task({ fd });
      break;
    case 'reload':
      server.send(fd, `reload ${jsonEncode(server.reload())}\n`);
      break;
    case 'reload tasks':
      server.send(fd, `reload tasks ${jsonEncode(server.reload(true))}\n`);
      break;
  }
});
server.on('task', (_server: Swoole.Server, _taskId: number, _workerId: number, data: { fd: number }) => {
  counter++;
  return { fd: data.fd, text: `task generation ${mine} counter ${counter}\n` };
});
server.on('finish', (server: Swoole.Server, _taskId: number, result: { fd: number; text: string }) =>
  server.send(result.fd, result.text),
);
server.on('close', () => echo('close\n'));
server.start();
