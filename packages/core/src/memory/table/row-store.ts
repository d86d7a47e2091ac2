import { warn } from '../../errors/warnings.js';
import { fromInt64, type Int64, toInt64 } from '../int64.js';
import { acquireBrief, release } from '../mutex.js';
import { isRepeated } from '../shared-memory.js';
import type { KeyBuffer } from './key-buffer.js';
import { type Column, type Layout, TYPE_FLOAT, TYPE_STRING } from './layout.js';
import { rollBack } from './repair.js';
import type { RowImage } from './row-image.js';
import {
  ALLOCATION,
  CHANGING,
  CONFLICTS,
  COUNT,
  DATA,
  DEEPEST,
  DELETES,
  DOUBTFUL,
  FREE,
  HASH,
  INSERTS,
  KEY,
  KEY_LENGTH,
  MUTEX,
  NEXT,
  SAVED,
  type TableMemory,
  UPDATES,
  USED,
} from './table-memory.js';

/** What a change of a row came to. */
export const DONE = 0;
/** There is no such row, or there is one already, or it is not as expected. */
export const REFUSED = 1;
export const FULL = 2;

/** Which rows `write` changes. */
export const ANY = 0;
export const ABSENT = 1;
export const PRESENT = 2;

/**
 * The rows of a table: a hash with chains in shared memory. Each call takes the mutex of its row's stripe once, and runs no code
 * of the program while it holds it.
 *
 * A row that is changed is saved first and rolled back when its thread dies; a new one is linked when it is complete.
 */
export class RowStore {
  private readonly words: Int32Array;
  private readonly doubles: Float64Array;
  /** Where the link to the row that `find` has found is; how many rows it has passed. */
  private link = 0;
  private depth = 0;

  constructor(
    readonly memory: TableMemory,
    private readonly layout: Layout,
    private readonly key: KeyBuffer,
    private readonly image: RowImage,
  ) {
    this.words = memory.words;
    this.doubles = memory.doubles;
  }

  count(): number {
    return Atomics.load(this.words, COUNT);
  }

  /** Copies a row into the image: all of it, or one column. @returns false when there is no such row */
  read(column: Column | null): boolean {
    const stripe = this.lock();
    try {
      const at = this.find();
      if (at < 0) return false;
      this.copyOut(at, column);
      return true;
    } finally {
      release(this.words, stripe + MUTEX);
    }
  }

  has(): boolean {
    const stripe = this.lock();
    try {
      return this.find() >= 0;
    } finally {
      release(this.words, stripe + MUTEX);
    }
  }

  /** Writes the image's named columns. The others stay as they are, and are empty in a new row. */
  write(which: number, expected: RowImage | null): number {
    if (isRepeated(this.words)) return DONE;
    const stripe = this.lock();
    try {
      const at = this.find();
      if (at < 0) return which === PRESENT ? REFUSED : this.insert();
      if (which === ABSENT || (expected !== null && !expected.equals(this.words, at + DATA))) return REFUSED;
      this.update(stripe, at);
      return DONE;
    } finally {
      release(this.words, stripe + MUTEX);
    }
  }

  private update(stripe: number, at: number): void {
    const { words, image } = this;
    // Two words of one number are written without a point at which a thread can be ended.
    const saved = image.count > 1 || (image.count === 1 && image.named[0]!.type === TYPE_STRING);
    if (saved) {
      this.layout.copy(words, at + DATA, words, stripe + SAVED);
      words[stripe + CHANGING] = at;
    }
    image.give(words, at + DATA);
    if (saved) words[stripe + CHANGING] = 0;
    this.doubles[(stripe + UPDATES) >> 1]!++;
  }

  /** Adds to a column of numbers, in a new row to 0. @returns null when the table is full */
  add(column: Column, step: Int64): Int64 | null {
    const { image } = this;
    if (isRepeated(this.words)) return this.read(column) ? (image.value(column) as Int64) : 0;
    const stripe = this.lock();
    try {
      const found = this.find();
      if (found < 0) {
        image.clear();
        // What is new begins with 0, and 0 plus -0 is 0.
        image.put(column, typeof step === 'number' ? 0 + step : step);
        image.named[image.count++] = column;
        if (this.insert() === FULL) return null;
      } else {
        image.take(column, this.words, found + DATA);
        const old = image.value(column) as Int64;
        image.put(column, column.type === TYPE_FLOAT ? Number(old) + Number(step) : sum(old, step));
        image.named[0] = column;
        image.count = 1;
        this.update(stripe, found);
      }
      return image.value(column) as Int64;
    } finally {
      release(this.words, stripe + MUTEX);
    }
  }

