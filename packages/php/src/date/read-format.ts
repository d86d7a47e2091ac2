import { fieldsAt, monthNamed, weekdayNamed } from './format.js';
import { fromLocal, utcSeconds, zoneNamed } from './zone.js';

type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'micros';

/** What the letters of a format read, and into which field. */
const LETTERS: {
  readonly [letter: string]: readonly [
    pattern: RegExp,
    field: Field | null,
    value?: (text: string) => number,
  ];
} = {
  d: [/\d{1,2}/y, 'day'],
  j: [/\d{1,2}/y, 'day'],
  m: [/\d{1,2}/y, 'month'],
  n: [/\d{1,2}/y, 'month'],
  M: [/[A-Za-z]+/y, 'month', monthNamed],
  F: [/[A-Za-z]+/y, 'month', monthNamed],
  Y: [/-?\d{1,4}/y, 'year'],
  y: [/\d{2}/y, 'year', (text) => Number(text) + (Number(text) < 70 ? 2000 : 1900)],
  H: [/\d{1,2}/y, 'hour'],
  G: [/\d{1,2}/y, 'hour'],
  h: [/\d{1,2}/y, 'hour'],
  g: [/\d{1,2}/y, 'hour'],
  i: [/\d{2}/y, 'minute'],
  s: [/\d{2}/y, 'second'],
  u: [/\d{1,6}/y, 'micros', (text) => Number(text.padEnd(6, '0'))],
  v: [/\d{1,3}/y, 'micros', (text) => Number(text.padEnd(3, '0')) * 1000],
  D: [/[A-Za-z]{3}/y, null, weekdayNamed],
  l: [/[A-Za-z]+/y, null, weekdayNamed],
  S: [/st|nd|rd|th/iy, null],
  '?': [/[\s\S]/y, null],
  '*': [/[^\s,;:/.\\()-]*/y, null],
  ' ': [/[ \t]/y, null],
  '#': [/[;:/.,()-]/y, null],
};

/** Reads a time by a format of `DateTime::createFromFormat`; null when the text does not fit. What the format does not name is that of now. */
export function readByFormat(
  format: string,
  text: string,
  zone: string,
): { time: number; micros: number; zone: string } | null {
  const said: { [field in Field]?: number } = {};
  let half: string | null = null;
  let stamp: number | null = null;
  let own = zone;
  let reset: 'no' | 'all' | 'rest' = 'no';
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  for (let i = 0; i < format.length; i++) {
    const letter = format[i] ?? '';
    const rule = Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : undefined;
    if (letter === '!' || letter === '|') {
      if (letter === '!') for (const field of Object.keys(said)) delete said[field as Field];
      reset = letter === '!' ? 'all' : 'rest';
    } else if (letter === '+') at = text.length;
    else if (letter === 'a' || letter === 'A') {
      half = take(/[ap]\.?m\.?/iy);
      if (half === null) return null;
    } else if (letter === 'U') {
      const digits = take(/-?\d+/y);
      if (digits === null) return null;
      stamp = Number(digits);
      own = '+00:00';
    } else if ('eTOPp'.includes(letter)) {
      const name = zoneNamed(take(/[A-Za-z]+(?:\/[A-Za-z_+-]+)*|[+-]\d{1,2}:?\d{2}/y) ?? '');
      if (name === null) return null;
      own = name === 'Z' ? '+00:00' : name;
    } else if (letter === '\\') {
      if (text[at++] !== format[++i]) return null;
    } else if (rule === undefined) {
      if (text[at++] !== letter) return null;
    } else {
      const [pattern, field, convert = Number] = rule;
      const found = take(pattern);
      if (found === null) return null;
      if (field !== null) said[field] = convert(found);
    }
  }
  if (at < text.length) return null;
  return place(said, half, stamp, own, reset !== 'no');
}

function place(
  said: { [field in Field]?: number },
  half: string | null,
  stamp: number | null,
  zone: string,
  reset: boolean,
): { time: number; micros: number; zone: string } {
  if (stamp !== null) return { time: stamp, micros: said.micros ?? 0, zone };
  const now = Date.now();
  const base = reset
    ? { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0 }
    : fieldsAt(Math.floor(now / 1000), zone);
  // One part of a time makes the other parts of it zero.
  const timed =
    said.hour !== undefined ||
    said.minute !== undefined ||
    said.second !== undefined ||
    said.micros !== undefined;
  let hour = said.hour ?? (timed ? 0 : base.hour);
  if (half !== null) hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  const local = utcSeconds(
    said.year ?? base.year,
    said.month ?? base.month,
    said.day ?? base.day,
    hour,
    said.minute ?? (timed ? 0 : base.minute),
    said.second ?? (timed ? 0 : base.second),
  );
  return {
    time: fromLocal(zone, local),
    micros: said.micros ?? (timed || reset ? 0 : (now % 1000) * 1000),
    zone,
  };
}
