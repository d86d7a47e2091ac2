import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Account, TableStep } from '../fixtures/threads/table-steps.js';
import { isWhole, makeCoherentTable } from './coherent-table.js';
import { share, type Thread, thread } from './threads.js';

const THREADS = 3;

const step: fc.Arbitrary<TableStep> = fc.tuple(
  fc.constantFrom('set', 'set', 'incr', 'incr', 'get', 'get', 'getdel', 'add', 'walk'),
  fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
  fc.nat(1_000_000),
);

function perform(one: Thread, steps: TableStep[]): Promise<Account> {
  return new Promise((resolve, reject) => {
    one.result.catch(reject);
    one.worker.once('message', ({ account }: { account: Account }) => resolve(account));
    one.worker.postMessage(steps);
  });
}

it('loses no count and shows no half-written row when several threads write at once', async () => {
  const { made: table, entries } = share(() => makeCoherentTable());
  const threads = Array.from({ length: THREADS }, () => thread('table-steps', entries));
  for (const one of threads) await one.said;
  const plans = fc.array(fc.array(step, { minLength: 1, maxLength: 30 }), {
    minLength: THREADS,
    maxLength: THREADS,
  });
  await fc.assert(
    fc.asyncProperty(plans, async (each) => {
      // Each plan often enough that the threads are at it together.
      const long = each.map((steps) => Array.from({ length: 3000 }, (_, i) => steps[i % steps.length]!));
      const accounts = await Promise.all(threads.map((one, i) => perform(one, long[i]!)));
      expect(accounts.map(({ torn }) => torn)).toEqual(accounts.map(() => 0));
      const rows = [...table];
      expect(rows.filter(([, row]) => !isWhole(row))).toEqual([]);
      expect(table.count()).toBe(rows.length);
      const left = rows.reduce((sum, [, row]) => sum + row.hits, 0);
      const taken = accounts.reduce((sum, account) => sum + account.taken, 0);
      expect(left + taken).toBe(accounts.reduce((sum, account) => sum + account.added, 0));
      for (const [key] of rows) table.del(key);
      expect(table.count()).toBe(0);
    }),
    { numRuns: 40 },
  );
  for (const one of threads) one.worker.postMessage(null);
  await Promise.all(threads.map(({ result }) => result));
}, 60_000);
