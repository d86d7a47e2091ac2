import { toNumber } from '../value/convert.js';
import { PHP_ROUND_HALF_UP } from './round-modes.js';
import { roundTo } from './round-to.js';

/** Rounds half away from zero, or by `mode`. A negative precision rounds before the point. */
export function round(num: unknown, precision = 0, mode = PHP_ROUND_HALF_UP): number {
  const value = toNumber(num);
  if (typeof value === 'bigint' && precision >= 0) return Number(value);
  return roundTo(Number(value), precision, mode);
}
