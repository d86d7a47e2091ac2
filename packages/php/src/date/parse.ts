import { daysIn, fieldsAt, monthNamed, weekdayNamed } from './format.js';
import { fromLocal, utcSeconds, zoneNamed } from './zone.js';

/** What a text says about a time; what it does not say is undefined. */
interface Said {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  micros?: number;
  zone?: string;
  time?: number;
  relative: {
    year: number;
    month: number;
    day: number;
    hour: number;
    minute: number;
    second: number;
    micros: number;
    weekdays: number;
  };
  /** A weekday to go to, and how: 0 counts today, 1 does not, negative goes back. */
  weekday?: { day: number; behaviour: number };
  /** The first or the last day of the month. */
  edge?: 'first' | 'last';
  /** The nth weekday of the month (`second monday of`). */
  nth?: { n: number; day: number };
}

/** A moment: seconds since 1970, microseconds, and the zone that the text named. */
export interface Parsed {
  time: number;
  micros: number;
  zone: string | null;
}

const UNITS: { readonly [unit: string]: keyof Said['relative'] | 'week' | 'fortnight' | 'milli' } = {
  sec: 'second',
  secs: 'second',
  second: 'second',
  seconds: 'second',
  min: 'minute',
  mins: 'minute',
  minute: 'minute',
  minutes: 'minute',
  hour: 'hour',
  hours: 'hour',
  day: 'day',
  days: 'day',
  week: 'week',
  weeks: 'week',
  fortnight: 'fortnight',
  fortnights: 'fortnight',
  month: 'month',
  months: 'month',
  mon: 'month',
  year: 'year',
  years: 'year',
  weekday: 'weekdays',
  weekdays: 'weekdays',
  usec: 'micros',
  usecs: 'micros',
  microsecond: 'micros',
  microseconds: 'micros',
  msec: 'milli',
  msecs: 'milli',
  millisecond: 'milli',
  milliseconds: 'milli',
  ms: 'milli',
};

const ORDINALS: { readonly [word: string]: number } = {
  last: -1,
  previous: -1,
  this: 0,
  next: 1,
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
};

const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const WEEKDAY =
  '(sun(?:day)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?)';
const UNIT = `(${Object.keys(UNITS)
  .sort((a, b) => b.length - a.length)
  .join('|')}|${WEEKDAY.slice(1, -1)})`;
const ORDINAL = `(${Object.keys(ORDINALS).join('|')})`;
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';

type Rule = readonly [pattern: RegExp, apply: (said: Said, ...groups: string[]) => unknown];

const rule = (source: string, apply: Rule[1]): Rule => [new RegExp(`^(?:${source})`, 'i'), apply];

const fullYear = (text: string): number =>
  text.length > 2 ? Number(text) : Number(text) + (Number(text) < 70 ? 2000 : 1900);

function setDate(said: Said, year: number | undefined, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 0 || day > 31) return false;
  if (year !== undefined) said.year = year;
  said.month = month;
  said.day = day;
  return true;
}

function setTime(said: Said, hour: string, minute = '0', second = '0', fraction = ''): boolean {
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return false;
  said.hour = Number(hour);
  said.minute = Number(minute);
  said.second = Number(second);
  said.micros = Math.floor(Number(`0.${fraction || '0'}`) * 1e6 + 1e-6);
  return true;
}

function midnight(said: Said): void {
  setTime(said, '0');
}

function addUnit(said: Said, amount: number, unit: string, behaviour = 1): boolean {
  const known = UNITS[unit.toLowerCase()];
  if (known === undefined) {
    const day = weekdayNamed(unit);
    said.weekday = { day, behaviour: amount === 0 ? 0 : behaviour };
    said.relative.day += amount > 0 ? (amount - 1) * 7 : amount < 0 ? amount * 7 : 0;
    if (amount < 0) said.weekday = { day, behaviour: 0 };
    if (said.hour === undefined) midnight(said);
  } else if (known === 'week') said.relative.day += amount * 7;
  else if (known === 'fortnight') said.relative.day += amount * 14;
  else if (known === 'milli') said.relative.micros += amount * 1000;
  else said.relative[known] += amount;
  return true;
}

