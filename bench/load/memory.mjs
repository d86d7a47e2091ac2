// How much the server's resident set grows for a connection that does nothing.
import { setTimeout as sleep } from 'node:timers/promises';
import { residentBytes } from '../lib/proc.mjs';
import { idOf, serverHeader } from './frames.mjs';
import { measure } from './meter.mjs';
import { Talker } from './talker.mjs';
import { openAll } from './tcp.mjs';

export const run = async (job) => {
  await sleep(500);
  const before = residentBytes(job.pid);
  await openAll(job.connections, (index) => new Talker(job.port, idOf(index), serverHeader(64), 64));
  const shares = await measure({ ...job, seconds: Math.min(1, job.seconds) }, () => 0);
  return { ...shares, value: (residentBytes(job.pid) - before) / job.connections };
};
