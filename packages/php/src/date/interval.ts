import { Exception } from '../errors/exceptions.js';
import { toStr } from '../value/convert.js';

const SPEC =
  /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** PHP's span of time. */
export class DateInterval {
  static readonly phpName: string = 'DateInterval';
  y = 0;
  m = 0;
  d = 0;
  h = 0;
  i = 0;
  s = 0;
  /** A fraction of a second. */
  f = 0;
  /** 1 when it goes back in time. */
  invert = 0;
  /** All of it in days, when it is the difference of two times; else false. */
  days: number | false = false;
  from_string = false;

  /** @param duration ISO 8601: `P1Y2M10DT2H30M`, `P2W` */
  constructor(duration: unknown) {
    const found = SPEC.exec(toStr(duration));
    if (found === null) throw new Exception(`Unknown or bad format (${toStr(duration)})`);
    const [y, m, w, d, h, i, s] = found.slice(1).map((part) => Number(part ?? 0));
    Object.assign(this, { y, m, d: (d ?? 0) + (w ?? 0) * 7, h, i, s });
  }

  /** From a text like `3 days ago` or `1 month + 2 days`. */
  static createFromDateString(datetime: unknown): DateInterval | false {
    const interval = new DateInterval('PT0S');
    const units: { readonly [unit: string]: (amount: number) => void } = {
      year: (n) => (interval.y += n),
      month: (n) => (interval.m += n),
      fortnight: (n) => (interval.d += 14 * n),
      week: (n) => (interval.d += 7 * n),
      day: (n) => (interval.d += n),
      hour: (n) => (interval.h += n),
      min: (n) => (interval.i += n),
      minute: (n) => (interval.i += n),
      sec: (n) => (interval.s += n),
      second: (n) => (interval.s += n),
    };
    for (const [, sign, amount = '', unit = '', ago] of toStr(datetime).matchAll(
      /([+-]?)\s*(\d+)\s*([a-z]+?)s?\b(\s+ago)?/gi,
    )) {
      const change = units[unit.toLowerCase()];
      if (change === undefined) return false;
      change(Number(amount) * (sign === '-' ? -1 : 1) * (ago === undefined ? 1 : -1));
    }
    return interval;
  }

  /** By letters behind `%`: `y m d h i s f a R r Y M D H I S F`. */
  format(format: unknown): string {
    const two = (number: number): string => String(number).padStart(2, '0');
    const letters: { readonly [letter: string]: string } = {
      y: String(this.y),
      Y: String(this.y).padStart(4, '0'),
      m: String(this.m),
      M: two(this.m),
      d: String(this.d),
      D: two(this.d),
      h: String(this.h),
      H: two(this.h),
      i: String(this.i),
      I: two(this.i),
      s: String(this.s),
      S: two(this.s),
      f: String(Math.round(this.f * 1e6)),
      F: String(Math.round(this.f * 1e6)).padStart(6, '0'),
      a: this.days === false ? '(unknown)' : String(this.days),
      R: this.invert === 1 ? '-' : '+',
      r: this.invert === 1 ? '-' : '',
      '%': '%',
    };
    return toStr(format).replace(/%([\s\S])/g, (all, letter: string) => letters[letter] ?? all);
  }
}
