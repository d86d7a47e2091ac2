import { AsyncLocalStorage } from 'node:async_hooks';
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setCallbackErrorHandler } from '../../src/errors/callback-error.js';
import { swoole_clear_error, swoole_last_error } from '../../src/errors/last-error.js';
import { setWarningHandler } from '../../src/errors/warnings.js';
import { Event } from '../../src/event/event.js';
import {
  swoole_timer_after,
  swoole_timer_clear,
  swoole_timer_clear_all,
  swoole_timer_exists,
  swoole_timer_info,
  swoole_timer_list,
  swoole_timer_stats,
  swoole_timer_tick,
  Timer,
} from '../../src/timer/timer.js';

let lines: string[] = [];
const line = (text: string) => lines.push(text);

beforeEach(() => {
  lines = [];
});
afterEach(() => {
  Timer.clearAll();
  vi.useRealTimers();
  setWarningHandler(null);
  setCallbackErrorHandler(null);
});

describe('Timer, by the recordings', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  it('runs timers in the order of timer-basics', async () => {
    const ids = [
      Timer.after(60, line, 'after 60'),
      Timer.after(20, line, 'after 20, first'),
      Timer.after(20, line, 'after 20, second'),
      Timer.after(33, () => line('after 33')),
    ] as number[];
    expect(ids).toEqual([0, 1, 2, 3].map((n) => ids[0]! + n));
    let n = 0;
    Timer.tick(
      40,
      (id, ...params) => {
        line(`tick ${++n} ${JSON.stringify(params)}`);
        if (n === 3) {
          line(`clear inside: ${Timer.clear(id)}`);
          line(`clear twice: ${Timer.clear(id)}`);
        }
      },
      'a',
      2,
      [3],
    );
    const victim = Timer.after(70, line, 'never') as number;
    Timer.after(50, () => {
      line(`clear of another: ${Timer.clear(victim)}`);
      line(`exists: ${Timer.exists(victim)}`);
    });
    Timer.after(140, () => {
      line('in after 140');
      Timer.after(10, () => {
        line('a timer from a timer');
        let count = 0;
        Timer.tick(5, (id) => {
          if (++count === 2) {
            Timer.clear(id);
            line('second tick of the last one');
          }
        });
      });
    });
    Timer.after(180, (...params) => line(`after 180 got ${JSON.stringify(params)}`), 1, null, { x: true });
    Timer.after(190, (...params: unknown[]) => line(`after 190 got ${params.length} arguments`));
    const nothingLeft = Event.wait().then(() => line('nothing left'));
    line('end of the program text');
    await vi.advanceTimersByTimeAsync(1000);
    await nothingLeft;
    expect(lines).toEqual([
      'end of the program text',
      'after 20, first',
      'after 20, second',
      'after 33',
      'tick 1 ["a",2,[3]]',
      'clear of another: true',
      'exists: false',
      'after 60',
      'tick 2 ["a",2,[3]]',
      'tick 3 ["a",2,[3]]',
      'clear inside: true',
      'clear twice: false',
      'in after 140',
      'a timer from a timer',
      'second tick of the last one',
      'after 180 got [1,null,{"x":true}]',
      'after 190 got 0 arguments',
      'nothing left',
    ]);
  });

  it.each([0, -1, -100, 0.9])('refuses %d milliseconds with a warning', (ms) => {
    setWarningHandler((level, message) => line(`${level} ${message}`));
    const nothing = () => {};
    for (const make of [Timer.after, Timer.tick, swoole_timer_after, swoole_timer_tick]) {
      swoole_clear_error();
      expect([make(ms, nothing), swoole_last_error()]).toEqual([false, 503]);
    }
    expect(lines).toEqual(
      ['Swoole\\Timer::after()', 'Swoole\\Timer::tick()', 'swoole_timer_after()', 'swoole_timer_tick()'].map(
        (caller) => `2 ${caller}: Timer must be greater than or equal to 1`,
      ),
    );
  });

  it.each([0, -1, 99999])('knows nothing of a timer %d', (id) => {
    expect([Timer.clear(id), Timer.exists(id), Timer.info(id)]).toEqual([false, false, null]);
  });

  it('tells of its timers', () => {
    const after = Timer.after(500, () => {}) as number;
    const tick = Timer.tick(1000, () => {}) as number;
    expect(Timer.info(tick)).toEqual({
      exec_msec: expect.any(Number),
      exec_count: 0,
      interval: 1000,
      round: Timer.stats().round,
      removed: false,
    });
    expect(Timer.info(after)).toMatchObject({ exec_count: 0, interval: 0, removed: false });
    expect(Timer.info(tick)!.exec_msec - Timer.info(after)!.exec_msec).toBe(500);
    expect(Timer.stats()).toMatchObject({ initialized: true, num: 2 });
    const list = Timer.list();
    expect([list instanceof Timer.Iterator, list.count(), [...list]]).toEqual([true, 2, [after, tick]]);
    const walked: Array<[number | null, number | null]> = [];
    for (list.rewind(); list.valid(); list.next()) walked.push([list.key(), list.current()]);
    expect(walked).toEqual([
      [0, after],
      [1, tick],
    ]);
    expect([
      list.key(),
      list.current(),
      list.offsetExists(1),
      list.offsetExists(2),
      list.offsetGet(0),
    ]).toEqual([null, null, true, false, after]);
    expect([Timer.clearAll(), Timer.stats().num, Timer.list().count(), Timer.clearAll()]).toEqual([
      true,
      0,
      0,
      true,
    ]);
    expect(list.getArrayCopy()).toEqual([after, tick]);
  });

  it('counts the runs of a tick after each has ended, and shows a cleared one as removed', async () => {
    const seen: unknown[] = [];
    const id = Timer.tick(10, () => {
      seen.push(Timer.info(id)?.exec_count);
      if (seen.length === 3) {
        Timer.clear(id);
        seen.push(Timer.info(id)?.removed, Timer.exists(id));
      }
    }) as number;
    await vi.advanceTimersByTimeAsync(100);
    expect(seen).toEqual([0, 1, 2, true, false]);
    expect(Timer.info(id)).toBeNull();
  });

  it('has the same functions under their old names', async () => {
    const id = swoole_timer_after(5, line, 'swoole_timer_after') as number;
    swoole_timer_tick(10, (tick, word) => line(`${word} ${swoole_timer_clear(tick)}`), 'swoole_timer_tick');
    expect([swoole_timer_exists(id), swoole_timer_info(id)?.interval]).toEqual([true, 0]);
    expect([swoole_timer_list().count(), swoole_timer_stats().num]).toEqual([2, 2]);
    await vi.advanceTimersByTimeAsync(50);
    expect(lines).toEqual(['swoole_timer_after', 'swoole_timer_tick true']);
    expect(swoole_timer_clear_all()).toBe(true);
  });
});

