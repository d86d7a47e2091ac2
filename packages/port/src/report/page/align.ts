/** A row of two texts side by side: the index of a line of each, or null where one has none. */
export type Row = [left: number | null, right: number | null];

/** Lines that have less in common than this are no counterparts. */
const LEAST = 0.3;
/** How far from the diagonal counterparts are looked for, at least. */
const BAND = 300;

/** Above this, finding counterparts takes too much memory. */
const MOST_CELLS = 50_000_000;

/** The words of a line, as both languages write them. */
const wordsOf = (line: string): Set<string> =>
  new Set(Array.from(line.matchAll(/[\p{L}_][\p{L}\p{N}_]*|\d+/gu), ([word]) => word.toLowerCase()));

/** How much two lines have in common, from 0 to 1. */
function likeness(a: string, b: string, left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  if (left.size === 0 || right.size === 0) {
    if (left.size !== right.size) return 0;
    return a.trim().slice(0, 1) === b.trim().slice(0, 1) ? LEAST : 0;
  }
  let common = 0;
  for (const word of left) if (right.has(word)) common++;
  return (2 * common) / (left.size + right.size);
}

/** Lays two texts side by side so that as many lines as can stand beside what they have most in common with. */
export function align(left: readonly string[], right: readonly string[]): Row[] {
  if (left.length * right.length > MOST_CELLS) return beside(left.length, right.length);
  const leftWords = left.map(wordsOf);
  const rightWords = right.map(wordsOf);
  const width = right.length + 1;
  const best = new Float32Array((left.length + 1) * width);
  const slope = right.length / Math.max(1, left.length);
  const band = Math.max(BAND, right.length / 4);
  const score = (i: number, j: number): number => {
    if (Math.abs(i * slope - j) > band) return 0;
    const found = likeness(
      left[i] ?? '',
      right[j] ?? '',
      leftWords[i] ?? new Set(),
      rightWords[j] ?? new Set(),
    );
    return found < LEAST ? 0 : found;
  };
  const at = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const pair = score(i, j);
      const together = pair === 0 ? 0 : pair + at(i + 1, j + 1);
      best[i * width + j] = Math.max(together, at(i + 1, j), at(i, j + 1));
    }
  }
  const rows: Row[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const pair = score(i, j);
    if (pair > 0 && at(i, j) === Math.fround(pair + at(i + 1, j + 1))) rows.push([i++, j++]);
    else if (at(i, j) === at(i + 1, j)) rows.push([i++, null]);
    else rows.push([null, j++]);
  }
  while (i < left.length) rows.push([i++, null]);
  while (j < right.length) rows.push([null, j++]);
  return closed(rows);
}

/** Line n beside line n. */
const beside = (left: number, right: number): Row[] =>
  Array.from({ length: Math.max(left, right) }, (_, k) => [k < left ? k : null, k < right ? k : null]);

/** Lines of one side between two pairs move up beside those of the other. */
function closed(rows: readonly Row[]): Row[] {
  const done: Row[] = [];
  let lefts: number[] = [];
  let rights: number[] = [];
  const flush = () => {
    for (let k = 0; k < Math.max(lefts.length, rights.length); k++)
      done.push([lefts[k] ?? null, rights[k] ?? null]);
    lefts = [];
    rights = [];
  };
  for (const [left, right] of rows) {
    if (left !== null && right !== null) {
      flush();
      done.push([left, right]);
    } else if (left !== null) lefts.push(left);
    else if (right !== null) rights.push(right);
  }
  flush();
  return done;
}
