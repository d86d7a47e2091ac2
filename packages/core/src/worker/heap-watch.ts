import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { resourceLimits } from 'node:worker_threads';

/** The part of its limit at which a heap counts as full. */
const FULL = 0.75;

/**
 * Looks after the heap of a worker. V8 ends a thread whose heap is at its limit on the spot, which with open sockets takes the
 * whole process along: a worker must go before it comes to that. What is left after a collection is what is really used.
 */
export class HeapWatch {
  private readonly observer: PerformanceObserver;

  /** @param full called once, with what is used and what the limit is, in bytes */
  constructor(full: (used: number, limit: number) => void) {
    this.observer = new PerformanceObserver((list) => {
      if (!list.getEntries().some(isMajor)) return;
      const { used_heap_size, heap_size_limit } = getHeapStatistics();
      // The limit that V8 tells counts room for the young generation too, which what stays cannot use.
      const limit = heap_size_limit - (resourceLimits.maxYoungGenerationSizeMb ?? 0) * 1048576;
      if (used_heap_size < limit * FULL) return;
      this.stop();
      full(used_heap_size, limit);
    });
    this.observer.observe({ entryTypes: ['gc'] });
  }

  stop(): void {
    this.observer.disconnect();
  }
}

function isMajor(entry: PerformanceEntry): boolean {
  return (entry as { detail?: { kind?: number } }).detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
}
