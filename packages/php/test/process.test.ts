import { expect, it, vi } from 'vitest';
import { getmypid, killWorker, posix_kill } from '../src/index.js';

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

it('killWorker() ends the thread of a worker, and sends its process what ends none', () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  const told: unknown[][] = [];
  const server = {
    getWorkerPid: (worker: number) => worker < 2 && process.pid,
    stop: (...args: unknown[]) => told.push(['stop', ...args]) > 0,
    killWorker: (...args: unknown[]) => told.push(['kill', ...args]) > 0,
  };
  expect([9, 15, 10].map((signal) => killWorker(server, 1, signal))).toEqual([true, true, true]);
  expect(told).toEqual([
    ['kill', 1, 9],
    ['stop', 1],
  ]);
  expect(kill.mock.calls).toEqual([[process.pid, 10]]);
  expect(killWorker(server, 2, 9)).toBe(false);
  vi.restoreAllMocks();
});
