import { describe, expect, test, vi } from 'vitest';
import { run } from '../server/program.js';
import { join, startWorkers } from './crew-program.js';

// Every worker is a thread that loads the whole library from its sources.
vi.setConfig({ testTimeout: 60_000 });

describe.each([
  ['an uncaught exception in a callback', 'throw', 255],
  ['an exception in a timer of Node', 'timer', 255],
  ['a rejected promise that nobody awaits', 'reject', 255],
  ['process.exit(7)', 'exit 7', 7],
])('%s', (_name, command, code) => {
  test('ends that worker and its connections only, and another takes its place', async () => {
    const { port, until, lines, child, ended } = await startWorkers();
    const [one, two, three] = [await join(port), await join(port), await join(port)];
    one.client.send(command);
    expect((await one.client.closed).code).toBe(1006);
    expect((await three.client.closed).code).toBe(1006);
    await until(`workerError 1 ${code} 0`);
    expect(await two.ask('tell 2 still here')).toBe('still here');
    await two.client.next();
    // No close events: the program of that worker is gone.
    expect(lines.all.filter((line) => line.startsWith('close'))).toEqual([]);
    while (lines.all.filter((line) => line === 'workerStart 1').length < 2) await lines.next();
    // It says so a moment before connections go to it.
    let again = await join(port);
    for (let tries = 0; again.worker === 0 && tries < 100; tries++) again = await join(port);
    expect(again.worker).toBe(1);
    expect(await again.ask('asked')).toBe('asked 1');
    expect(child.exitCode).toBe(null);
    child.kill('SIGTERM');
    const { stderr } = await ended;
    // Leaving by process.exit() is no error; the others are told with their reason.
    expect(stderr === '').toBe(command.startsWith('exit'));
  });
});

test('a worker that another one kills ends with that code, and another takes its place', async () => {
  const { port, until, lines } = await startWorkers();
  const [one, two] = [await join(port), await join(port)];
  expect([one.worker, two.worker]).toEqual([1, 0]);
  expect(await two.ask('kill 7')).toBe('kill false');
  expect(await two.ask('kill 1')).toBe('kill true');
  expect((await one.client.closed).code).toBe(1006);
  await until('workerError 1 9 0');
  while (lines.all.filter((line) => line === 'workerStart 1').length < 2) await lines.next();
  expect(await two.ask('count')).toBe('count 1');
});

describe('a server whose only worker ends', () => {
  test('serves again with the next one', async () => {
    const { port, until, lines } = await startWorkers({ WORKERS: '1', SETTINGS: '{"task_worker_num":1}' });
    const one = await join(port);
    one.client.send('exit 3');
    await one.client.closed;
    await until('workerError 0 3 0');
    while (lines.all.filter((line) => line === 'workerStart 0').length < 2) await lines.next();
    expect(await (await join(port)).ask('count')).toBe('count 1');
  });
});

describe('a worker that never serves', () => {
  test('makes start() fail with the reason, and the program ends', async () => {
    const { ended } = run('never-serves');
    const { code, stdout, stderr } = await ended;
    expect(stdout).toMatch(/^start\(\) has failed: worker [01] ended with 255 before it served\n$/);
    expect(stderr).toContain('only in a worker');
    expect(code).toBe(0);
  });
});

describe('a worker whose heap fills up', () => {
  test('is replaced in order before it would take the process along', async () => {
    const { port, lines, until, child } = await startWorkers({ NODE_OPTIONS: '--max-old-space-size=128' });
    const [one, two] = [await join(port), await join(port)];
    let closed: { code: number } | null = null;
    void one.client.closed.then((how) => {
      closed = how;
    });
    for (let i = 0; i < 2000 && closed === null; i++) {
      one.client.send('hoard 10');
      await Promise.race([one.client.next(), one.client.closed]);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(closed).toEqual({ code: 1012, reason: '' });
    await until('workerStop 1');
    expect(lines.all.filter((line) => line.startsWith('workerError'))).toEqual([]);
    expect(await two.ask('tell 2 still here')).toBe('still here');
    expect(child.exitCode).toBe(null);
  });
});
