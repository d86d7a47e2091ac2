// stats(): its keys and the counters that connections, messages and tasks move.
import * as Swoole from 'swoole-ts';
import { Coroutine, SWOOLE_LOG_NONE } from 'swoole-ts';
import { getenvInt, gettype, jsonEncode, usleep } from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, task_worker_num: 2, log_level: SWOOLE_LOG_NONE });

server.on('receive', async (server, fd, _reactorId, bytes) => {
  const data = bytes.toString();
  const stats = server.stats() as Swoole.ServerStats;
  let answer: object;
  if (data === 'keys') {
    const types = [...new Set(Object.values(stats).map((value) => gettype(value)))];
    const now = Date.now() / 1000;
    answer = { keys: Object.keys(stats), types, 'started just now': Math.abs(now - stats.start_time) < 10 };
  } else if (data === 'task') {
    server.task('some work');
    await Coroutine.sleep(0.1);
    const { task_idle_worker_num, task_count } = server.stats() as Swoole.ServerStats;
    answer = { task_idle_worker_num, task_count };
  } else {
    const wanted = [
      'connection_num',
      'accept_count',
      'close_count',
      'abort_count',
      'worker_num',
      'task_worker_num',
      'user_worker_num',
      'request_count',
      'worker_request_count',
      'total_recv_bytes',
      'task_count',
      'task_idle_worker_num',
      'coroutine_num',
    ] as const;
    answer = Object.fromEntries(wanted.map((key) => [key, stats[key] ?? 'missing']));
  }
  server.send(fd, `${jsonEncode(answer)}\n`);
});
server.on('task', () => {
  usleep(300000);
  return null;
});
server.start();
