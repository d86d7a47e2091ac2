import { strnatcasecmp, strnatcmp } from '../strings/compare.js';
import { compare, compareBytes } from '../value/compare.js';
import { toFloat, toStr } from '../value/convert.js';
import { SORT_FLAG_CASE, SORT_LOCALE_STRING, SORT_NATURAL, SORT_NUMERIC, SORT_STRING } from './sort-flags.js';

const lower = (value: unknown): string => toStr(value).replace(/[A-Z]+/g, (part) => part.toLowerCase());

/** The comparison that a `SORT_*` number stands for. */
export function comparator(flags: number): (a: unknown, b: unknown) => number {
  const anyCase = (flags & SORT_FLAG_CASE) !== 0;
  switch (flags & ~SORT_FLAG_CASE) {
    case SORT_NUMERIC:
      return (a, b) => toFloat(a) - toFloat(b);
    case SORT_STRING:
    case SORT_LOCALE_STRING:
      return anyCase
        ? (a, b) => compareBytes(lower(a), lower(b))
        : (a, b) => compareBytes(toStr(a), toStr(b));
    case SORT_NATURAL:
      return anyCase ? strnatcasecmp : strnatcmp;
    default:
      return compare;
  }
}
