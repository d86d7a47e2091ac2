import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Event, swoole_event_wait } from '../../src/event/event.js';
import { Timer } from '../../src/timer/timer.js';

describe('Event.wait', () => {
  it('returns when there is nothing to wait for', async () => {
    await Event.wait();
    await swoole_event_wait();
  });

  it('waits for timers that timers start, and for async callbacks to end', async () => {
    const order: string[] = [];
    Timer.after(2, () => {
      Timer.after(2, async () => {
        await sleep(20);
        order.push('callback ended');
      });
    });
    await Event.wait();
    order.push('wait ended');
    expect(order).toEqual(['callback ended', 'wait ended']);
  });

  it('goes on waiting when one timer takes the place of another', async () => {
    let over = false;
    const first = Timer.after(1000, () => {}) as number;
    const waiting = Event.wait().then(() => {
      over = true;
    });
    Timer.clear(first);
    const second = Timer.after(1000, () => {}) as number;
    await sleep(10);
    expect(over).toBe(false);
    Timer.clear(second);
    await waiting;
    expect(over).toBe(true);
  });

  it('wakes all that wait', async () => {
    Timer.after(2, () => {});
    await Promise.all([Event.wait(), Event.wait()]);
    expect(Timer.stats().num).toBe(0);
  });
});
