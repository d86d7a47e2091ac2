import { expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { join, startWorkers } from '../../worker/crew-program.js';

// Every worker is a thread that loads the whole library from its sources.
vi.setConfig({ testTimeout: 60_000 });

test('two workers of the engine node serve in turn, push to each other, and are replaced when they are reloaded', async () => {
  const { child, port, ended, until } = await startWorkers({ SWOOLE_TS_ENGINE: 'node' });
  const [one, two] = [await join(port), await join(port)];
  expect(await one.ask('asked')).toBe('asked 1');
  expect(await two.ask('asked')).toBe('asked 1');
  child.kill('SIGUSR1');
  expect(await one.client.closed).toEqual({ code: 1012, reason: '' });
  expect(await two.client.closed).toEqual({ code: 1012, reason: '' });
  await until('afterReload');
  const again = await join(port);
  expect(await again.ask('asked')).toBe('asked 1');
  child.kill('SIGTERM');
  expect(await again.client.closed).toEqual({ code: 1001, reason: '' });
  expect((await ended).code).toBe(0);
});

test('a connection beyond max_connection is not served, even what it sent at once', async () => {
  const { port } = await startWorkers({ SWOOLE_TS_ENGINE: 'node', SETTINGS: '{"max_connection":40}' });
  await Promise.all(Array.from({ length: 40 }, () => join(port)));
  const outcome = (): Promise<string> =>
    new Promise((resolve) => {
      const refused = new WebSocket(`ws://127.0.0.1:${port}`);
      refused.on('open', () => resolve('open')).on('error', () => resolve('error'));
    });
  for (let i = 0; i < 6; i++) expect(await outcome()).toBe('error');
});
