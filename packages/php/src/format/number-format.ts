import { roundTo } from '../math/round-to.js';
import { toFloat, toStr } from '../value/convert.js';
import { fixed } from './fixed.js';

/** A number with grouped thousands and so many digits behind the point. */
export function number_format(
  num: unknown,
  decimals = 0,
  decimal_separator: unknown = '.',
  thousands_separator: unknown = ',',
): string {
  const places = Math.max(0, decimals);
  const value = roundTo(toFloat(num), places);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const [whole = '', fraction] = fixed(Math.abs(value), places).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, () => toStr(thousands_separator ?? ','));
  const text = fraction === undefined ? grouped : grouped + toStr(decimal_separator ?? '.') + fraction;
  return value < 0 ? `-${text}` : text;
}