const RULES: readonly Rule[] = [
  rule('[\\s,]+', () => true),
  rule('@(-?\\d+)(?:\\.(\\d{1,6}))?', (said, time = '', fraction) => {
    said.time = Number(time);
    said.zone = '+00:00';
    if (fraction !== undefined) said.micros = Number(fraction.padEnd(6, '0'));
  }),
  rule(`(back|front) of (\\d{1,2})(?:\\s*(am|pm))?`, (said, which = '', hour = '', half) =>
    setTime(
      said,
      String(twelve(hour, half) - (which.toLowerCase() === 'front' ? 1 : 0)),
      which.toLowerCase() === 'front' ? '45' : '15',
    ),
  ),
  rule('now\\b', () => true),
  rule('(?:today|midnight)\\b', midnight),
  rule('noon\\b', (said) => setTime(said, '12')),
  rule('tomorrow\\b', (said) => {
    midnight(said);
    said.relative.day++;
  }),
  rule('yesterday\\b', (said) => {
    if (said.hour === undefined) midnight(said);
    said.relative.day--;
  }),
  rule('(first|last) day of(?!\\w)', (said, which = '') => {
    said.edge = which.toLowerCase() as 'first' | 'last';
  }),
  rule(`${ORDINAL}\\s+${WEEKDAY}\\s+of(?!\\w)`, (said, ordinal = '', day = '') => {
    said.nth = { n: ORDINALS[ordinal.toLowerCase()] ?? 1, day: weekdayNamed(day) };
    if (said.hour === undefined) midnight(said);
  }),
  rule('(\\d{4})-?W(\\d{2})(?:-?([0-7]))?', (said, year = '', week = '', day = '1') => {
    const base = utcSeconds(Number(year), 1, 4);
    const { weekday } = fieldsAt(base, 'UTC');
    const monday = base - ((weekday === 0 ? 7 : weekday) - 1) * 86400;
    const found = fieldsAt(monday + ((Number(week) - 1) * 7 + Number(day) - 1) * 86400, 'UTC');
    return setDate(said, found.year, found.month, found.day);
  }),
  rule(
    '(\\d{4})(\\d{2})(\\d{2})(?:[T ]?(\\d{2})(\\d{2})(\\d{2})?)(?!\\d)',
    (said, year = '', month = '', day = '', hour = '', minute = '', second) =>
      setDate(said, Number(year), Number(month), Number(day)) && setTime(said, hour, minute, second),
  ),
  rule('(\\d{4})(\\d{2})(\\d{2})(?!\\d|:)', (said, year = '', month = '', day = '') =>
    setDate(said, Number(year), Number(month), Number(day)),
  ),
  rule('([+-]?\\d{4,})-(\\d{1,2})-(\\d{1,2})(?=T|\\s|$|[^\\d-])', (said, year = '', month = '', day = '') =>
    setDate(said, Number(year), Number(month), Number(day)),
  ),
  rule('(\\d{4})/(\\d{1,2})/(\\d{1,2})', (said, year = '', month = '', day = '') =>
    setDate(said, Number(year), Number(month), Number(day)),
  ),
  rule('(\\d{4})-(\\d{2})(?![\\d-])', (said, year = '', month = '') =>
    setDate(said, Number(year), Number(month), 1),
  ),
  rule('(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2})(?!\\d)', (said, month = '', day = '', year = '') =>
    setDate(said, fullYear(year), Number(month), Number(day)),
  ),
  rule('(\\d{1,2})[-.](\\d{1,2})[-.](\\d{4})(?!\\d)', (said, day = '', month = '', year = '') =>
    setDate(said, Number(year), Number(month), Number(day)),
  ),
  rule('(\\d{1,2})\\.(\\d{1,2})\\.(\\d{2})(?![\\d.:])', (said, day = '', month = '', year = '') =>
    setDate(said, fullYear(year), Number(month), Number(day)),
  ),
  rule('(\\d{2})-(\\d{1,2})-(\\d{1,2})(?!\\d)', (said, year = '', month = '', day = '') =>
    setDate(said, fullYear(year), Number(month), Number(day)),
  ),
  rule('(\\d{1,2})/(\\d{1,2})(?![\\d/])', (said, month = '', day = '') =>
    setDate(said, undefined, Number(month), Number(day)),
  ),
  rule(
    `${DAY}[ \\t.-]*${MONTH}[ \\t.,-]*(\\d{4}|\\d{2}(?![\\d:]))(?!\\d|:)`,
    (said, day = '', month = '', year = '') =>
      setDate(said, fullYear(year), monthNamed(month.slice(0, 3)), Number(day)),
  ),
  rule(`${MONTH}[ \\t.-]*${DAY}[ \\t.,-]+(\\d{4})(?!\\d|:)`, (said, month = '', day = '', year = '') =>
    setDate(said, Number(year), monthNamed(month.slice(0, 3)), Number(day)),
  ),
  rule(`(\\d{4})-${MONTH}-(\\d{1,2})`, (said, year = '', month = '', day = '') =>
    setDate(said, Number(year), monthNamed(month.slice(0, 3)), Number(day)),
  ),
  rule(`${MONTH}[ \\t.-]*(\\d{4})(?!\\d|:)`, (said, month = '', year = '') =>
    setDate(said, Number(year), monthNamed(month.slice(0, 3)), 1),
  ),
  rule(`${DAY}[ \\t.-]*${MONTH}\\b`, (said, day = '', month = '') =>
    setDate(said, undefined, monthNamed(month.slice(0, 3)), Number(day)),
  ),
  rule(`${MONTH}[ \\t.-]*${DAY}(?!\\d|:)`, (said, month = '', day = '') =>
    setDate(said, undefined, monthNamed(month.slice(0, 3)), Number(day)),
  ),
  rule(`${MONTH}\\b`, (said, month = '') => {
    said.month = monthNamed(month.slice(0, 3));
  }),
  rule(
    'T?(\\d{1,2})(?::(\\d{2})(?::(\\d{2}))?)?(?:[.:](\\d+))?\\s*([ap])\\.?m\\.?(?![a-z])',
    (said, hour = '', minute, second, fraction, half = '') => {
      if (Number(hour) > 12 || Number(hour) < 1) return false;
      return setTime(said, String(twelve(hour, half)), minute, second, fraction);
    },
  ),
  rule(
    'T?(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d+))?)?',
    (said, hour = '', minute = '', second, fraction) => setTime(said, hour, minute, second, fraction),
  ),
  rule('T(\\d{2})(\\d{2})(\\d{2})?(?!\\d)', (said, hour = '', minute = '', second) =>
    setTime(said, hour, minute, second),
  ),
  rule('(?:GMT|UTC)?([+-]\\d{1,2}:?\\d{2}|[+-]\\d{1,2})(?!\\d|\\s*[a-z])', (said, zone = '') => {
    if (said.hour === undefined && said.time === undefined) return false;
    said.zone = zoneNamed(zone) ?? '+00:00';
  }),
  rule(
    `([+-]*)[ \\t]*(\\d+)[ \\t]*${UNIT}(?![a-z])(\\s+ago(?![a-z]))?`,
    (said, signs = '', amount = '', unit = '', ago) => {
      const minus = (signs.split('-').length - 1) % 2 === 1;
      return addUnit(said, Number(amount) * (minus ? -1 : 1) * (ago === undefined ? 1 : -1), unit);
    },
  ),
  rule(`${ORDINAL}[ \\t]+week(?![a-z])`, (said, ordinal = '') => {
    said.relative.day += (ORDINALS[ordinal.toLowerCase()] ?? 0) * 7;
    said.weekday = { day: said.weekday?.day ?? -1, behaviour: 2 };
  }),
  rule(`${ORDINAL}[ \\t]+${UNIT}(?![a-z])`, (said, ordinal = '', unit = '') =>
    addUnit(said, ORDINALS[ordinal.toLowerCase()] ?? 0, unit),
  ),
  rule(`${WEEKDAY}(?![a-z])`, (said, day = '') => {
    if (said.hour === undefined) midnight(said);
    said.weekday = { day: weekdayNamed(day.slice(0, 3)), behaviour: said.weekday?.behaviour === 2 ? 2 : 0 };
  }),
  rule('(\\d{4})(?![\\d/-])', (said, year = '') => {
    if (said.month !== undefined && said.year === undefined) said.year = Number(year);
    else if (said.hour === undefined && Number(year.slice(0, 2)) < 24 && Number(year.slice(2)) < 60)
      return setTime(said, year.slice(0, 2), year.slice(2));
    else said.year = Number(year);
  }),
  rule('\\(?([A-Za-z]+(?:[/_+-][A-Za-z_+-]+\\d*)*|[A-Za-z]{1,6})\\)?', (said, name = '') => {
    const zone = zoneNamed(name);
    if (zone === null) return false;
    said.zone = zone;
  }),
];

