import { describe, expect, test, vi } from 'vitest';
import { portOf, run } from '../server/program.js';
import { join } from '../worker/crew-program.js';

vi.setConfig({ testTimeout: 60_000 });

async function startTasks(env: Record<string, string> = {}) {
  const program = run('tasks', env);
  const port = await portOf(program.lines);
  const { client } = await join(port);
  const ask = (...question: unknown[]) => client.send(JSON.stringify(question));
  const next = async () => JSON.parse(String(await client.next()));
  const get = (...question: unknown[]) => {
    ask(...question);
    return next();
  };
  return { ...program, port, client, ask, next, get };
}

test('a task is done in a task worker, and its result comes to the finish event of the worker that gave it', async () => {
  const { get, next } = await startTasks();
  expect(await get('task', { value: { a: [1, null] } })).toBe(0);
  expect(await next()).toEqual(['finish', 0, { a: [1, null] }]);
  expect(await get('task', { do: 'who' }, 1)).toBe(1);
  expect(await next()).toEqual(['finish', 1, 'task worker 2']);
  // The event comes while its task worker is about to be idle.
  await expect.poll(() => get('stats')).toEqual([2, 0, 2]);
});

test('a callback gets the result instead of the finish event; finish() counts as often as it is called', async () => {
  const { get, ask, next } = await startTasks();
  expect(await get('task with a callback', { value: 'x' })).toEqual(['callback', 0, 'x']);
  ask('task', { do: 'finish twice' });
  expect([await next(), await next(), await next(), await next()]).toEqual([
    1,
    ['finish', 1, 'one'],
    ['finish', 1, 'two'],
    ['finish', 1, 'three'],
  ]);
  // No result, no event.
  expect(await get('task', { do: 'nothing' })).toBe(2);
  expect(await get('taskwait', { value: 'after it' })).toBe('after it');
});

test('what waits for a task gets its result, false after the timeout, and nothing that comes later', async () => {
  const { get } = await startTasks();
  expect(await get('taskwait', { value: 7 }, 10)).toBe(7);
  expect(await get('taskwait', { do: 'who' }, 10, 1)).toBe('task worker 2');
  expect(await get('taskwait', { value: 'late', ms: 200 }, 0.05)).toBe(false);
  expect(await get('taskwait', { do: 'nothing' }, 0.05)).toBe(false);
  expect(await get('taskwait', { do: 'finish twice' }, 10)).toBe('one');
  expect(await get('taskwait', { value: 'x' }, 0.5, 2)).toBe(false);
});

test('several tasks are waited for together, each at its place', async () => {
  const { get } = await startTasks();
  const tasks = [{ value: 'slow', ms: 60 }, { value: 'quick' }, { value: 'never', ms: 60_000 }];
  expect(await get('taskWaitMulti', tasks.slice(0, 2), 10)).toEqual(['slow', 'quick']);
  expect(await get('taskCo', tasks, 1.5)).toEqual(['slow', 'quick', false]);
  expect(await get('taskCo', [], 0.3)).toBe(false);
});

test('the keys of tasks that are waited for together count for nothing, the order of the values does', async () => {
  const { get } = await startTasks();
  const tasks = { b: { value: 'first', ms: 60 }, a: { value: 'second' } };
  expect(await get('taskWaitMulti', tasks, 10)).toEqual(['first', 'second']);
  expect(await get('taskCo', tasks, 10)).toEqual(['first', 'second']);
  expect(await get('taskWaitMulti in a Map', tasks, 10)).toEqual(['first', 'second']);
  expect(await get('taskCo', {}, 0.3)).toBe(false);
});

test('data of all kinds that can be cloned arrives as it was; a symbol is refused with a reason', async () => {
  const { get } = await startTasks();
  expect(await get('types')).toEqual([
    ['Map', '1'],
    ['Date', String(new Date(0))],
    ['Buffer', 'bytes'],
    ['BigInt', '12'],
  ]);
  expect(await get('task with a symbol')).toEqual([
    false,
    503,
    'Swoole\\Server::task(): data cannot be sent to another worker: Symbol(x) could not be cloned.',
  ]);
});

