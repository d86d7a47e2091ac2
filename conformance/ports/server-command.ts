// addCommand() and command(): a question to a worker or a task worker by its id, answered there; an answer in JSON or as text;
// commands and processes that do not exist.
import * as Swoole from 'swoole-ts';
import {
  SWOOLE_BASE,
  SWOOLE_LOG_NONE,
  SWOOLE_SERVER_COMMAND_TASK_WORKER,
  SWOOLE_SERVER_COMMAND_WORKER,
} from 'swoole-ts';
import { getenvInt, jsonEncode, printf } from '../lib/php.ts';

let warning = '';
Swoole.setWarningHandler((_level, message) => {
  warning = ` warning: ${message}`;
});
let counter = 0;
const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_BASE);
server.set({ worker_num: 2, task_worker_num: 1, log_level: SWOOLE_LOG_NONE });
const ok = server.addCommand(
  'count',
  SWOOLE_SERVER_COMMAND_WORKER | SWOOLE_SERVER_COMMAND_TASK_WORKER,
  (server: Swoole.Server, message: string) => {
    const add = JSON.parse(message)?.add ?? 0;
    counter += add;
    return jsonEncode({ counter, worker: server.worker_id, taskworker: server.taskworker });
  },
);
// The script runs again in every worker.
if (Swoole.isMaster) printf('addCommand %s\n', jsonEncode(ok));
server.on('receive', () => null);
server.on('task', () => null);
server.on('workerStart', (server, id) => {
  if (id !== 0) {
    return;
  }
  Swoole.Timer.after(200, async () => {
    const calls: Record<string, () => Promise<unknown>> = {
      'worker 1': () => server.command('count', 1, SWOOLE_SERVER_COMMAND_WORKER, { add: 2 }),
      'worker 1 again, as text': () =>
        server.command('count', 1, SWOOLE_SERVER_COMMAND_WORKER, { add: 3 }, false),
      'worker 0, myself': () => server.command('count', 0, SWOOLE_SERVER_COMMAND_WORKER, { add: 1 }),
      'task worker 0': () => server.command('count', 0, SWOOLE_SERVER_COMMAND_TASK_WORKER, { add: 5 }),
      'unknown command': () => server.command('nothing', 1, SWOOLE_SERVER_COMMAND_WORKER, []),
      'unknown worker': () => server.command('count', 9, SWOOLE_SERVER_COMMAND_WORKER, []),
    };
    for (const [what, call] of Object.entries(calls)) {
      warning = '';
      printf('%s: %s%s\n', what, jsonEncode(await call()), warning);
    }
  });
});
server.start();
