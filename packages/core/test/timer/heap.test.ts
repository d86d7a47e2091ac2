import { AsyncResource } from 'node:async_hooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimerHeap } from '../../src/timer/heap.js';
import type { TimerNode } from '../../src/timer/node.js';

const context = new AsyncResource('test');

function node(id: number, expiry: number): TimerNode {
  return {
    id,
    expiry,
    context,
    interval: 0,
    round: 0,
    callback: () => {},
    params: [],
    execCount: 0,
    removed: false,
    place: -1,
  };
}

const byTime = (a: TimerNode, b: TimerNode) => a.expiry - b.expiry || a.id - b.id;

function drain(heap: TimerHeap, limit: number): number[] {
  const ids: number[] = [];
  for (let top = heap.peek(); top !== undefined && ids.length <= limit; top = heap.peek()) {
    ids.push(top.id);
    heap.remove(top);
  }
  return ids;
}

describe('TimerHeap', () => {
  it('gives timers by time, and those of the same time by age', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (times) => {
        const heap = new TimerHeap();
        const nodes = times.map((time, id) => node(id, time));
        for (const one of nodes) heap.push(one);
        expect(drain(heap, times.length)).toEqual([...nodes].sort(byTime).map(({ id }) => id));
      }),
    );
  });

  it('keeps its order when timers are taken out and put off', () => {
    const change = fc.record({ which: fc.nat(59), put: fc.nat(30) });
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { minLength: 1, maxLength: 60 }),
        fc.array(change),
        (times, changes) => {
          const heap = new TimerHeap();
          const nodes = times.map((time, id) => node(id, time));
          for (const one of nodes) heap.push(one);
          let left = [...nodes];
          for (const { which, put } of changes) {
            const one = nodes[which % nodes.length]!;
            if (!left.includes(one)) continue;
            if (put === 0) {
              heap.remove(one);
              left = left.filter((other) => other !== one);
            } else {
              one.expiry += put;
              heap.delayed(one);
            }
          }
          expect(drain(heap, times.length)).toEqual(left.sort(byTime).map(({ id }) => id));
        },
      ),
    );
  });
});
