// The window in which is counted, and who used the CPU in it.
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds, machineSeconds } from '../lib/proc.mjs';

const share = (part, seconds) => Math.max(0, part / seconds);

/**
 * Warms up, counts for a while, and gives the rate with the CPU shares of one core.
 * `others` is what neither server nor generator used: the machine's noise.
 */
export const measure = async ({ pid, warmup, seconds }, count) => {
  await sleep(warmup * 1000);
  const machineBefore = machineSeconds();
  const serverBefore = cpuSeconds(pid);
  const ownBefore = process.cpuUsage();
  const began = performance.now();
  const counted = count();
  await sleep(seconds * 1000);
  const rate = count() - counted;
  const elapsed = (performance.now() - began) / 1000;
  const own = process.cpuUsage(ownBefore);
  const generator = (own.user + own.system) / 1e6;
  const server = cpuSeconds(pid) - serverBefore;
  const machine = machineBefore && machineSeconds();
  return {
    value: rate / elapsed,
    seconds: elapsed,
    server: share(server, elapsed),
    generator: share(generator, elapsed),
    others: machine ? share(machine.busy - machineBefore.busy - server - generator, elapsed) : null,
    stolen: machine ? share(machine.stolen - machineBefore.stolen, elapsed) : null,
  };
};
