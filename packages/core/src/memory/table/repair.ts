import { acquireBrief, holderOf, release, takeOver } from '../mutex.js';
import {
  ALLOCATION,
  CHANGING,
  COUNT,
  DATA,
  DOUBTFUL,
  FREE,
  KEY_LENGTH,
  MUTEX,
  NEXT,
  SAVED,
  TableMemory,
  USED,
} from './table-memory.js';

/** Gives the row that a stripe's holder was changing its old columns again. The caller holds the stripe. */
export function rollBack({ words, geometry }: TableMemory, stripe: number): void {
  const at = words[stripe + CHANGING]!;
  if (at === 0) return;
  for (let i = 0; i < geometry.dataWords; i++) words[at + DATA + i] = words[stripe + SAVED + i]!;
  words[stripe + CHANGING] = 0;
}

/**
 * Gives back what a thread held of a table when it died, and makes whole what it was changing.
 * @param mark the thread's mark
 */
export function repair(buffer: SharedArrayBuffer, mark: number): void {
  const memory = new TableMemory(buffer);
  const { words, geometry } = memory;
  const stripes = Array.from({ length: geometry.stripes }, (_, i) => memory.stripeAt(i));
  const held = [...stripes.map((stripe) => stripe + MUTEX), ALLOCATION];
  if (Atomics.load(words, DOUBTFUL) === 0 && !held.some((at) => holderOf(words, at) === mark)) return;

  // In the order in which everybody takes them.
  for (const at of held) if (!takeOver(words, at, mark)) acquireBrief(words, at);
  for (const stripe of stripes) rollBack(memory, stripe);
  recount(memory);
  words[DOUBTFUL] = 0;
  for (const at of held) release(words, at);
}

/** A row is where a bucket leads to; all others are free. */
function recount(memory: TableMemory): void {
  const { words, geometry } = memory;
  const linked = new Uint8Array(words[USED]!);
  let count = 0;
  for (let bucket = 0; bucket < geometry.buckets; bucket++)
    for (let row = words[memory.bucketAt(bucket)]!; row !== 0; row = words[memory.rowAt(row - 1) + NEXT]!) {
      linked[row - 1] = 1;
      count++;
    }
  let free = 0;
  for (let row = linked.length; row > 0; row--) {
    if (linked[row - 1] === 1) continue;
    const at = memory.rowAt(row - 1);
    words[at + KEY_LENGTH] = 0;
    words[at + NEXT] = free;
    free = row;
  }
  words[FREE] = free;
  Atomics.store(words, COUNT, count);
}
