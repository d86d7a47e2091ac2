import { expect, test } from 'vitest';
import { run } from '../server/program.js';

test('a process beside the workers is started again when it fails, keeps its mail, survives a reload, and ends with the server', async () => {
  const { ended } = run('user-process');
  const { code, stdout, stderr } = await ended;
  const lines = stdout.split('\n');
  // Said by another thread than the lines around it: what two threads print has no order.
  const asked = 'asked to end by 15';
  expect(lines.filter((line) => line === asked)).toEqual([asked]);
  expect(lines.filter((line) => line !== asked)).toEqual([
    'life 1: worker_id -1, stop false',
    'workerError 1 255',
    'life 2: worker_id -1, stop false',
    'echo of life 2',
    'echo of life 2',
    'late false, without a pipe false',
    '2 lives',
    '',
  ]);
  expect(stderr).toContain('on purpose');
  expect(stderr).toContain('server is running, cannot add process');
  expect(code).toBe(0);
}, 40_000);
