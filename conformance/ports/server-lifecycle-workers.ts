// BASE mode with two workers and a task worker, ended by SIGTERM: every process writes down what happens in it and prints
// its own history as one line when it stops, so the order inside each process shows although the processes run side by side.
import * as Swoole from 'swoole-ts';
import { SWOOLE_BASE, SWOOLE_LOG_NONE, SWOOLE_PROCESS } from 'swoole-ts';
import { echo, getenvInt, jsonEncode, printf } from '../lib/php.ts';

// biome-ignore lint/complexity/noStaticOnlyClass: as the original has it
class History {
  private static events: string[] = [];

  static add(event: string): void {
    History.events.push(event);
  }

  static flush(who: string): void {
    echo(`${who}: ${History.events.join(' > ')}\n`);
    History.events = [];
  }
}

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_BASE);
server.set({ worker_num: 2, task_worker_num: 1, log_level: SWOOLE_LOG_NONE });

server.on('start', (server: Swoole.Server) => {
  History.add('start');
  printf(
    'start runs in the master process: %s, worker_id %d, getWorkerId %s\n',
    jsonEncode(server.master_pid === process.pid),
    server.worker_id,
    jsonEncode(server.getWorkerId()),
  );
});
server.on('managerStart', (server: Swoole.Server) => {
  History.add('managerStart');
  printf(
    'manager: pid is mine %s, worker_id %d, getWorkerId %s\n',
    jsonEncode(server.manager_pid === process.pid),
    server.worker_id,
    jsonEncode(server.getWorkerId()),
  );
});
server.on('managerStop', (server: Swoole.Server) => {
  History.add('managerStop');
  if (server.mode === SWOOLE_PROCESS) {
    History.flush('manager');
  }
});
server.on('workerStart', (server, id) => {
  History.add(`workerStart ${id}${server.taskworker ? ' task' : ''}`);
  // what worker_num and task_worker_num make of the ids
  printf(
    'worker %d is a %s with worker_id %d\n',
    id,
    server.taskworker ? 'task worker' : 'worker',
    server.worker_id,
  );
});
server.on('workerStop', (_server, id) => {
  History.add(`workerStop ${id}`);
  History.flush(`worker ${id}`);
});
server.on('beforeShutdown', () => History.add('beforeShutdown'));
server.on('shutdown', () => {
  History.add('shutdown');
});
server.on('receive', () => null);
server.on('task', () => null);
await server.start();
History.add('after start');
History.flush('first process');
