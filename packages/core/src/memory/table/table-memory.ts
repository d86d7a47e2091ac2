/**
 * A table's memory: a header, the stripes, the buckets, the rows. It describes itself, so that a thread which never made the
 * table can repair it.
 *
 * A row belongs to the bucket of its key's hash, and the bucket to a stripe, whose mutex guards it. Rows that are in no bucket
 * form the list of free rows, guarded by a mutex of its own. Whoever needs both takes the stripe first.
 */
import { randomInt } from 'node:crypto';

/** Words of the header. */
export const ALLOCATION = 0;
export const COUNT = 1;
/** The first free row plus one, 0 for none. */
export const FREE = 2;
/** How many rows have ever been used; those behind are free as well. */
export const USED = 3;
export const SEED = 4;
export const DEEPEST = 5;
/** 1 when a mutex was taken from a thread that seemed dead: counts and free rows may be wrong. */
export const DOUBTFUL = 6;
const GEOMETRY = 8;
/** Doubles of the header. */
export const INSERTS = 8;
export const DELETES = 9;
export const CONFLICTS = 10;
const HEADER = 32;

/** Words of a stripe, before the copy of the row that is being changed. */
export const MUTEX = 0;
/** The row that is being changed plus one, 0 for none. */
export const CHANGING = 1;
/** The double that counts updates, by words. */
export const UPDATES = 2;
export const SAVED = 4;

/** Words of a row, before its columns. */
export const NEXT = 0;
export const HASH = 1;
/** The length of the key in bytes; 0 when there is no row. */
export const KEY_LENGTH = 2;
export const KEY = 4;
export const KEY_WORDS = 16;
export const DATA = KEY + KEY_WORDS;

const CACHE_LINE = 16;
const MOST_STRIPES = 256;
const FEWEST_STRIPES = 16;
/** Words that all stripes may take together, unless that would be fewer than the fewest. */
const STRIPES_LIMIT = 1 << 20;

const align = (words: number, to: number): number => Math.ceil(words / to) * to;

export interface Geometry {
  /** How many buckets, a power of two. */
  readonly buckets: number;
  /** How many rows fit. */
  readonly capacity: number;
  /** How many stripes, a power of two. */
  readonly stripes: number;
  /** Words of a row's columns. */
  readonly dataWords: number;
}

export function geometryOf(buckets: number, capacity: number, dataWords: number): Geometry {
  let stripes = Math.min(MOST_STRIPES, buckets);
  while (stripes > FEWEST_STRIPES && stripes * (SAVED + dataWords) > STRIPES_LIMIT) stripes >>= 1;
  return { buckets, capacity, stripes, dataWords };
}

const stripeWordsOf = ({ dataWords }: Geometry): number => align(SAVED + dataWords, CACHE_LINE);
const rowWordsOf = ({ dataWords }: Geometry): number => DATA + dataWords;

export function bytesOf(geometry: Geometry): number {
  const { stripes, buckets, capacity } = geometry;
  return 4 * (HEADER + stripes * stripeWordsOf(geometry) + buckets + capacity * rowWordsOf(geometry));
}

/** Prepares memory that is all zeros. */
export function initialise(buffer: SharedArrayBuffer, geometry: Geometry): void {
  const words = new Int32Array(buffer);
  const { buckets, capacity, stripes, dataWords } = geometry;
  words.set([buckets, capacity, stripes, dataWords], GEOMETRY);
  // Nobody outside can choose keys that all fall into one bucket.
  words[SEED] = randomInt(0, 2 ** 32);
}

export class TableMemory {
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  readonly geometry: Geometry;
  private readonly stripeWords: number;
  private readonly firstBucket: number;
  private readonly firstRow: number;
  private readonly rowWords: number;

  constructor(buffer: SharedArrayBuffer) {
    this.words = new Int32Array(buffer);
    this.doubles = new Float64Array(buffer);
    const [buckets = 0, capacity = 0, stripes = 0, dataWords = 0] = this.words.subarray(
      GEOMETRY,
      GEOMETRY + 4,
    );
    this.geometry = { buckets, capacity, stripes, dataWords };
    this.stripeWords = stripeWordsOf(this.geometry);
    this.rowWords = rowWordsOf(this.geometry);
    this.firstBucket = HEADER + stripes * this.stripeWords;
    this.firstRow = this.firstBucket + buckets;
  }

  /** Where the bucket of a hash is. */
  bucketAt(hash: number): number {
    return this.firstBucket + (hash & (this.geometry.buckets - 1));
  }

  /** Where the stripe of a hash is. */
  stripeAt(hash: number): number {
    return HEADER + (hash & (this.geometry.stripes - 1)) * this.stripeWords;
  }

  /** Where a row is. @param row from 0 */
  rowAt(row: number): number {
    return this.firstRow + row * this.rowWords;
  }
}
