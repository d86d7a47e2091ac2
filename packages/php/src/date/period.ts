import { DateTime, DateTimeImmutable, type DateTimeInterface } from './datetime.js';
import type { DateInterval } from './interval.js';

/** Times at equal distances: `for (const day of new DatePeriod(start, interval, end))`. */
export class DatePeriod {
  static readonly phpName: string = 'DatePeriod';
  static readonly EXCLUDE_START_DATE = 1;
  static readonly INCLUDE_END_DATE = 2;
  readonly start: DateTimeInterface;
  readonly interval: DateInterval;
  readonly end: DateTimeInterface | number;
  readonly options: number;

  /** @param end a time, or how many times the interval is added */
  constructor(
    start: DateTimeInterface,
    interval: DateInterval,
    end: DateTimeInterface | number,
    options = 0,
  ) {
    this.start = start;
    this.interval = interval;
    this.end = end;
    this.options = options;
  }

  *[Symbol.iterator](): Iterator<DateTimeInterface> {
    let at = DateTimeImmutable.createFromInterface(this.start);
    const withEnd = (this.options & DatePeriod.INCLUDE_END_DATE) !== 0;
    for (let i = 0; this.#goesOn(at, i, withEnd); i++) {
      if (i > 0 || (this.options & DatePeriod.EXCLUDE_START_DATE) === 0)
        yield this.start instanceof DateTime ? DateTime.createFromInterface(at) : at;
      at = at.add(this.interval);
    }
  }

  #goesOn(at: DateTimeInterface, i: number, withEnd: boolean): boolean {
    if (typeof this.end === 'number') return i <= this.end;
    const left = this.end.getTimestamp() - at.getTimestamp();
    return left > 0 || (withEnd && left === 0);
  }
}