test('stats() counts the tasks that wait, without those that are being done', async () => {
  const { get } = await startTasks();
  for (let i = 0; i < 4; i++) await get('task', { do: 'nothing', ms: 30_000 }, 0);
  let stats: number[] = [];
  for (let i = 0; i < 100 && stats[1] !== 3; i++) stats = await get('stats');
  expect(stats).toEqual([4, 3, 1]);
});

test('a task worker that dies lets those who wait for it know at once, and another does what comes next', async () => {
  const { get, lines } = await startTasks();
  const before = performance.now();
  expect(await get('taskwait', { do: 'die' }, 30, 0)).toBe(false);
  expect(performance.now() - before).toBeLessThan(15_000);
  expect(await lines.next()).toBe('workerError 1 9');
  expect(await get('taskwait', { do: 'who' }, 10)).toBe('task worker 2');
  expect((await get('stats'))[1]).toBe(0);
});

test.each([
  ['throws', 'throw', 255],
  ['leaves a rejection to nobody', 'reject', 255],
  ['leaves by process.exit()', 'die', 9],
] as const)('a task worker that %s is replaced, and nobody else is', async (_what, what, code) => {
  const { get, lines } = await startTasks();
  await get('taskwait', { do: what }, 5, 0);
  expect(await lines.next()).toBe(`workerError 1 ${code}`);
  expect(await get('taskwait', { do: 'who' }, 20, 0)).toBe('task worker 1');
  expect(lines.all.filter((line) => line.startsWith('workerError'))).toEqual([`workerError 1 ${code}`]);
});

test('stop() in a task worker lets another take its place, and is no error', async () => {
  const { get, lines } = await startTasks();
  expect(await get('taskwait', { do: 'stop' }, 5, 0)).toBe(true);
  for (let i = 0; i < 5; i++) expect(await get('taskwait', { do: 'who' }, 20, 0)).toBe('task worker 1');
  expect(lines.all.filter((line) => line.startsWith('workerError'))).toEqual([]);
});

test('a task worker sees and reaches the connections of the workers', async () => {
  const { get, port } = await startTasks();
  const other = await join(port);
  const closed = other.client.closed;
  const reached = await get('taskwait', { do: 'reach', fd: 2 }, 5);
  expect(reached).toEqual({
    push: [true, false],
    exist: [true, false],
    isEstablished: [true, false],
    bind: [true, false],
    getClientInfo: ['127.0.0.1', false],
    connections: [1, 2],
    count: 2,
    getClientList: [1, 2],
    close: [true, false, false],
  });
  expect(await other.client.next()).toBe('"from a task worker"');
  expect((await closed).code).toBe(1006);
  expect(await get('taskwait', { value: 'still here' }, 5)).toBe('still here');
});

test('tasks that wait for a task worker that dies are done by the next one, in order', async () => {
  const { get, next, lines } = await startTasks();
  const jobs = [{ value: 'slow', ms: 50 }, { do: 'die' }, ...[1, 2, 3].map((value) => ({ value }))];
  expect(await get('several', jobs)).toEqual([0, 1, 2, 3, 4]);
  expect(await next()).toEqual(['finish', 0, 'slow']);
  expect([await next(), await next(), await next()]).toEqual([
    ['finish', 2, 1],
    ['finish', 3, 2],
    ['finish', 4, 3],
  ]);
  expect(lines.all.filter((line) => line.startsWith('workerError'))).toEqual(['workerError 1 9']);
  await expect.poll(() => get('stats')).toEqual([5, 0, 2]);
});

test('of many tasks only those are lost that end their task workers, and none is done twice', async () => {
  const { get, lines } = await startTasks();
  expect(await get('storm', 500, 150)).toEqual([497, 497]);
  const errors = () => lines.all.filter((line) => line.startsWith('workerError')).length;
  while (errors() < 3) await lines.next();
  expect(errors()).toBe(3);
  expect((await get('stats'))[1]).toBe(0);
});

