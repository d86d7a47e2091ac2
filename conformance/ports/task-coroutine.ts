// task_enable_coroutine: the task callback runs in a coroutine and gets a Swoole\Server\Task; finish() is the task's; several
// tasks share one task worker while they sleep; return values count for nothing.
import * as Swoole from 'swoole-ts';
import { Coroutine, SWOOLE_LOG_NONE } from 'swoole-ts';
import { getenvInt, jsonEncode, printf } from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, task_worker_num: 1, task_enable_coroutine: true, log_level: SWOOLE_LOG_NONE });

server.on('receive', async (server, fd, _reactorId, bytes) => {
  const data = bytes.toString();
  if (data === 'three') {
    for (const ms of [150, 100, 50]) {
      server.task({ fd, ms });
    }
    return;
  }
  const value = await server.taskwait({ fd, ms: 20, kind: data }, 0.3);
  server.send(fd, `taskwait ${data}: ${jsonEncode(value)}\n`);
});
server.on('task', async (_server: Swoole.Server, task: Swoole.Server.Task) => {
  const { fd, ms, kind = '' } = task.data as { fd: number; ms: number; kind?: string };
  printf(
    'task of %d ms starts: worker_id %d, in a coroutine %s\n',
    ms,
    task.worker_id,
    jsonEncode(Coroutine.getCid() > 0),
  );
  await Coroutine.sleep(ms / 1000);
  if (kind === 'return') {
    return 'a value that nobody sees';
  }
  if (kind === 'nothing') {
    return;
  }
  if (kind === 'twice') {
    printf('finish %s\n', jsonEncode([task.finish('one'), task.finish('two')]));
    return;
  }
  task.finish({ fd, text: `slept ${ms}` });
});
server.on(
  'finish',
  (server: Swoole.Server, _taskId: number, result: { fd: number; text: string } | string) => {
    if (typeof result === 'object') {
      server.send(result.fd, `finish ${result.text}\n`);
    } else {
      printf('finish %s\n', jsonEncode(result));
    }
  },
);
server.start();
