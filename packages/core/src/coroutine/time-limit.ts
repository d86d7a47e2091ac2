import type { TimerNode } from '../timer/node.js';
import { timers } from '../timer/queue.js';
import type { Routine } from './routine.js';
import { TimeoutException } from './timeout-exception.js';

const limits = new WeakMap<Routine, TimerNode>();

/** @param seconds how long the coroutine may still take; 0 or less takes its limit away */
export function limitTime(routine: Routine, seconds: number): void {
  const before = limits.get(routine);
  if (before !== undefined) timers.forget(before);
  limits.delete(routine);
  if (seconds <= 0) return;
  const node = timers.wake(Math.max(1, Math.round(seconds * 1000)), () => {
    for (const wait of [...routine.waits]) wait.fail(new TimeoutException());
  });
  limits.set(routine, node);
  routine.watchers ??= new Set();
  routine.watchers.add(() => timers.forget(node));
}
