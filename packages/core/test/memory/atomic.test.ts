import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Atomic } from '../../src/memory/atomic.js';
import { share, thread } from './threads.js';

const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);

describe('Atomic', () => {
  it('counts modulo 2^32', () => {
    const any = fc.oneof(fc.integer(), fc.integer({ min: -(2 ** 40), max: 2 ** 40 }));
    fc.assert(
      fc.property(any, fc.array(fc.tuple(fc.constantFrom('add', 'sub', 'set'), any)), (start, steps) => {
        const atomic = new Atomic(start);
        let value = BigInt.asUintN(32, BigInt(start));
        expect(atomic.get()).toBe(Number(value));
        for (const [what, by] of steps) {
          const sign = what === 'add' ? 1n : what === 'sub' ? -1n : 0n;
          value = BigInt.asUintN(32, sign === 0n ? BigInt(by) : value + sign * BigInt(by));
          if (what === 'set') atomic.set(by);
          else expect(atomic[what as 'add' | 'sub'](by)).toBe(Number(value));
          expect(atomic.get()).toBe(Number(value));
        }
      }),
    );
  });

  it('cuts the fraction of an argument off', () => {
    const atomic = new Atomic(5);
    expect([atomic.add(2.9), atomic.sub(2.9), atomic.add(-2.9)]).toEqual([7, 5, 3]);
  });

  it('compares before it sets, with values above 2^31 too', () => {
    const atomic = new Atomic(4_000_000_000);
    expect(atomic.cmpset(4_000_000_001, 1)).toBe(false);
    expect(atomic.get()).toBe(4_000_000_000);
    expect(atomic.cmpset(4_000_000_000, 4_294_967_295)).toBe(true);
    expect(atomic.get()).toBe(4_294_967_295);
  });

  it('wait() takes a 1 at once, gives up in time, and does not wait for another value', () => {
    const atomic = new Atomic(1);
    expect([atomic.wait(10), atomic.get()]).toEqual([true, 0]);
    const began = performance.now();
    expect(atomic.wait(0.05)).toBe(false);
    expect(performance.now() - began).toBeGreaterThan(45);
    atomic.set(2);
    expect([atomic.wait(10), atomic.get()]).toEqual([false, 2]);
  });

  it('wakeup() leaves a 1 behind when nobody waits', () => {
    const atomic = new Atomic();
    expect([atomic.wakeup(), atomic.get(), atomic.wakeup(), atomic.wait()]).toEqual([true, 1, true, true]);
  });

  it('is one number in all threads, each of which can wake another', async () => {
    const { made, entries } = share(() => ({
      counter: new Atomic(1000),
      long: new Atomic.Long(-1),
      bell: new Atomic(0),
    }));
    const { counter, long, bell } = made;
    const waiting = thread('atomic', entries, { times: 5000, rings: false });
    await waiting.said;
    const ringing = thread('atomic', entries, { times: 5000, rings: true });
    expect(await ringing.result).toBe(true);
    expect(await waiting.result).toEqual([true, 8]);
    expect([counter.get(), long.get(), bell.get()]).toEqual([11_000, -10_000_000_000_000_001n, 0]);
  });
});

describe('Atomic.Long', () => {
  it('counts modulo 2^64, in numbers where they are exact and in bigints beyond', () => {
    const any = fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: MIN, max: MAX }));
    fc.assert(
      fc.property(any, fc.array(fc.tuple(fc.constantFrom('add', 'sub', 'set'), any)), (start, steps) => {
        const long = new Atomic.Long(start);
        let value = BigInt(start);
        for (const [what, by] of steps) {
          const sign = what === 'add' ? 1n : what === 'sub' ? -1n : 0n;
          value = BigInt.asIntN(64, sign === 0n ? BigInt(by) : value + sign * BigInt(by));
          const shown = value <= 2n ** 53n - 1n && value >= -(2n ** 53n - 1n) ? Number(value) : value;
          if (what === 'set') long.set(by);
          else expect(long[what as 'add' | 'sub'](by)).toBe(shown);
          expect(long.get()).toBe(shown);
        }
      }),
    );
  });

  it('goes round at both ends', () => {
    const long = new Atomic.Long(MAX);
    expect([long.add(), long.sub(1)]).toEqual([MIN, MAX]);
  });

  it('compares before it sets', () => {
    const long = new Atomic.Long(-5);
    expect([long.cmpset(5, 1), long.get()]).toEqual([false, -5]);
    expect([long.cmpset(-5, 2n ** 53n + 1n), long.get()]).toEqual([true, 2n ** 53n + 1n]);
  });
});