describe('Timer', () => {
  it('waits a year where setTimeout cannot wait a month', async () => {
    vi.useFakeTimers();
    const day = 86_400_000;
    Timer.after(365 * day, line, 'a year');
    await vi.advanceTimersByTimeAsync(365 * day - 1);
    expect(lines).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(lines).toEqual(['a year']);
  });

  it('keeps the order of their times among timers that are late together', async () => {
    for (const ms of [3, 9, 5, 7, 3]) Timer.after(ms, line, `${ms}`);
    const blocked = performance.now() + 15;
    while (performance.now() < blocked);
    await Event.wait();
    expect(lines).toEqual(['3', '3', '5', '7', '9']);
  });

  it('leaves out missed ticks after a callback that was slow in earnest', async () => {
    let ticks = 0;
    Timer.tick(10, () => {
      if (++ticks > 1) return;
      const blocked = performance.now() + 75;
      while (performance.now() < blocked);
    });
    Timer.after(80, () => {
      line(`${ticks < 6}`);
      Timer.clearAll();
    });
    await Event.wait();
    expect(lines).toEqual(['true']);
  });

  it('never runs a timer before its time', async () => {
    const early: number[] = [];
    for (let i = 0; i < 40; i++) {
      const ms = 1 + (i % 9);
      const start = performance.now();
      Timer.after(ms, () => {
        // One millisecond of grace: both ends are cut to whole milliseconds.
        if (performance.now() - start < ms - 1) early.push(ms);
      });
      if (i % 10 === 0) await sleep(1);
    }
    await Event.wait();
    expect(early).toEqual([]);
  });

  it('lets ticks overlap when a callback waits', async () => {
    let running = 0;
    let most = 0;
    let n = 0;
    Timer.tick(5, async (id) => {
      if (++n === 3) Timer.clear(id);
      most = Math.max(most, ++running);
      await sleep(40);
      running--;
    });
    await Event.wait();
    expect([n, most, running]).toEqual([3, 3, 0]);
  });

  it('runs an async callback up to its first wait before the next timer', async () => {
    Timer.after(5, async () => {
      line('a');
      await null;
      await null;
      line('a, after what was no wait');
    });
    Timer.after(5, () => line('b'));
    await Event.wait();
    expect(lines).toEqual(['a', 'a, after what was no wait', 'b']);
  });

  it('runs callbacks in the async context of whoever made the timer', async () => {
    const storage = new AsyncLocalStorage<string>();
    storage.run('late', () => Timer.after(8, () => line(`late ${storage.getStore()}`)));
    storage.run('early', () => Timer.after(4, () => line(`early ${storage.getStore()}`)));
    Timer.after(6, () => line(`none ${storage.getStore()}`));
    await Event.wait();
    expect(lines).toEqual(['early early', 'none undefined', 'late late']);
  });

  it('reports what a callback throws, and goes on', async () => {
    setCallbackErrorHandler((error) => line(`reported ${(error as Error).message}`));
    Timer.after(2, () => {
      throw new Error('thrown');
    });
    Timer.after(3, async () => {
      await null;
      throw new Error('rejected');
    });
    Timer.after(4, line, 'the next one');
    await Event.wait();
    expect(lines).toEqual(['reported thrown', 'reported rejected', 'the next one']);
  });

  it('refuses what cannot be called and what is no time', () => {
    expect(() => Timer.after(1, 'x' as unknown as () => void)).toThrow(TypeError);
    expect(() => Timer.tick(Number.NaN, () => {})).toThrow(TypeError);
  });

  it('bears ten thousand ticking timers', async () => {
    const count = 10_000;
    const ticks = new Uint32Array(count);
    await new Promise<void>((resolve) => {
      let twice = 0;
      for (let i = 0; i < count; i++) {
        Timer.tick(50 + (i % 50), () => {
          if (++ticks[i]! === 2 && ++twice === count) resolve();
        });
      }
    });
    expect(Timer.stats().num).toBe(count);
    expect(Timer.clearAll()).toBe(true);
    const before = [...ticks];
    await sleep(120);
    expect([...ticks]).toEqual(before);
  });
});

describe('a program with timers', () => {
  async function program(text: string): Promise<{ code: unknown; stdout: string; stderr: string }> {
    const run = promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', text],
      {
        cwd: fileURLToPath(new URL('../../src/timer/', import.meta.url)),
        timeout: 10_000,
      },
    );
    return run.then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { code: unknown; stdout: string; stderr: string }) => error,
    );
  }

  it('lives as long as its timers, and ends by itself', async () => {
    const ended = await program(`
      import { Timer } from './timer.ts';
      const year = Timer.after(86400000 * 365, () => console.log('never'));
      Timer.after(20, () => console.log(Timer.clear(year)));`);
    expect(ended).toMatchObject({ code: 0, stdout: 'true\n' });
  });

  it('ends with 255 when a callback throws or rejects', async () => {
    for (const callback of [
      "() => { throw new Error('loud'); }",
      "async () => { throw new Error('loud'); }",
    ]) {
      const ended = await program(`
        import { Timer } from './timer.ts';
        Timer.after(60000, () => {});
        Timer.after(5, ${callback});`);
      expect([ended.code, ended.stderr.split('\n')[0]]).toEqual([
        255,
        'PHP Fatal error:  Uncaught Error: loud',
      ]);
    }
  });
});
