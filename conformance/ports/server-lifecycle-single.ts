// One worker in BASE mode is one process: the order of all events from start to a shutdown() asked for in a callback,
// with what each gets and what the server's properties say by then. A second connection is still open at the end.
import * as Swoole from 'swoole-ts';
import { SWOOLE_BASE, SWOOLE_LOG_NONE } from 'swoole-ts';
import { echo, getenvInt, jsonEncode, sprintf } from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_BASE);
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });

function state(server: Swoole.Server): string {
  return sprintf(
    'worker_id=%d getWorkerId=%s taskworker=%s master=%s manager=%s worker_pid=%s',
    server.worker_id,
    jsonEncode(server.getWorkerId()),
    jsonEncode(server.taskworker),
    server.master_pid === process.pid ? 'me' : server.master_pid ? 'other' : 'none',
    server.manager_pid ? 'other' : 'none',
    server.worker_pid === process.pid ? 'me' : server.worker_pid ? 'other' : 'none',
  );
}

for (const event of ['start', 'managerStart', 'managerStop', 'beforeShutdown', 'shutdown']) {
  server.on(event, (server: Swoole.Server, ...more: unknown[]) => {
    echo(event, ' (', more.length, ' more) ', state(server), '\n');
  });
}
for (const event of ['workerStart', 'workerStop', 'workerExit']) {
  server.on(event, (server: Swoole.Server, workerId: number) => {
    echo(event, ` ${workerId} `, state(server), '\n');
  });
}
server.on('connect', (server, fd, reactorId) => {
  echo(`connect fd=${fd} reactor=${reactorId} `, state(server), '\n');
});
server.on('receive', (server, fd, reactorId, data) => {
  echo(`receive fd=${fd} reactor=${reactorId} ${data} `, state(server), '\n');
  if (data.toString() === 'reload') {
    echo('reload: ', jsonEncode(server.reload()), '\n');
  }
  if (data.toString() === 'quit') {
    echo('shutdown: ', jsonEncode(server.shutdown()), '\n');
    echo('sent after shutdown: ', jsonEncode(server.send(fd, 'goodbye')), '\n');
  }
});
server.on('close', (server, fd, reactorId) => {
  echo(`close fd=${fd} reactor=${reactorId} `, state(server), '\n');
});

echo('before start\n');
const result = await server.start();
echo('start returned ', jsonEncode(result), ' ', state(server), '\n');
