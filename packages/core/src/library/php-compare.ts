// PHP's comparisons: `===`, `==` and `<=>`, and those of its sorting functions.
import { entriesOf, isArray } from './php-array.js';

const NUMERIC = /^[ \t\n\r\v\f]*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?[ \t\n\r\v\f]*$/;

const isNumeric = (text: string): boolean => NUMERIC.test(text);
const sign = (difference: number): number => (difference < 0 ? -1 : difference > 0 ? 1 : 0);
const byteOrder = (a: string, b: string): number =>
  a === b ? 0 : sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));

/** A value as PHP turns it into text: true is `1`, false and null are empty. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined || value === false) return '';
  if (value === true) return '1';
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  return isArray(value) ? 'Array' : String(value);
}

/** A value as a number, that at its beginning for text, else 0. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  if (isArray(value)) return entriesOf(value).length > 0 ? 1 : 0;
  return Number.parseFloat(textOf(value)) || 0;
}

const truth = (value: unknown): boolean =>
  isArray(value) ? entriesOf(value).length > 0 : value === '0' ? false : Boolean(value);

/** `===`: arrays are the same when they have the same keys and values in the same order. */
export function identical(a: unknown, b: unknown): boolean {
  if (!isArray(a) || !isArray(b)) return a === b;
  const others = entriesOf(b);
  const entries = entriesOf(a);
  return (
    entries.length === others.length &&
    entries.every(([key, value], i) => key === others[i]?.[0] && identical(value, others[i]?.[1]))
  );
}

/** `==`. */
export const looselyEqual = (a: unknown, b: unknown): boolean => compare(a, b) === 0;

/** `<=>`, as PHP 8 has it. */
export function compare(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return compare(a ?? null, b ?? null);
  if (typeof a === 'boolean' || typeof b === 'boolean' || a === null || b === null) {
    if (typeof a === 'string' || typeof b === 'string') {
      if (a === null) return byteOrder('', String(b));
      if (b === null) return byteOrder(String(a), '');
    }
    return Number(truth(a)) - Number(truth(b));
  }
  if (isArray(a) || isArray(b)) return compareArrays(a, b);
  if (typeof a === 'number' && typeof b === 'number') return sign(a - b);
  const [left, right] = [textOf(a), textOf(b)];
  return isNumeric(left) && isNumeric(right) ? sign(Number(left) - Number(right)) : byteOrder(left, right);
}

/** The smaller array is the one with fewer values; one that lacks a key of the other cannot be compared: it counts as larger. */
function compareArrays(a: unknown, b: unknown): number {
  if (!isArray(a)) return -1;
  if (!isArray(b)) return 1;
  const [entries, others] = [entriesOf(a), new Map(entriesOf(b))];
  if (entries.length !== others.size) return entries.length - others.size;
  for (const [key, value] of entries) {
    if (!others.has(key)) return 1;
    const order = compare(value, others.get(key));
    if (order !== 0) return order;
  }
  return 0;
}

const partsOf = (text: string): string[] => text.trim().match(/\d+|\D+/g) ?? [];

/** The natural order: digits in a text count as a number. */
export function naturally(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (const [i, part] of left.entries()) {
    const other = right[i];
    if (other === undefined) return 1;
    const digits = /^\d/.test(part) && /^\d/.test(other);
    const order = digits ? sign(Number(part) - Number(other)) : byteOrder(part, other);
    if (order !== 0) return order;
  }
  return left.length < right.length ? -1 : 0;
}

/** The comparison that PHP's `SORT_*` flags ask for; 8 added to 2 or 6 does not mind the case. */
export function comparisonOf(flags: number): (a: unknown, b: unknown) => number {
  const text = (value: unknown) => ((flags & 8) !== 0 ? textOf(value).toLowerCase() : textOf(value));
  switch (flags & ~8) {
    case 1:
      return (a, b) => sign(numberOf(a) - numberOf(b));
    case 2:
    case 5:
      return (a, b) => byteOrder(text(a), text(b));
    case 6:
      return (a, b) => naturally(text(a), text(b));
    default:
      return compare;
  }
}
