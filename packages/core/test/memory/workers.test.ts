import { expect, it } from 'vitest';
import { portOf, run } from '../server/program.js';

it('is the same memory in all workers of a server, and what a dead one held is free', async () => {
  const { child, lines, ended } = run('shared');
  const url = `http://127.0.0.1:${await portOf(lines)}`;
  // A connection for each request, so that the death of one worker is nobody else's business.
  const ask = async (path: string) => (await fetch(url + path, { headers: { connection: 'close' } })).text();
  expect(JSON.parse(await ask('/rows'))).toEqual({
    'from before start': { text: 'written once', count: 1, sum: 0 },
    shared: { text: '', count: 15_000, sum: -7500 },
    'worker 0': { text: '0 says hello', count: 0, sum: 0 },
    'worker 1': { text: '1 says hello', count: 0, sum: 0 },
    'worker 2': { text: '2 says hello', count: 0, sum: 0 },
  });
  expect(await ask('/generations')).toBe('3');
  await expect(ask('/die')).rejects.toThrow();
  expect(await ask('/lock')).toBe('true');
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('over with 5 rows, 15000 counted'),
  });
});
