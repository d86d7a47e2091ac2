import { expect, test } from 'vitest';
import { run } from '../server/program.js';

test('processes start while the main thread is blocked, talk through a pipe, share memory, and end with their codes', async () => {
  const { ended } = run('processes');
  const { code, stdout, stderr } = await ended;
  expect(stdout.split('\n')).toEqual([
    'woken true',
    'again false',
    'got hello',
    'then cut ',
    'without a pipe false',
    '0 255 7',
    'runs 13, wait false',
    '',
  ]);
  expect(stderr).toContain('on purpose');
  expect(code).toBe(0);
}, 40_000);

test('workers of a server do not start a process again, and none starts beside a server or within a process', async () => {
  const { ended } = run('processes-beside-server');
  const { stdout, code } = await ended;
  expect(stdout.split('\n')).toEqual([
    'within a process false',
    'beside a server false',
    'code 0, runs 1',
    '',
  ]);
  expect(code).toBe(0);
}, 40_000);
