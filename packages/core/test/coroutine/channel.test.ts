import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SWOOLE_CHANNEL_CLOSED, SWOOLE_CHANNEL_TIMEOUT } from '../../src/constants/coroutine.js';
import { Coroutine } from '../../src/namespaces/coroutine.js';

const { Channel, go, run } = Coroutine;

describe('Channel', () => {
  it('keeps the order of all values, whatever its capacity, the producers and the consumers', async () => {
    const numbers = fc.array(fc.integer(), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(numbers, fc.integer({ min: 1, max: 5 }), async (values, capacity) => {
        const got: unknown[] = [];
        await run(async () => {
          const channel = new Channel<number>(capacity);
          go(async () => {
            for (const value of values) await channel.push(value);
            await channel.close();
          });
          for (;;) {
            const value = await channel.pop();
            if (value === false) break;
            got.push(value);
          }
          expect(channel.errCode).toBe(SWOOLE_CHANNEL_CLOSED);
        });
        expect(got).toEqual(values);
      }),
      { numRuns: 30 },
    );
  });

  it('hands values to those who wait in the order in which they came', async () => {
    const got: string[] = [];
    await run(async () => {
      const channel = new Channel<number>();
      for (const name of ['a', 'b', 'c']) {
        go(async () => {
          got.push(`${name}${await channel.pop()}`);
        });
      }
      for (let i = 1; i <= 3; i++) void channel.push(i);
    });
    expect(got).toEqual(['a1', 'b2', 'c3']);
  });

  it('forgets those whose time is over', async () => {
    await run(async () => {
      const channel = new Channel<number>(1);
      expect(await channel.pop(0.001)).toBe(false);
      expect(channel.errCode).toBe(SWOOLE_CHANNEL_TIMEOUT);
      await channel.push(1);
      expect(await channel.push(2, 0.001)).toBe(false);
      expect(channel.stats()).toEqual({ consumer_num: 0, producer_num: 0, queue_num: 1 });
      expect(await channel.pop()).toBe(1);
      expect(channel.isEmpty()).toBe(true);
    });
  });

  it('works outside of coroutines, too', async () => {
    const channel = new Channel<string>();
    const value = channel.pop();
    await channel.push('outside');
    expect(await value).toBe('outside');
  });
});
