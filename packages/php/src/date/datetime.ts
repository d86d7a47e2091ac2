import { Exception } from '../errors/exceptions.js';
import { warn } from '../errors/raise.js';
import { toInt, toStr } from '../value/convert.js';
import { difference } from './difference.js';
import { fieldsAt, formatDate } from './format.js';
import type { DateInterval } from './interval.js';
import { parseDate } from './parse.js';
import { readByFormat } from './read-format.js';
import { zone } from './state.js';
import { fromLocal, offsetAt, utcSeconds } from './zone.js';
import { DateTimeZone } from './zone-class.js';

/** What DateTime and DateTimeImmutable share: reading. */
export abstract class DateTimeInterface {
  static readonly phpName: string = 'DateTimeInterface';
  static readonly ATOM = 'Y-m-d\\TH:i:sP';
  static readonly COOKIE = 'l, d-M-Y H:i:s T';
  static readonly ISO8601 = 'Y-m-d\\TH:i:sO';
  static readonly RFC822 = 'D, d M y H:i:s O';
  static readonly RFC850 = 'l, d-M-y H:i:s T';
  static readonly RFC1123 = 'D, d M Y H:i:s O';
  static readonly RFC7231 = 'D, d M Y H:i:s \\G\\M\\T';
  static readonly RFC2822 = 'D, d M Y H:i:s O';
  static readonly RFC3339 = 'Y-m-d\\TH:i:sP';
  static readonly RFC3339_EXTENDED = 'Y-m-d\\TH:i:s.vP';
  static readonly RSS = 'D, d M Y H:i:s O';
  static readonly W3C = 'Y-m-d\\TH:i:sP';

  /** Seconds since 1970. */
  protected time: number;
  protected micros: number;
  protected zone: string;

  constructor(datetime: unknown = 'now', timezone: DateTimeZone | null = null) {
    const now = performance.timeOrigin + performance.now();
    const seconds = Math.floor(now / 1000);
    this.zone = timezone?.getName() ?? zone.name;
    const parsed = parseDate(toStr(datetime), seconds, Math.floor((now - seconds * 1000) * 1000), this.zone);
    if (parsed === null) {
      const text = toStr(datetime);
      throw new Exception(
        `${(this.constructor as typeof DateTimeInterface).phpName}::__construct(): Failed to parse time string (${text}) at position 0 (${text[0] ?? ''}): The timezone could not be found in the database`,
      );
    }
    this.time = parsed.time;
    this.micros = parsed.micros;
    this.zone = parsed.zone ?? this.zone;
    for (const key of ['time', 'micros', 'zone']) Object.defineProperty(this, key, { enumerable: false });
  }

  format(format: unknown): string {
    return formatDate(toStr(format), this.time, this.zone, this.micros);
  }

  getTimestamp(): number {
    return this.time;
  }

  getTimezone(): DateTimeZone {
    return new DateTimeZone(this.zone);
  }

  /** Seconds east of UTC. */
  getOffset(): number {
    return offsetAt(this.zone, this.time);
  }

  /** The span from this time to another. */
  diff(targetObject: DateTimeInterface, absolute = false): DateInterval {
    return difference(this.moment(), targetObject.moment(), absolute);
  }

  /** @internal */
  moment(): { time: number; micros: number; zone: string } {
    return { time: this.time, micros: this.micros, zone: this.zone };
  }

  __debugInfo(): object {
    return {
      date: this.format('Y-m-d H:i:s.u'),
      timezone_type: /^[+-]/.test(this.zone) ? 1 : 3,
      timezone: this.zone,
    };
  }

  jsonSerialize(): object {
    return this.__debugInfo();
  }

  /** A copy to change. */
  protected abstract target(): this;

  /** A copy, for `clone`. */
  __copy(): this {
    return this.become(Object.create(Object.getPrototypeOf(this)) as this);
  }

  protected become(twin: this): this {
    for (const key of ['time', 'micros', 'zone'] as const)
      Object.defineProperty(twin, key, {
        value: this[key],
        enumerable: false,
        writable: true,
        configurable: true,
      });
    return twin;
  }

  /** Changes by a text like `+1 day`; false, with a warning, when it is none. */
  modify(modifier: unknown): this | false {
    const parsed = parseDate(toStr(modifier), this.time, this.micros, this.zone, true);
    if (parsed === null) {
      const text = toStr(modifier);
      warn(
        `${(this.constructor as typeof DateTimeInterface).phpName}::modify(): Failed to parse time string (${text}) at position 0 (${text[0] ?? ''}): The timezone could not be found in the database`,
      );
      return false;
    }
    const target = this.target();
    target.time = parsed.time;
    target.micros = parsed.micros;
    return target;
  }

  add(interval: DateInterval): this {
    return this.shifted(interval, interval.invert === 1 ? -1 : 1);
  }

  sub(interval: DateInterval): this {
    return this.shifted(interval, interval.invert === 1 ? 1 : -1);
  }

  protected shifted(interval: DateInterval, sign: number): this {
    const target = this.target();
    const { year, month, day, hour, minute, second } = fieldsAt(this.time, this.zone);
    const dated = interval.y !== 0 || interval.m !== 0 || interval.d !== 0;
    const local = utcSeconds(
      year + sign * interval.y,
      month + sign * interval.m,
      day + sign * interval.d,
      hour,
      minute,
      second,
    );
    const base = dated ? fromLocal(this.zone, local) : this.time;
    const micros = this.micros + sign * Math.round(interval.f * 1e6);
    const carry = Math.floor(micros / 1e6);
    target.time = base + sign * (interval.h * 3600 + interval.i * 60 + interval.s) + carry;
    target.micros = micros - carry * 1e6;
    return target;
  }