test('a task worker has a queue of 10,000; what is more is refused with a reason', async () => {
  const { get, ask, next } = await startTasks();
  expect(await get('task', { value: 'first', do: 'wait' }, 0)).toBe(0);
  expect(await get('fill')).toEqual([
    9_999,
    503,
    'Swoole\\Server::task(): 10000 tasks wait for task worker 1 already',
  ]);
  ask('release');
  expect(await next()).toEqual(['finish', 0, 'first']);
  for (let i = 0; i < 9_999; i++) expect(await next()).toEqual(['finish', i + 1, i]);
  await expect.poll(() => get('stats')).toEqual([10_000, 0, 2]);
});

test('nothing is kept of callbacks whose tasks give no result', async () => {
  const { get } = await startTasks();
  const jobs = [{ do: 'nothing' }, { value: 1 }, { do: 'nothing' }];
  expect(await get('callbacks', jobs)).toBe(3);
  expect(await get('taskwait', { value: 'after them' }, 10, 0)).toBe('after them');
  expect(await get('awaited')).toBe(0);
});

test('a reload of the task workers waits for the tasks that they do', async () => {
  const { get, ask, next, lines } = await startTasks();
  expect(await get('task', { value: 'kept', ms: 400 }, 0)).toBe(0);
  ask('reload', true);
  expect(await next()).toEqual(['finish', 0, 'kept']);
  expect(await lines.next()).toBe('afterReload');
  expect(await get('taskwait', { value: 'new' }, 10)).toBe('new');
});

test('the result of a task goes to the successor of the worker that gave it, when that was reloaded meanwhile', async () => {
  const { get, ask, client, port } = await startTasks({ SETTINGS: '{"max_wait_time":30}' });
  expect(await get('task', { do: 'wait', value: 'survived' }, 0)).toBe(0);
  ask('reload', false);
  expect((await client.closed).code).toBe(1012);
  const again = await join(port);
  again.client.send(JSON.stringify(['release']));
  expect(JSON.parse(String(await again.client.next()))).toEqual(['finish', 0, 'survived']);
});

test('with task_enable_coroutine tasks come as objects, run together, and only finish() counts', async () => {
  const { get, next } = await startTasks({
    AS_OBJECT: '1',
    SETTINGS: '{"task_enable_coroutine":true,"task_worker_num":1}',
  });
  expect(await get('task', { value: 'slow', ms: 300 }, 0)).toBe(0);
  expect(await get('task', { value: 'quick' }, 0)).toBe(1);
  expect(await next()).toEqual(['finish', 1, ['object', 1, 0, 'quick']]);
  expect(await next()).toEqual(['finish', 0, ['object', 0, 0, 'slow']]);
});

test('task_max_request replaces a task worker that has done so many', async () => {
  const { get, lines } = await startTasks({ SETTINGS: '{"task_max_request":5,"task_max_request_grace":1}' });
  for (let i = 0; i < 20; i++) expect(await get('taskwait', { value: i }, 10, 0)).toBe(i);
  // The successor says where the port is no more: it is the fourth to start.
  expect(lines.all.filter((line) => line.startsWith('workerError'))).toEqual([]);
});

describe('messages between workers', () => {
  test('reach another worker and come back; oneself and nobody are refused', async () => {
    const { get, next } = await startTasks();
    expect(await get('message', { a: 1 }, 2)).toEqual([true, '']);
    expect(await next()).toEqual(['message', 2, ['back', { a: 1 }]]);
    expect(await get('message', 'x', 0)).toEqual([
      false,
      "Swoole\\Server::sendMessage(): can't send messages to self",
    ]);
    expect(await get('message', 'x', 3)).toEqual([
      false,
      'Swoole\\Server::sendMessage(): worker_id[3] is invalid',
    ]);
  });

  test('ask a command of a task worker', async () => {
    const { get } = await startTasks();
    expect(await get('command', 'double', 1, 16, 21)).toEqual({ twice: 42, worker: 2 });
    expect(await get('command', 'double', 2, 16, 21)).toBe(false);
    expect(await get('command', 'unknown', 1, 16, 21)).toBe(false);
  });
});
