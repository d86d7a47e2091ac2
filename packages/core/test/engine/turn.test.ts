import { expect, test, vi } from 'vitest';
import { atEndOfTurn } from '../../src/engine/turn.js';

test('work for the end of a turn is done when other work throws, once, and so is what it begins', async () => {
  const done: string[] = [];
  const work = (name: string, act: () => void = () => {}) => ({
    endOfTurn() {
      done.push(name);
      act();
    },
  });
  const errors: unknown[] = [];
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => errors.push(error));
  atEndOfTurn(work('first'));
  atEndOfTurn(
    work('throws', () => {
      atEndOfTurn(work('begun'));
      throw new Error('on purpose');
    }),
  );
  atEndOfTurn(work('last'));
  await vi.waitFor(() => expect(done.length).toBe(4), 15_000);
  atEndOfTurn(work('later'));
  await vi.waitFor(() => expect(done.length).toBe(5), 15_000);
  process.removeAllListeners('uncaughtException');
  for (const listener of listeners) process.on('uncaughtException', listener);
  expect([...done].sort()).toEqual(['begun', 'first', 'last', 'later', 'throws']);
  expect(errors.map((error) => (error as Error).message)).toEqual(['on purpose']);
});