  setTimezone(timezone: DateTimeZone): this {
    const target = this.target();
    target.zone = timezone.getName();
    return target;
  }

  setTimestamp(timestamp: unknown): this {
    const target = this.target();
    target.time = toInt(timestamp);
    target.micros = 0;
    return target;
  }

  setDate(year: number, month: number, day: number): this {
    const target = this.target();
    const { hour, minute, second } = fieldsAt(this.time, this.zone);
    target.time = fromLocal(this.zone, utcSeconds(year, month, day, hour, minute, second));
    return target;
  }

  /** By ISO 8601 year, week and day of the week. */
  setISODate(year: number, week: number, dayOfWeek = 1): this {
    const target = this.target();
    const fourth = fieldsAt(utcSeconds(year, 1, 4), 'UTC');
    const monday = 4 - ((fourth.weekday === 0 ? 7 : fourth.weekday) - 1);
    const { hour, minute, second } = fieldsAt(this.time, this.zone);
    target.time = fromLocal(
      this.zone,
      utcSeconds(year, 1, monday + (week - 1) * 7 + dayOfWeek - 1, hour, minute, second),
    );
    return target;
  }

  setTime(hour: number, minute: number, second = 0, microsecond = 0): this {
    const target = this.target();
    const { year, month, day } = fieldsAt(this.time, this.zone);
    target.time = fromLocal(this.zone, utcSeconds(year, month, day, hour, minute, second));
    target.micros = microsecond;
    return target;
  }
}

/** A time that changes in place. */
export class DateTime extends DateTimeInterface {
  static override readonly phpName: string = 'DateTime';

  protected override target(): this {
    return this;
  }

  /** Reads a time by the letters of `format`; false when the text does not fit. */
  static createFromFormat(
    format: unknown,
    datetime: unknown,
    timezone: DateTimeZone | null = null,
  ): DateTime | false {
    const read = readByFormat(toStr(format), toStr(datetime), timezone?.getName() ?? zone.name);
    return read === null ? false : placed(new DateTime('now', new DateTimeZone(read.zone)), read);
  }

  static createFromInterface(object: DateTimeInterface): DateTime {
    return placed(new DateTime('now', object.getTimezone()), object.moment());
  }

  static createFromImmutable(object: DateTimeImmutable): DateTime {
    return DateTime.createFromInterface(object);
  }
}

/** A time that never changes: what would change it gives another. */
export class DateTimeImmutable extends DateTimeInterface {
  static override readonly phpName: string = 'DateTimeImmutable';

  protected override target(): this {
    return this.__copy();
  }

  /** Reads a time by the letters of `format`; false when the text does not fit. */
  static createFromFormat(
    format: unknown,
    datetime: unknown,
    timezone: DateTimeZone | null = null,
  ): DateTimeImmutable | false {
    const found = DateTime.createFromFormat(format, datetime, timezone);
    return found === false ? false : DateTimeImmutable.createFromInterface(found);
  }

  static createFromInterface(object: DateTimeInterface): DateTimeImmutable {
    const { time, micros } = object.moment();
    const placed = new DateTimeImmutable('now', object.getTimezone()).setTimestamp(time);
    const { hour, minute, second } = fieldsAt(time, object.getTimezone().getName());
    return micros === 0 ? placed : placed.setTime(hour, minute, second, micros);
  }

  static createFromMutable(object: DateTime): DateTimeImmutable {
    return DateTimeImmutable.createFromInterface(object);
  }
}

function placed(
  target: DateTime,
  { time, micros, zone: name }: { time: number; micros: number; zone: string },
): DateTime {
  target.setTimestamp(time);
  if (micros === 0) return target;
  const { hour, minute, second } = fieldsAt(time, name);
  return target.setTime(hour, minute, second, micros);
}

/** `new DateTime()`, but false when the text is no time. */
export function date_create(
  datetime: unknown = 'now',
  timezone: DateTimeZone | null = null,
): DateTime | false {
  try {
    return new DateTime(datetime, timezone);
  } catch {
    return false;
  }
}

export function date_create_immutable(
  datetime: unknown = 'now',
  timezone: DateTimeZone | null = null,
): DateTimeImmutable | false {
  const found = date_create(datetime, timezone);
  return found === false ? false : DateTimeImmutable.createFromInterface(found);
}

export function date_format(object: DateTimeInterface, format: unknown): string {
  return object.format(format);
}

export function date_diff(
  baseObject: DateTimeInterface,
  targetObject: DateTimeInterface,
  absolute = false,
): DateInterval {
  return baseObject.diff(targetObject, absolute);
}

export function date_add(object: DateTime, interval: DateInterval): DateTime {
  return object.add(interval);
}

export function date_sub(object: DateTime, interval: DateInterval): DateTime {
  return object.sub(interval);
}

export function date_timestamp_get(object: DateTimeInterface): number {
  return object.getTimestamp();
}

export function date_modify(object: DateTime, modifier: unknown): DateTime | false {
  return object.modify(modifier);
}

export function date_interval_format(object: DateInterval, format: unknown): string {
  return object.format(format);
}

export function timezone_open(timezone: unknown): DateTimeZone | false {
  try {
    return new DateTimeZone(timezone);
  } catch {
    warn(`timezone_open(): Unknown or bad timezone (${toStr(timezone)})`);
    return false;
  }
}
