// taskwait(), taskWaitMulti() and taskCo(): results, the order of the results' keys, timeouts, what onFinish sees, several waits at
// once in coroutines. One worker, three task workers.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { getenvInt, jsonEncode, printf, usleep } from '../lib/php.ts';

interface Job {
  sleep: number;
  value?: unknown;
  nothing?: boolean;
}

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, task_worker_num: 3, log_level: SWOOLE_LOG_NONE });

/** Results have holes where none came: as PHP's array without these keys. */
const dense = (result: unknown): unknown =>
  Array.isArray(result) && Object.keys(result).length < result.length ? { ...result } : result;

server.on('receive', async (server, fd, _reactorId, bytes) => {
  const data = bytes.toString();
  const started = performance.now();
  const calls: Record<string, () => Promise<unknown>> = {
    taskwait: () => server.taskwait({ sleep: 0, value: 'quick' }),
    'taskwait with a value of each type': async () => {
      const results = [];
      for (const v of [1, 1.5, true, false, 'text', [1, 2], { k: 'v' }])
        results.push(await server.taskwait({ sleep: 0, value: v }));
      return results;
    },
    'taskwait too slow': () => server.taskwait({ sleep: 400, value: 'late' }, 0.1),
    'taskwait in a chosen worker': () => server.taskwait({ sleep: 0, value: 'worker' }, 0.5, 2),
    'taskwait nothing': () => server.taskwait({ sleep: 0, nothing: true }, 0.2),
    multi: () =>
      server.taskWaitMulti(
        [
          { sleep: 100, value: 'slow' },
          { sleep: 0, value: 'quick' },
          { sleep: 50, value: 'middle' },
        ],
        2,
      ),
    'multi with keys': () =>
      server.taskWaitMulti(
        [
          { sleep: 0, value: 'first' },
          { sleep: 80, value: 'second' },
        ],
        2,
      ),
    'multi too slow': () =>
      server.taskWaitMulti(
        [
          { sleep: 0, value: 'quick' },
          { sleep: 500, value: 'late' },
          { sleep: 60, value: 'quick too' },
        ],
        0.2,
      ),
    co: () =>
      server.taskCo(
        [
          { sleep: 100, value: 'slow' },
          { sleep: 0, value: 'quick' },
        ],
        2,
      ),
    'co too slow': () =>
      server.taskCo(
        [
          { sleep: 500, value: 'late' },
          { sleep: 0, value: 'quick' },
        ],
        0.2,
      ),
    concurrently: () =>
      Promise.all([100, 50, 0].map((ms) => server.taskwait({ sleep: ms, value: `after ${ms}` }, 2))),
    empty: () => server.taskCo([], 0.2),
  };
  const result = dense(await calls[data]?.());
  // not longer than the slowest one and the timeouts
  const quick = performance.now() - started < 450 ? '' : ' took too long';
  printf('%s: %s%s\n', data, jsonEncode(result), quick);
  server.send(fd, 'done\n');
});
server.on('task', (server: Swoole.Server, _taskId: number, _fromWorker: number, data: Job) => {
  usleep(data.sleep * 1000);
  if (data.nothing) {
    return;
  }
  return data.value === 'worker' ? `worker ${server.worker_id}` : data.value;
});
server.on('finish', (_server, _taskId, result) => {
  printf('onFinish %s\n', jsonEncode(result));
});
server.start();
