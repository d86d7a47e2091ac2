// One cell of the table, once: a fresh server process, a fresh load process, and both are gone afterwards.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pinned } from './proc.mjs';

const LOAD = path.join(path.dirname(fileURLToPath(import.meta.url)), '../load/main.mjs');
const START_LIMIT = 15_000;
const STOP_LIMIT = 3_000;

/** What runs now, so that an interrupted benchmark leaves nothing behind. */
const running = new Set();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const start = (command, stdio) => {
  const child = spawn(command[0], command.slice(1), { stdio });
  child.ended = once(child, 'exit').finally(() => running.delete(child));
  running.add(child);
  return child;
};

const stop = async (child) => {
  const giveUp = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT);
  child.kill('SIGTERM');
  await child.ended;
  clearTimeout(giveUp);
};

const within = async (milliseconds, what, promise) => {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${what} took longer than ${milliseconds / 1000} s`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
};

/** The first line with the given first word; rejects when the program ends without one. */
const lineWith = (child, word) =>
  new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith(`${word} `)) resolve(line.slice(word.length + 1));
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      setImmediate(reject, new Error(`ended with ${signal ?? `status ${code}`} before ${word}`)),
    );
  });

/** The program of a system that serves a workload; undefined when it has none. */
export const commandFor = (system, workload) => {
  if (workload.threads) return system.workers;
  if (workload.engine === 'node') return system.nodeEngine;
  return workload.mode === 'tcp' ? system.tcp : system.command;
};

/**
 * Measures one workload on one system.
 * @param times `{ warmup, seconds }`
 * @param cores `{ server, load }` or null for no pinning
 * @returns `{ value, server, generator, others, stolen, seconds, about }`: shares are of one core
 */
export const runCell = async (system, workload, times, cores) => {
  const server = start(pinned([...commandFor(system, workload), workload.mode], cores?.server), [
    'ignore',
    'pipe',
    'inherit',
  ]);
  let load = null;
  try {
    const ready = await within(START_LIMIT, 'starting the server', lineWith(server, 'READY'));
    const [port, ...about] = ready.split(' ');
    const job = JSON.stringify({ ...workload, ...times, port: Number(port), pid: server.pid });
    load = start(pinned([process.execPath, LOAD, job], cores?.load), ['ignore', 'pipe', 'inherit']);
    const limit = (times.warmup + times.seconds) * 1000 + 30_000;
    const result = JSON.parse(await within(limit, 'the load', lineWith(load, 'RESULT')));
    if (server.exitCode !== null) throw new Error('the server ended during the run');
    return { ...result, about: about.join(' ') };
  } finally {
    if (load) await stop(load);
    await stop(server);
  }
};
