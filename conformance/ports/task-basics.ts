// Tasks: ids, which data arrives in onTask and what comes back in onFinish (return value, finish(), nothing at all), objects and
// large data, a task for a chosen task worker, a finish callback of its own. One worker, two task workers (ids 1 and 2).
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { getenvInt, jsonEncode, md5, printf, strlen } from '../lib/php.ts';

class Job {
  log: string[] = [];

  constructor(public name: string) {}

  note(text: string): this {
    this.log.push(text);
    return this;
  }
}

/** PHP's get_debug_type(). */
function debugType(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return typeof value === 'object' ? 'array' : typeof value;
}

function text(value: unknown): string {
  if (value instanceof Job) {
    return `Job ${value.name} [${value.log.join(', ')}]`;
  }
  if (typeof value === 'string' && strlen(value) > 50) {
    return `${strlen(value)} bytes ${md5(value)}`;
  }
  return `${debugType(value)} ${jsonEncode(value)}`;
}

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, task_worker_num: 2, log_level: SWOOLE_LOG_NONE });

server.on('receive', (server, fd, _reactorId, bytes) => {
  const data = bytes.toString();
  const values: Record<string, unknown> = {
    string: 'some text',
    empty: '',
    int: 42,
    float: 2.5,
    bool: false,
    null: null,
    array: { a: 1, b: [true, null, 'x'] },
    object: new Job('in').note('created'),
    large: '0123456789'.repeat(100000),
  };
  if (data in values) {
    const id = server.task(values[data]);
    printf('task(%s) = id %s\n', data, jsonEncode(id));
  } else if (data === 'chosen') {
    // all four to the second task worker
    printf('chosen: %s\n', jsonEncode([1, 2, 3, 4].map((i) => server.task({ where: i }, 1))));
  } else if (data === 'callback') {
    const id = server.task('with a callback', -1, (server, taskId, result) => {
      printf('own callback: the same id %s, result %s\n', jsonEncode(taskId === id), text(result));
      server.send(fd, 'called back');
    });
  } else if (data.startsWith('answer ')) {
    server.task({ answer: data.slice(7) });
  }
});
server.on('task', (server: Swoole.Server, _taskId: number, fromWorker: number, data: unknown) => {
  const order = data as { where?: number; answer?: string } | null;
  if (order?.where !== undefined) {
    return `task ${order.where} in worker ${server.worker_id}`;
  }
  switch (order?.answer) {
    case 'nothing':
      return;
    case 'null':
      return null;
    case 'false':
      return false;
    case 'finish':
      printf('finish: %s\n', jsonEncode(server.finish({ from: 'finish()' })));
      return;
    case 'finish twice':
      server.finish('first');
      server.finish('second');
      return 'and returned';
  }
  const where = server.taskworker ? 'in a task worker' : 'elsewhere';
  printf('onTask: from worker %d, %s, %s\n', fromWorker, text(data), where);
  if (data instanceof Job) {
    return data.note('worked on');
  }
  return data;
});
server.on('finish', (server, _taskId, result) => {
  printf('onFinish %s: %s\n', server.worker_id === 0 ? 'in worker 0' : 'elsewhere', text(result));
});
server.start();
