// Where the figures come from.
import os from 'node:os';
import { chooseCores } from './proc.mjs';

/** Milliseconds for a fixed amount of arithmetic: they differ when the machine has other things to do. */
export const calibrate = () => {
  const began = performance.now();
  let x = 1;
  for (let i = 0; i < 30_000_000; i++) x = Math.imul(x, 1664525) + 1013904223;
  // The result is looked at, so that the loop is not optimised away.
  if (Number.isNaN(x)) throw new Error('this processor cannot calculate');
  return performance.now() - began;
};

export const describeMachine = () => ({
  cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
  cores: os.availableParallelism(),
  platform: `${os.type()} ${os.release()} ${os.arch()}`,
  node: process.versions.node,
  loadAverage: os.loadavg()[0],
  pinning: chooseCores(),
});
