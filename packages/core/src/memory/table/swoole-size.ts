/** What a table takes in Swoole, whose numbers `memorySize` and `stats()` report. */
import { type ColumnDefinition, TYPE_STRING } from './layout.js';

/** Swoole's own limit. */
const MOST_ROWS = 0x8000_0000;
const FEWEST_ROWS = 64;
const LEAST_PROPORTION = 0.2;

/** Bytes of Swoole's structures on a machine of 64 bits. */
const ROW = 88;
const POINTER = 8;
const POOL = 48;
const SLICE = 24;
const STRING_LENGTH = 4;

const align = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** The number of rows as Swoole rounds it: a power of two, at least 64. */
export function roundRows(rows: number): number {
  const asked = rows >>> 0;
  if (asked >= MOST_ROWS) return MOST_ROWS;
  return Math.max(FEWEST_ROWS, 2 ** Math.ceil(Math.log2(Math.max(1, asked))));
}

/** How many rows Swoole keeps beside them for keys whose places are taken. */
export function conflictRows(rows: number, proportion: number): number {
  // Swoole keeps the proportion as a float of 32 bits.
  const kept = Math.fround(Math.min(1, Math.max(LEAST_PROPORTION, proportion)));
  return Math.floor(Math.fround(rows * kept));
}

/** The size that a string column has for the size that was asked for. */
export const stringSize = align;

export function memorySize(rows: number, conflicts: number, columns: readonly ColumnDefinition[]): number {
  const data = columns.reduce(
    (sum, { type, size }) => sum + size + (type === TYPE_STRING ? STRING_LENGTH : 0),
    0,
  );
  return rows * POINTER + (rows + conflicts) * align(ROW + data) + POOL + conflicts * SLICE;
}
