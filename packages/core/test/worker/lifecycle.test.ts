import { describe, expect, test, vi } from 'vitest';
import { join, startWorkers } from './crew-program.js';

// Every worker is a thread that loads the whole library from its sources.
vi.setConfig({ testTimeout: 60_000 });

describe('the events of a server with two workers', () => {
  test('come as in SWOOLE_BASE when no mode is named, and start() resolves in the first thread only', async () => {
    const { child, port, ended } = await startWorkers();
    const { client } = await join(port);
    child.kill('SIGTERM');
    expect(await client.closed).toEqual({ code: 1001, reason: '' });
    const { code, stdout, stderr } = await ended;
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('port'));
    expect(lines.slice(0, 2)).toEqual(['the script runs in the first thread', 'managerStart']);
    expect([...lines.slice(2, 5)].sort()).toEqual(['start in a worker', 'workerStart 0', 'workerStart 1']);
    expect(lines.indexOf('start in a worker')).toBeLessThan(lines.indexOf('workerStart 0'));
    expect([...lines.slice(5, 9)].sort()).toEqual([
      'beforeShutdown in a worker',
      'close 1 in worker 1 by the server',
      'workerStop 0',
      'workerStop 1',
    ]);
    expect(lines.slice(9)).toEqual(['managerStop', 'shutdown', 'start has resolved']);
  });

  test('raise start and beforeShutdown in the master with SWOOLE_PROCESS', async () => {
    const { port, ended, until } = await startWorkers({ MODE: 'process' });
    const { client } = await join(port);
    await until('start in the master');
    client.send('shutdown');
    expect(await client.closed).toEqual({ code: 1001, reason: '' });
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(stdout).toContain('beforeShutdown in the master\n');
  });
});

describe('a reload', () => {
  test.each(['by SIGUSR1', 'by reload()'])(
    '%s replaces the workers: variables start afresh, clients get 1012',
    async (way) => {
      const { child, port, until } = await startWorkers();
      const [one, two] = [await join(port), await join(port)];
      expect(await one.ask('asked')).toBe('asked 1');
      expect(await one.ask('asked')).toBe('asked 2');
      if (way === 'by SIGUSR1') child.kill('SIGUSR1');
      else two.client.send('reload');
      expect(await one.client.closed).toEqual({ code: 1012, reason: '' });
      expect(await two.client.closed).toEqual({ code: 1012, reason: '' });
      await until('beforeReload', 'workerStop 0', 'workerStop 1', 'afterReload');
      const again = await join(port);
      expect(await again.ask('asked')).toBe('asked 1');
      expect(await again.ask('count')).toBe('count 1');
    },
  );

  test('lets callbacks that run come to their end before it closes their connections', async () => {
    const { child, port, until } = await startWorkers();
    const { client } = await join(port);
    client.send('hold');
    child.kill('SIGUSR1');
    await until('workerExit 1');
    client.send('release');
    expect(await client.next()).toBe('released');
    expect(await client.closed).toEqual({ code: 1012, reason: '' });
    await until('afterReload');
  });

  test('waits no longer than max_wait_time for callbacks that do not end', async () => {
    const { child, port, until } = await startWorkers({ SETTINGS: '{"max_wait_time":1}' });
    const { client } = await join(port);
    client.send('hold');
    child.kill('SIGUSR1');
    expect(await client.closed).toEqual({ code: 1012, reason: '' });
    await until('afterReload');
  });

  test('goes on when new workers fail at first, and the old ones serve until then', async () => {
    const { child, port, until, lines } = await startWorkers();
    const { client, ask } = await join(port);
    expect(await ask('fail 3')).toBe('the next will fail');
    child.kill('SIGUSR1');
    while (lines.all.filter((line) => line.startsWith('workerError')).length < 3) await lines.next();
    expect(await client.closed).toEqual({ code: 1012, reason: '' });
    await until('afterReload');
  });

  test('that is asked for during another comes after it', async () => {
    const { child, lines } = await startWorkers();
    child.kill('SIGUSR1');
    while (!lines.all.includes('beforeReload')) await lines.next();
    child.kill('SIGUSR1');
    while (lines.all.filter((line) => line === 'afterReload').length < 2) await lines.next();
  });

  test('replaces workers, too, that have not come to serve yet', async () => {
    const { until, lines } = await startWorkers({ AT_START: 'reload' });
    await until('workerStop 0', 'workerStop 1', 'afterReload');
    for (const id of [0, 1]) {
      expect(lines.all.filter((line) => line === `workerStart ${id}`)).toHaveLength(2);
      expect(lines.all.filter((line) => line === `workerStop ${id}`)).toHaveLength(1);
    }
  });

  test('refuses no client while it goes on', async () => {
    const { child, port, until } = await startWorkers();
    (await join(port)).client.socket.close();
    child.kill('SIGUSR1');
    let joined = 0;
    const done = until('afterReload').then(() => true);
    while (!(await Promise.race([done, Promise.resolve(false)]))) {
      const { client } = await join(port);
      client.socket.close();
      joined++;
      await client.closed;
    }
    expect(joined).toBeGreaterThan(0);
  });
});

describe('stop() in a worker', () => {
  test('replaces that worker only', async () => {
    const { port, until, lines } = await startWorkers();
    const [one, two] = [await join(port), await join(port)];
    one.client.send('stop');
    expect(await one.client.closed).toEqual({ code: 1012, reason: '' });
    await until('workerStop 1');
    expect(lines.all).not.toContain('workerStop 0');
    expect(lines.all.filter((line) => line.startsWith('workerError'))).toEqual([]);
    expect(await two.ask('count')).toBe('count 1');
  });

  test('replaces it also when it has not come to serve yet', async () => {
    const { lines } = await startWorkers({ AT_START: 'stop' });
    const stopped = () => lines.all.find((line) => line.startsWith('workerStop '));
    while (stopped() === undefined) await lines.next();
    const started = String(stopped()).replace('Stop', 'Start');
    expect(lines.all.filter((line) => line === started)).toHaveLength(2);
  });

  test('twice replaces it once', async () => {
    const { child, port, until, lines } = await startWorkers();
    const { client } = await join(port);
    client.send('stop');
    client.send('stop');
    expect(await client.closed).toEqual({ code: 1012, reason: '' });
    await until('workerStop 1');
    // A second successor would have been started by the end of a reload.
    child.kill('SIGUSR1');
    await until('afterReload');
    expect(lines.all.filter((line) => line === 'workerStart 1')).toHaveLength(3);
  });
});
