// Workers that end badly in BASE mode: an exception that nobody catches, a kill, a killed task worker. workerError tells the
// manager how; a new worker takes the place; the connections of the old one are closed without a close event.
import * as Swoole from 'swoole-ts';
import { SWOOLE_BASE, SWOOLE_LOG_NONE } from 'swoole-ts';
import { echo, getenvInt, printf } from '../lib/php.ts';

/** What ends a worker from within, in the place of SIGKILL, which would end all of them. */
const kill = () => process.exit(9);

const starts = new Swoole.Atomic(0);
const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_BASE);
server.set({ worker_num: 1, task_worker_num: 1, log_level: SWOOLE_LOG_NONE });
server.on('workerStart', (_server, id) => {
  if (id === 0) {
    echo('worker 0 start, number ', starts.add(), '\n');
  }
});
server.on('workerStop', (_server, id) => echo(`worker ${id} stop\n`));
server.on('workerError', (_server, id, pid, exitCode, signal) => {
  const kind = Number.isInteger(pid) ? 'int' : '?';
  printf('workerError worker=%d pid=%s exit_code=%d signal=%d\n', id, kind, exitCode, signal);
});
server.on('workerExit', (_server, id) => echo(`worker ${id} exit event\n`));
server.on('receive', (server, fd, _reactorId, data) => {
  echo(`receive ${data}\n`);
  switch (data.toString()) {
    case 'throw':
      throw new Swoole.Exception('nobody catches this', 5);
    case 'kill':
      kill();
      break;
    case 'task kill':
      server.task('please');
      break;
    default:
      server.send(fd, `you said ${data}`);
  }
});
server.on('task', () => {
  kill();
});
server.on('close', () => echo('close\n'));
await server.start();
echo('start returned\n');
