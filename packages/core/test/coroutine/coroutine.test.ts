import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { swoole_last_error } from '../../src/errors/last-error.js';
import { SWOOLE_ERROR_CO_CANNOT_CANCEL, SWOOLE_ERROR_CO_NOT_EXISTS } from '../../src/errors/numbers.js';
import { setWarningHandler } from '../../src/errors/warnings.js';
import { Coroutine } from '../../src/namespaces/coroutine.js';
import { warnings } from './warnings.js';

const { go, run } = Coroutine;

afterEach(() => {
  setWarningHandler(null);
});

describe('Coroutine', () => {
  it('is known after awaits of promises that are not of Swoole', async () => {
    const seen: boolean[] = [];
    await run(async () => {
      for (let i = 0; i < 3; i++) {
        go(async () => {
          const id = Coroutine.getCid();
          Coroutine.getContext()!.mine = id;
          await sleep(2 * (3 - i));
          seen.push(Coroutine.getCid() === id && Coroutine.getContext()!.mine === id);
        });
      }
    });
    expect(seen).toEqual([true, true, true]);
    expect(Coroutine.getCid()).toBe(-1);
  });

  it('lets the one that was woken run to its next wait, however deep it awaits, before the one that woke it', async () => {
    const order: string[] = [];
    await run(async () => {
      const inner = async () => {
        await Coroutine.yield();
        order.push('inner');
      };
      const middle = async () => {
        await inner();
        order.push('middle');
      };
      const woken = go(async () => {
        await middle();
        order.push('outer');
      }) as number;
      await Coroutine.resume(woken);
      order.push('waker');
    });
    expect(order).toEqual(['inner', 'middle', 'outer', 'waker']);
  });

  it('lets a coroutine that wakes another while it is itself being woken go on before the first waker', async () => {
    const order: string[] = [];
    await run(async () => {
      const third = go(async () => {
        await Coroutine.yield();
        order.push('third');
      }) as number;
      const second = go(async () => {
        await Coroutine.yield();
        await Coroutine.resume(third);
        order.push('second');
      }) as number;
      await Coroutine.resume(second);
      order.push('first');
    });
    expect(order).toEqual(['third', 'second', 'first']);
  });

  it('refuses to resume what does not yield', async () => {
    const seen = warnings();
    await run(async () => {
      const asleep = go(() => Coroutine.sleep(0.001)) as number;
      expect(await Coroutine.resume(asleep)).toBe(false);
      expect(await Coroutine.resume(99_999)).toBe(false);
    });
    const text =
      'Swoole\\Coroutine::resume(): can not resume the coroutine which is in IO operation or non-existent';
    expect(seen).toEqual([text, text]);
  });

  it('can be cancelled by one whose time is over together with its own', async () => {
    let slept: unknown;
    let answer: unknown;
    await run(async () => {
      const later = go(async () => {
        await Coroutine.yield();
        slept = await Coroutine.sleep(0.005);
      }) as number;
      const sooner = Coroutine.sleep(0.005);
      await Coroutine.resume(later);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      await sooner;
      answer = await Coroutine.cancel(later);
    });
    expect([answer, slept]).toEqual([true, false]);
  });

  it('cannot be cancelled while it waits for a promise of others', async () => {
    await run(async () => {
      const id = go(() => sleep(5)) as number;
      expect(await Coroutine.cancel(id)).toBe(false);
      expect(swoole_last_error()).toBe(SWOOLE_ERROR_CO_CANNOT_CANCEL);
    });
    expect(await Coroutine.cancel(99_999)).toBe(false);
    expect(swoole_last_error()).toBe(SWOOLE_ERROR_CO_NOT_EXISTS);
  });

  it('refuses what makes no sense outside', () => {
    const message = 'API must be called in the coroutine';
    expect(() => Coroutine.defer(() => {})).toThrow(message);
    expect(() => Coroutine.yield()).toThrow(message);
    expect(() => Coroutine.isCanceled()).toThrow(message);
  });

  it('refuses to run a scheduler in a coroutine', async () => {
    let error: unknown;
    await run(async () => {
      await run(() => {}).catch((thrown: unknown) => {
        error = thrown;
      });
    });
    expect(String(error)).toContain('Unable to call Event::wait() in coroutine');
  });

  it('awaits deferred functions, last first, before it has ended', async () => {
    const order: string[] = [];
    await run(async () => {
      const id = go(() => {
        Coroutine.defer(() => order.push('first'));
        Coroutine.defer(async () => {
          await sleep(2);
          order.push('last');
        });
      }) as number;
      expect(Coroutine.exists(id)).toBe(true);
      await Coroutine.join([id]);
      order.push('joined');
    });
    expect(order).toEqual(['last', 'first', 'joined']);
  });

  it('tells once of a wait that nobody awaited', async () => {
    const seen = warnings();
    await run(() => {
      for (let i = 0; i < 2; i++) {
        go(() => {
          void Coroutine.sleep(0.001);
        });
      }
    });
    expect(seen.filter((text) => text.includes('is an await missing?'))).toHaveLength(1);
    expect(seen[0]).toContain('Swoole\\Coroutine\\System::sleep()');
  });

  it('stops at its time limit', async () => {
    let error: unknown;
    await run(async () => {
      Coroutine.setTimeLimit(0.005);
      await Coroutine.sleep(5).catch((thrown: unknown) => {
        error = thrown;
      });
    });
    expect(error).toBeInstanceOf(Coroutine.TimeoutException);
  });

  it('refuses times that are none, with a warning', async () => {
    const seen = warnings();
    for (const seconds of [0, -1, Number.NaN]) expect(await Coroutine.sleep(seconds)).toBe(false);
    expect(seen).toHaveLength(3);
    expect(seen[0]).toContain('Timer must be greater than or equal to 0.001');
  });

  it('knows the calls that led to it, and in which one another waits', async () => {
    await run(async () => {
      const own = Coroutine.getBackTrace() || [];
      expect(own[0]?.file).toContain('coroutine.test.ts');
      const id = go(() => Coroutine.yield()) as number;
      expect(Coroutine.getBackTrace(id)).toEqual([{ function: 'Swoole\\Coroutine::yield' }]);
      expect(Coroutine.getBackTrace(99_999)).toBe(false);
      await Coroutine.resume(id);
    });
  });

  it('counts', async () => {
    await run(async () => {
      const before = Coroutine.stats();
      go(() => {});
      const after = Coroutine.stats();
      expect(after.coroutine_last_cid).toBe(before.coroutine_last_cid + 1);
      expect(after.coroutine_num).toBe(1);
      expect(Coroutine.getElapsed()).toBeLessThan(1000);
      expect(Coroutine.getElapsed(99_999)).toBe(-1);
      expect([...Coroutine.list()]).toEqual([Coroutine.getCid()]);
    });
  });
});
