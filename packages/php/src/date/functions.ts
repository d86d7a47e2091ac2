import { E_NOTICE } from '../constants/errors.js';
import { raise } from '../errors/raise.js';
import { toInt, toStr } from '../value/convert.js';
import { dayOfYear, daysIn, fieldsAt, formatDate } from './format.js';
import { parseDate } from './parse.js';
import { zone } from './state.js';
import { fromLocal, isDaylight, offsetAt, utcSeconds, zoneNamed } from './zone.js';

export const DATE_ATOM = 'Y-m-d\\TH:i:sP';
export const DATE_COOKIE = 'l, d-M-Y H:i:s T';
export const DATE_RFC822 = 'D, d M y H:i:s O';
export const DATE_RFC850 = 'l, d-M-y H:i:s T';
export const DATE_RFC1036 = 'D, d M y H:i:s O';
export const DATE_RFC1123 = 'D, d M Y H:i:s O';
export const DATE_RFC7231 = 'D, d M Y H:i:s \\G\\M\\T';
export const DATE_RFC2822 = 'D, d M Y H:i:s O';
export const DATE_RFC3339 = 'Y-m-d\\TH:i:sP';
export const DATE_RFC3339_EXTENDED = 'Y-m-d\\TH:i:s.vP';
export const DATE_ISO8601 = 'Y-m-d\\TH:i:sO';
export const DATE_RSS = 'D, d M Y H:i:s O';
export const DATE_W3C = 'Y-m-d\\TH:i:sP';

/** Seconds since 1970. */
export function time(): number {
  return Math.floor(Date.now() / 1000);
}

/** The time as `"0.12345600 1700000000"`, or in seconds as a float. */
export function microtime(as_float: true): number;
export function microtime(as_float?: false): string;
export function microtime(as_float: boolean): string | number;
export function microtime(as_float = false): string | number {
  const now = (performance.timeOrigin + performance.now()) / 1000;
  const seconds = Math.floor(now);
  return as_float ? now : `${(now - seconds).toFixed(8)} ${seconds}`;
}

/** A clock that only goes forward: nanoseconds, or seconds and nanoseconds. */
export function hrtime(as_number: true): number;
export function hrtime(as_number?: false): [seconds: number, nanoseconds: number];
export function hrtime(as_number = false): number | [number, number] {
  return as_number ? Number(process.hrtime.bigint()) : process.hrtime();
}

const stamp = (timestamp: unknown): number =>
  timestamp === null || timestamp === undefined ? time() : toInt(timestamp);

/** A time by the letters of PHP. @param timestamp seconds since 1970, null for now */
export function date(format: unknown, timestamp: unknown = null): string {
  return formatDate(toStr(format), stamp(timestamp), zone.name);
}

/** `date` in UTC. */
export function gmdate(format: unknown, timestamp: unknown = null): string {
  return formatDate(toStr(format), stamp(timestamp), 'UTC');
}

/** One number of a time: `B d h H i I L m N s t U w W y Y z Z`. */
export function idate(format: string, timestamp: unknown = null): number {
  const text = formatDate(format, stamp(timestamp), zone.name);
  return Number(text);
}

/** Seconds since 1970 of a local time; what is not given is that of now. */
export function mktime(
  hour: unknown,
  minute: unknown = null,
  second: unknown = null,
  month: unknown = null,
  day: unknown = null,
  year: unknown = null,
): number {
  return fromLocal(
    zone.name,
    localSeconds(fieldsAt(time(), zone.name), hour, minute, second, month, day, year),
  );
}

export function gmmktime(
  hour: unknown,
  minute: unknown = null,
  second: unknown = null,
  month: unknown = null,
  day: unknown = null,
  year: unknown = null,
): number {
  return localSeconds(fieldsAt(time(), 'UTC'), hour, minute, second, month, day, year);
}

function localSeconds(
  now: ReturnType<typeof fieldsAt>,
  hour: unknown,
  minute: unknown,
  second: unknown,
  month: unknown,
  day: unknown,
  year: unknown,
): number {
  const or = (value: unknown, otherwise: number): number => (value === null ? otherwise : toInt(value));
  const given = or(year, now.year);
  const full =
    year !== null && given >= 0 && given < 70
      ? given + 2000
      : year !== null && given >= 70 && given <= 100
        ? given + 1900
        : given;
  return utcSeconds(
    full,
    or(month, now.month),
    or(day, now.day),
    toInt(hour),
    or(minute, now.minute),
    or(second, now.second),
  );
}

/** Seconds since 1970 of an English text (`+1 day`, `2024-05-06 07:08`, `next monday`); false when it is none. */
export function strtotime(datetime: unknown, baseTimestamp: unknown = null): number | false {
  if (toStr(datetime) === '') return false;
  return parseDate(toStr(datetime), stamp(baseTimestamp), 0, zone.name)?.time ?? false;
}

export function checkdate(month: unknown, day: unknown, year: unknown): boolean {
  const [m, d, y] = [toInt(month), toInt(day), toInt(year)];
  return m >= 1 && m <= 12 && y >= 1 && y <= 32767 && d >= 1 && d <= daysIn(y, m);
}

export function date_default_timezone_get(): string {
  return zone.name;
}

/** @returns false, with a notice, when there is no such zone */
export function date_default_timezone_set(timezoneId: unknown): boolean {
  const name = zoneNamed(toStr(timezoneId));
  if (name === null) {
    raise(E_NOTICE, `date_default_timezone_set(): Timezone ID '${toStr(timezoneId)}' is invalid`);
    return false;
  }
  zone.name = name;
  return true;
}

/** The fields of a time by name. */
export function getdate(timestamp: unknown = null): { [name: string]: number | string } {
  const at = stamp(timestamp);
  const fields = fieldsAt(at, zone.name);
  return {
    0: at,
    seconds: fields.second,
    minutes: fields.minute,
    hours: fields.hour,
    mday: fields.day,
    wday: fields.weekday,
    mon: fields.month,
    year: fields.year,
    yday: dayOfYear(fields),
    weekday: formatDate('l', at, zone.name),
    month: formatDate('F', at, zone.name),
  };
}

/** The fields of a time as C has them; with names when `associative` is true. */
export function localtime(
  timestamp: unknown = null,
  associative = false,
): number[] | { [name: string]: number } {
  const at = stamp(timestamp);
  const fields = fieldsAt(at, zone.name);
  const values: [string, number][] = [
    ['tm_sec', fields.second],
    ['tm_min', fields.minute],
    ['tm_hour', fields.hour],
    ['tm_mday', fields.day],
    ['tm_mon', fields.month - 1],
    ['tm_year', fields.year - 1900],
    ['tm_wday', fields.weekday],
    ['tm_yday', dayOfYear(fields)],
    ['tm_isdst', isDaylight(zone.name, at) ? 1 : 0],
  ];
  return associative ? Object.fromEntries(values) : values.map(([, value]) => value);
}

/** The names of the time zones. */
export function timezone_identifiers_list(): string[] {
  return [...Intl.supportedValuesOf('timeZone'), 'UTC'];
}

export function timezone_offset_get(
  timezone: { getName(): string },
  datetime: { getTimestamp(): number },
): number {
  return offsetAt(timezone.getName(), datetime.getTimestamp());
}

export function cal_days_in_month(_calendar: unknown, month: unknown, year: unknown): number {
  return daysIn(toInt(year), toInt(month));
}

export const CAL_GREGORIAN = 0;
