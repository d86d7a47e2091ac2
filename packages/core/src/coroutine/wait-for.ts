import { Wait, type WaitEnds } from './wait.js';

/**
 * Lets the coroutine wait for work of Node's, so that it may be cancelled, has a time limit and goes on in its turn.
 * @param seconds no limit from 0 down
 */
export function waitFor<T>(what: string, work: Promise<T>, ends: WaitEnds<T>, seconds = -1): Promise<T> {
  const wait = new Wait<T>(what, ends, seconds);
  work.then(
    (value) => wait.wake(value),
    (error: unknown) => wait.fail(error),
  );
  return wait.promise;
}
