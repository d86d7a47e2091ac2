// One Table seen by two workers, a task worker and a process: every write shows everywhere, incr() loses nothing though the
// processes count at the same time, a string written in one is whole in the others. An Atomic beside it counts the writers.
import { setTimeout } from 'node:timers/promises';
import * as Swoole from 'swoole-ts';
import { Atomic, Process, SWOOLE_BASE, SWOOLE_LOG_NONE, Table } from 'swoole-ts';
import { getenvInt, jsonEncode, ksort, printf } from '../lib/php.ts';

const table = new Table(256);
table.column('text', Table.TYPE_STRING, 64);
table.column('count', Table.TYPE_INT);
table.column('sum', Table.TYPE_FLOAT);
table.create();
table.set('from before start', { text: 'written by the first process' });
const done = new Atomic(0);

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_BASE);
server.set({ worker_num: 2, task_worker_num: 1, log_level: SWOOLE_LOG_NONE });

function work(table: Table, done: Atomic, who: string): void {
  table.set(`who:${who}`, { text: `${who} says hello`, count: 1 });
  for (let i = 0; i < 5000; i++) {
    table.incr('shared', 'count');
    table.decr('shared', 'sum', 0.5);
  }
  done.add();
}

server.addProcess(
  new Process(async () => {
    work(table, done, 'process');
    // stay until the server ends
    while (true) {
      await setTimeout(1000);
    }
  }),
);
server.on('workerStart', (server, id) => {
  work(table, done, server.taskworker ? 'task worker' : `worker ${id}`);
});
server.on('receive', (server, fd, _reactorId, data) => {
  const [verb, key = '', ...text] = String(data).trim().split(' ');
  if (verb === 'report') {
    const rows = Object.fromEntries(table);
    server.send(fd, `${jsonEncode({ done: done.get(), rows: ksort(rows) })}\n`);
  } else if (verb === 'task') {
    server.task({ key, text: text.join(' ') });
  }
});
server.on('task', (_server, _taskId, _from, data: { key: string; text: string }) => {
  table.set(data.key, { text: data.text.toUpperCase() });
});
await server.start();
printf(
  'after start the first process has %d rows and count %d\n',
  table.count(),
  table.get('shared', 'count'),
);
