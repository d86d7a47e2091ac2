// What the task functions refuse: a task worker id out of range, too many tasks at once, tasks from a task worker.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, swoole_clear_error, swoole_last_error } from 'swoole-ts';
import { getenvInt, jsonEncode } from '../lib/php.ts';

let warning = '';
Swoole.setWarningHandler((_level, message) => {
  warning = ` warning: ${message}`;
});

async function attempt(what: string, call: () => unknown): Promise<string> {
  warning = '';
  swoole_clear_error();
  const result = await call();
  const error = swoole_last_error();
  return `${what}: ${jsonEncode(result)}${result === false && error ? ` error ${error}` : ''}${warning}\n`;
}

const isInt = (value: unknown): boolean => Number.isInteger(value);

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, task_worker_num: 2, log_level: SWOOLE_LOG_NONE });
server.on('receive', async (server, fd, _reactorId, bytes) => {
  const data = bytes.toString();
  let lines = '';
  if (data === 'worker') {
    lines += await attempt('to task worker 1', () => isInt(server.task('x', 1)));
    lines += await attempt('to task worker 2', () => server.task('x', 2));
    lines += await attempt('to task worker -2', () => isInt(server.task('x', -2)));
    lines += await attempt('taskwait in worker 5', () => server.taskwait('x', 0.5, 5));
    lines += await attempt('1024 at once', () => server.taskCo(new Array(1024).fill('x'), 0.1));
  } else if (data === 'task worker') {
    lines = `${await server.taskwait('try', 1)}\n`;
  }
  server.send(fd, `${lines}end\n`);
});
server.on('task', async (server, _taskId, _fromWorker, data) => {
  if (data !== 'try') {
    return null;
  }
  let lines = await attempt('task in a task worker', () => server.task('x'));
  lines += await attempt('taskwait in a task worker', () => server.taskwait('x', 0.1));
  lines += await attempt('taskWaitMulti in a task worker', () => server.taskWaitMulti(['x'], 0.1));
  lines += await attempt('taskCo in a task worker', () => server.taskCo(['x'], 0.1));
  lines += await attempt('getWorkerId says a task worker', () => Number(server.getWorkerId()) >= 1);
  return lines.trim();
});
server.on('finish', () => null);
server.start();
