import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { callInCoroutine } from '../../src/coroutine/lifecycle.js';
import { options } from '../../src/coroutine/options.js';
import { Coroutine } from '../../src/namespaces/coroutine.js';

// The first test needs a process in which nobody has used coroutines.
describe('a callback', () => {
  it('has no coroutine until it asks for one, and then has it after its awaits, too', async () => {
    const before = Coroutine.stats().coroutine_last_cid;
    callInCoroutine(() => {}, 0, 0);
    expect(Coroutine.stats().coroutine_last_cid).toBe(before);
    const ids: number[] = [];
    const handler = async () => {
      ids.push(Coroutine.getCid());
      await sleep(1);
      ids.push(Coroutine.getCid());
    };
    // Not itself async, so nothing says beforehand that it will wait.
    await callInCoroutine(() => handler(), 0, 0);
    expect(ids).toEqual([before + 1, before + 1]);
    expect(Coroutine.exists(before + 1)).toBe(false);
    expect(Coroutine.getCid()).toBe(-1);
  });

  it('that is async has a coroutine that it may ask for after an await', async () => {
    const id = await callInCoroutine(
      async () => {
        await sleep(1);
        return Coroutine.getCid();
      },
      0,
      0,
    );
    expect(id).toBeGreaterThan(0);
  });

  it('runs its deferred functions when it has ended, also by an error', async () => {
    const order: string[] = [];
    const failing = callInCoroutine(
      async () => {
        Coroutine.defer(() => order.push('deferred'));
        await sleep(1);
        order.push('ends');
        throw new Error('of the callback');
      },
      0,
      0,
    );
    await expect(failing).rejects.toThrow('of the callback');
    expect(order).toEqual(['ends', 'deferred']);
  });

  it('throws at once what it throws at once', () => {
    const call = () =>
      callInCoroutine(
        () => {
          throw new Error('at once');
        },
        0,
        0,
      );
    expect(call).toThrow('at once');
  });

  it('is no coroutine where callbacks are told not to be', async () => {
    options.callbacks = false;
    try {
      expect(await callInCoroutine(async () => Coroutine.getCid(), 0, 0)).toBe(-1);
      expect(callInCoroutine(() => Coroutine.getCid(), 0, 0)).toBe(-1);
    } finally {
      options.callbacks = true;
    }
  });

  it('within a coroutine is not that coroutine', async () => {
    await Coroutine.run(async () => {
      const outer = Coroutine.getCid();
      const inner = callInCoroutine(() => Coroutine.getCid(), 0, 0);
      expect(inner).not.toBe(outer);
      expect(Coroutine.getCid()).toBe(outer);
    });
  });
});
