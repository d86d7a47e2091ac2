// stop(): a worker that stops itself in PROCESS mode is replaced by the manager, without workerError; another worker can be
// stopped by its id; what ids out of range give. The connections belong to the master and survive.
import * as Swoole from 'swoole-ts';
import {
  SWOOLE_LOG_NONE,
  SWOOLE_PROCESS,
  SWOOLE_WORKER_BUSY,
  SWOOLE_WORKER_EXIT,
  SWOOLE_WORKER_IDLE,
} from 'swoole-ts';
import { echo, getenvInt, jsonEncode } from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_PROCESS);
server.set({ worker_num: 2, log_level: SWOOLE_LOG_NONE });
server.on('workerStart', (_server, id) => echo(`worker ${id} start\n`));
server.on('workerStop', (_server, id) => echo(`worker ${id} stop\n`));
server.on('workerError', (_server, id) => echo(`worker ${id} error\n`));
server.on('receive', (server, fd, _reactorId, data) => {
  const [verb, argument = '-1'] = data.toString().trim().split(' ');
  const ids: Record<string, number> = { me: server.worker_id, other: 1 - server.worker_id };
  const id = ids[argument] ?? Number(argument);
  let result: unknown;
  if (verb === 'stop') result = id === -1 ? server.stop() : server.stop(id);
  else if (verb === 'status') result = server.getWorkerStatus(id);
  else result = server.getWorkerPid(id);
  if (verb === 'pid' && typeof result === 'number') {
    result = result === process.pid ? 'mine' : 'another';
  } else if (verb === 'status' && typeof result === 'number') {
    result = { [SWOOLE_WORKER_BUSY]: 'busy', [SWOOLE_WORKER_IDLE]: 'idle', [SWOOLE_WORKER_EXIT]: 'exit' }[
      result
    ];
  }
  server.send(fd, `${data.toString().trim()}: ${jsonEncode(result)}\n`);
});
server.start();