const twelve = (hour: string, half: string | undefined): number =>
  half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);

function read(text: string): Said | null {
  const said: Said = {
    relative: { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, micros: 0, weekdays: 0 },
  };
  let rest = text.trim();
  while (rest !== '') {
    let used = 0;
    for (const [pattern, apply] of RULES) {
      const found = pattern.exec(rest);
      if (found === null || found[0] === '') continue;
      if (apply(said, ...found.slice(1)) === false) continue;
      used = found[0].length;
      break;
    }
    if (used === 0) return null;
    rest = rest.slice(used);
  }
  return said;
}

/**
 * Reads a time as `strtotime` does.
 * @param base seconds since 1970 that the text is relative to
 * @param keepTime a date without a time keeps that of the base
 * @returns null when the text is no time
 */
export function parseDate(
  text: string,
  base: number,
  baseMicros: number,
  zone: string,
  keepTime = false,
): Parsed | null {
  const said = read(text);
  if (said === null) return null;
  const own = said.zone ?? zone;
  const now = fieldsAt(said.time ?? base, said.time === undefined ? own : 'UTC');
  const dated = said.year !== undefined || said.month !== undefined || said.day !== undefined;
  const timed = said.hour !== undefined;
  const keepsTime = !timed && (keepTime || !dated);
  const relative = said.relative;
  let year = (said.year ?? now.year) + relative.year;
  let month = (said.month ?? now.month) + relative.month;
  let day = (said.day ?? now.day) + (said.edge === undefined ? relative.day : 0);
  if (said.edge !== undefined || said.nth !== undefined) {
    [year, month] = carry(year, month);
    day =
      said.nth === undefined
        ? (said.edge === 'first' ? 1 : daysIn(year, month)) + relative.day
        : nthDay(year, month, said.nth) + relative.day;
  }
  const hour = said.hour ?? (keepsTime ? now.hour : 0);
  const minute = said.minute ?? (keepsTime ? now.minute : 0);
  const second = said.second ?? (keepsTime ? now.second : 0);
  let local = utcSeconds(year, month, day, hour, minute, second);
  if (said.weekday !== undefined) local += toWeekday(local, said.weekday) * 86400;
  if (relative.weekdays !== 0) local += weekdaySpan(local, relative.weekdays) * 86400;
  const micros = (said.micros ?? (keepsTime && said.time === undefined ? baseMicros : 0)) + relative.micros;
  const carried = Math.floor(micros / 1e6);
  const time =
    fromLocal(own, local) + relative.hour * 3600 + relative.minute * 60 + relative.second + carried;
  return { time, micros: micros - carried * 1e6, zone: said.zone ?? null };
}

