import { abbreviation, isDaylight, offsetAt, offsetParts } from './zone.js';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const two = (number: number): string => String(number).padStart(2, '0');

/** The fields of a time in a zone. */
export interface Fields {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
}

export function fieldsAt(time: number, zone: string): Fields {
  const date = new Date((time + offsetAt(zone, time)) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    weekday: date.getUTCDay(),
  };
}

export const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export function daysIn(year: number, month: number): number {
  return [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 31;
}

/** The day of the year from 0. */
export function dayOfYear({ year, month, day }: Fields): number {
  let days = day - 1;
  for (let before = 1; before < month; before++) days += daysIn(year, before);
  return days;
}

/** The ISO 8601 week and the year that it belongs to. */
export function isoWeek(fields: Fields): { year: number; week: number } {
  const weekday = fields.weekday === 0 ? 7 : fields.weekday;
  const week = Math.floor((dayOfYear(fields) + 1 - weekday + 10) / 7);
  if (week < 1) return { year: fields.year - 1, week: weeksIn(fields.year - 1) };
  return week > weeksIn(fields.year) ? { year: fields.year + 1, week: 1 } : { year: fields.year, week };
}

function weeksIn(year: number): number {
  const last = (y: number): number => (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)) % 7;
  return last(year) === 4 || last(year - 1) === 3 ? 53 : 52;
}

function suffix(day: number): string {
  if (day >= 11 && day <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
}

/**
 * A time by the letters of PHP's `date`.
 * @param time seconds since 1970
 * @param micros microseconds, for `u` and `v`
 */
export function formatDate(format: string, time: number, zone: string, micros = 0): string {
  const fields = fieldsAt(time, zone);
  let out = '';
  for (let i = 0; i < format.length; i++) {
    const letter = format[i] ?? '';
    if (letter === '\\') out += format[++i] ?? '';
    else out += piece(letter, fields, time, zone, micros);
  }
  return out;
}

function piece(letter: string, fields: Fields, time: number, zone: string, micros: number): string {
  const { year, month, day, hour, minute, second, weekday } = fields;
  switch (letter) {
    case 'd':
      return two(day);
    case 'D':
      return (DAYS[weekday] ?? '').slice(0, 3);
    case 'j':
      return String(day);
    case 'l':
      return DAYS[weekday] ?? '';
    case 'N':
      return String(weekday === 0 ? 7 : weekday);
    case 'S':
      return suffix(day);
    case 'w':
      return String(weekday);
    case 'z':
      return String(dayOfYear(fields));
    case 'W':
      return two(isoWeek(fields).week);
    case 'o':
      return String(isoWeek(fields).year);
    case 'F':
      return MONTHS[month - 1] ?? '';
    case 'm':
      return two(month);
    case 'M':
      return (MONTHS[month - 1] ?? '').slice(0, 3);
    case 'n':
      return String(month);
    case 't':
      return String(daysIn(year, month));
    case 'L':
      return isLeap(year) ? '1' : '0';
    case 'Y':
      return year < 0 ? `-${String(-year).padStart(4, '0')}` : String(year).padStart(4, '0');
    case 'X':
    case 'x':
      return year < 0 || year > 9999 || letter === 'X'
        ? `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(4, '0')}`
        : String(year).padStart(4, '0');
    case 'y':
      return two(((year % 100) + 100) % 100);
    case 'a':
      return hour < 12 ? 'am' : 'pm';
    case 'A':
      return hour < 12 ? 'AM' : 'PM';
    case 'B':
      return String(Math.floor((((((time + 3600) % 86400) + 86400) % 86400) * 1000) / 86400)).padStart(
        3,
        '0',
      );
    case 'g':
      return String(hour % 12 === 0 ? 12 : hour % 12);
    case 'G':
      return String(hour);
    case 'h':
      return two(hour % 12 === 0 ? 12 : hour % 12);
    case 'H':
      return two(hour);
    case 'i':
      return two(minute);
    case 's':
      return two(second);
    case 'u':
      return String(micros).padStart(6, '0');
    case 'v':
      return String(Math.floor(micros / 1000)).padStart(3, '0');
    case 'e':
      return zone === 'Z' ? 'Z' : zone;
    case 'I':
      return isDaylight(zone, time) ? '1' : '0';
    case 'O':
      return offsetParts(offsetAt(zone, time)).join('');
    case 'P':
      return offsetParts(offsetAt(zone, time)).join(':');
    case 'p':
      return offsetAt(zone, time) === 0 ? 'Z' : offsetParts(offsetAt(zone, time)).join(':');
    case 'T':
      return abbreviation(zone, time);
    case 'Z':
      return String(offsetAt(zone, time));
    case 'c':
      return formatDate('Y-m-d\\TH:i:sP', time, zone);
    case 'r':
      return formatDate('D, d M Y H:i:s O', time, zone);
    case 'U':
      return String(time);
    default:
      return letter;
  }
}

/** The number of a month by its English name or its beginning, 0 when there is none. */
export function monthNamed(name: string): number {
  const wanted = name.toLowerCase();
  if (wanted === 'sept') return 9;
  return (
    MONTHS.findIndex(
      (month) =>
        month.toLowerCase() === wanted || (wanted.length === 3 && month.toLowerCase().startsWith(wanted)),
    ) + 1
  );
}

/** The number of a weekday from Sunday 0, -1 when there is none. */
export function weekdayNamed(name: string): number {
  const wanted = name.toLowerCase();
  const short: { readonly [name: string]: number } = { tues: 2, wednes: 3, thur: 4, thurs: 4 };
  return (
    short[wanted] ??
    DAYS.findIndex(
      (day) => day.toLowerCase() === wanted || (wanted.length === 3 && day.toLowerCase().startsWith(wanted)),
    )
  );
}