  /** Deletes a row, and leaves it in the image when `copied`. @returns false when there is none, or not as expected */
  remove(copied: boolean, expected: RowImage | null): boolean {
    const { words } = this;
    if (isRepeated(words)) return !copied || this.read(null);
    const stripe = this.lock();
    try {
      const at = this.find();
      if (at < 0 || (expected !== null && !expected.equals(words, at + DATA))) return false;
      if (copied) this.copyOut(at, null);
      const row = words[this.link]!;
      Atomics.store(words, this.link, words[at + NEXT]!);
      words[at + KEY_LENGTH] = 0;
      this.giveBack(row, at);
      return true;
    } finally {
      release(words, stripe + MUTEX);
    }
  }

  /**
   * Copies the next row at or behind a place into the image and its key into the key.
   * @returns the place behind it, -1 at the end
   */
  next(place: number): number {
    const { words, memory, key } = this;
    for (let row = place; row < Atomics.load(words, USED); row++) {
      const at = memory.rowAt(row);
      if (Atomics.load(words, at + KEY_LENGTH) === 0) continue;
      const hash = words[at + HASH]!;
      const stripe = this.lock(hash);
      try {
        // Meanwhile it may be gone, or be another one.
        if (words[at + KEY_LENGTH] === 0 || memory.stripeAt(words[at + HASH]!) !== stripe) continue;
        key.length = words[at + KEY_LENGTH]!;
        for (let i = 0; i < key.usedWords; i++) key.words[i] = words[at + KEY + i]!;
        this.copyOut(at, null);
        return row + 1;
      } finally {
        release(words, stripe + MUTEX);
      }
    }
    return -1;
  }

  private copyOut(at: number, column: Column | null): void {
    if (column === null) this.layout.copy(this.words, at + DATA, this.image.words, 0);
    else this.image.take(column, this.words, at + DATA);
  }

  /** Where the row of the key is, -1 for none. */
  private find(): number {
    const { words, memory, key } = this;
    let link = memory.bucketAt(key.hash);
    let depth = 0;
    for (let row = words[link]!; row !== 0; depth++) {
      const at = memory.rowAt(row - 1);
      if (
        words[at + HASH] === key.hash &&
        words[at + KEY_LENGTH] === key.length &&
        key.equals(words, at + KEY)
      ) {
        this.link = link;
        return at;
      }
      link = at + NEXT;
      row = words[link]!;
    }
    this.depth = depth;
    return -1;
  }

  /** Makes a row of the key and the image's named columns, and links it. */
  private insert(): number {
    const { words, memory, key, layout } = this;
    const row = this.allocate();
    if (row === 0) return FULL;
    const at = memory.rowAt(row - 1);
    words[at + HASH] = key.hash;
    for (let i = 0; i < key.usedWords; i++) words[at + KEY + i] = key.words[i]!;
    for (let i = 0; i < layout.numberWords; i++) words[at + DATA + i] = 0;
    for (let i = 0; i < layout.strings.length; i++) words[at + DATA + layout.strings[i]!.at] = 0;
    this.image.give(words, at + DATA);
    const bucket = memory.bucketAt(key.hash);
    words[at + NEXT] = words[bucket]!;
    Atomics.store(words, at + KEY_LENGTH, key.length);
    Atomics.store(words, bucket, row);
    return DONE;
  }

  /** @returns a free row plus one, 0 when there is none */
  private allocate(): number {
    const { words, doubles, memory } = this;
    this.lockAt(ALLOCATION, false);
    try {
      let row = words[FREE]!;
      if (row !== 0) words[FREE] = words[memory.rowAt(row - 1) + NEXT]!;
      else if (words[USED]! < memory.geometry.capacity) row = Atomics.add(words, USED, 1) + 1;
      else return 0;
      Atomics.add(words, COUNT, 1);
      doubles[INSERTS]!++;
      if (this.depth > 0) {
        doubles[CONFLICTS]!++;
        if (this.depth > words[DEEPEST]!) words[DEEPEST] = this.depth;
      }
      return row;
    } finally {
      release(words, ALLOCATION);
    }
  }

  private giveBack(row: number, at: number): void {
    const { words, doubles } = this;
    this.lockAt(ALLOCATION, false);
    words[at + NEXT] = words[FREE]!;
    words[FREE] = row;
    Atomics.sub(words, COUNT, 1);
    doubles[DELETES]!++;
    release(words, ALLOCATION);
  }

  /** Takes the mutex of a key's stripe. @returns where the stripe is */
  private lock(hash = this.key.hash): number {
    const stripe = this.memory.stripeAt(hash);
    this.lockAt(stripe + MUTEX, true);
    return stripe;
  }

  private lockAt(at: number, ofStripe: boolean): void {
    if (!acquireBrief(this.words, at)) return;
    this.words[DOUBTFUL] = 1;
    if (ofStripe) rollBack(this.memory, at);
    // A handler of warnings may use this table, which is locked now.
    queueMicrotask(() => warn('Swoole\\Table: timeout, force unlock'));
  }
}

function sum(a: Int64, b: Int64): Int64 {
  if (typeof a === 'number' && typeof b === 'number') {
    const result = a + b;
    if (Number.isSafeInteger(result)) return result;
  }
  return fromInt64(BigInt.asIntN(64, toInt64(a) + toInt64(b)));
}
