import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import { type SharedEntry, sharedInventory } from '../../src/memory/shared-memory.js';

const programs = new URL('../fixtures/threads/', import.meta.url);

/** Another thread: it runs a program of test/fixtures/threads with the shared objects it is given. */
export interface Thread {
  worker: Worker;
  /** What the program sends, besides its result. */
  said: Promise<unknown>;
  /** What the program's default function has returned. */
  result: Promise<unknown>;
}

/** Makes shared objects, and gives them with the entries that a thread needs to make the same ones. */
export function share<T>(make: () => T): { made: T; entries: readonly SharedEntry[] } {
  const before = sharedInventory().length;
  const made = make();
  return { made, entries: sharedInventory().slice(before) };
}

/** Starts a thread; it ends with the test at the latest. */
export function thread(program: string, entries: readonly SharedEntry[], data: unknown = null): Thread {
  const worker = new Worker(fileURLToPath(new URL('bootstrap.mjs', programs)), {
    workerData: { program: new URL(`${program}.ts`, programs).href, entries, data },
  });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  onTestFinished(async () => {
    await worker.terminate();
    await ended;
  });
  const next = (what: 'said' | 'result') => {
    const promise = new Promise<unknown>((resolve, reject) => {
      worker.on('message', (message: object) => {
        if (what in message) resolve((message as Record<string, unknown>)[what]);
      });
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the thread has ended with ${code}`)));
    });
    promise.catch(() => {});
    return promise;
  };
  return { worker, said: next('said'), result: next('result') };
}
