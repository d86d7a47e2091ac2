import { expect, it, vi } from 'vitest';
import { getmypid, posix_kill } from '../src/index.js';

vi.mock('node:worker_threads', async (original) => ({ ...(await original<object>()), isMainThread: false }));

it('posix_kill() ends only the thread of a worker that kills itself, not the process of all of them', () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('the thread has ended');
  });
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  expect(() => posix_kill(getmypid(), 9)).toThrow('the thread has ended');
  expect(exit).toHaveBeenCalledExactlyOnceWith(9);
  expect(posix_kill(getmypid(), 15)).toBe(true);
  expect(kill.mock.calls).toEqual([[process.pid, 15]]);
  vi.restoreAllMocks();
});