function carry(year: number, month: number): [number, number] {
  const months = year * 12 + month - 1;
  return [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
}

function nthDay(year: number, month: number, { n, day }: { n: number; day: number }): number {
  if (n < 0) {
    const last = daysIn(year, month);
    const { weekday } = fieldsAt(utcSeconds(year, month, last), 'UTC');
    return last - ((weekday - day + 7) % 7);
  }
  const { weekday } = fieldsAt(utcSeconds(year, month, 1), 'UTC');
  return 1 + ((day - weekday + 7) % 7) + (n - 1) * 7;
}

function toWeekday(local: number, { day, behaviour }: { day: number; behaviour: number }): number {
  if (day < 0) return 0;
  const { weekday } = fieldsAt(local, 'UTC');
  // "monday next week" is the Monday of the week in which the day is, and a week ends with its Sunday.
  if (behaviour === 2) return (day === 0 ? 7 : day) - (weekday === 0 ? 7 : weekday);
  const ahead = (day - weekday + 7) % 7;
  return ahead === 0 && behaviour === 1 ? 7 : ahead;
}

function weekdaySpan(local: number, count: number): number {
  const step = Math.sign(count);
  let days = 0;
  for (let left = Math.abs(count); left > 0; ) {
    days += step;
    const { weekday } = fieldsAt(local + days * 86400, 'UTC');
    if (weekday !== 0 && weekday !== 6) left--;
  }
  return days;
}
