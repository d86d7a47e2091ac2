/** Time zones by Intl: offsets, abbreviations, and from local time to the time since 1970. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

const FIXED = /^([+-])(\d{1,2}):?(\d{2})?(?::?(\d{2}))?$/;

/** Seconds east of UTC of a zone that is only an offset (`+02:00`), else null. */
export function fixedOffset(zone: string): number | null {
  if (zone === 'UTC' || zone === 'Z' || zone === 'GMT') return 0;
  const found = FIXED.exec(zone);
  if (found === null) return ABBREVIATIONS[zone.toLowerCase()] ?? null;
  const seconds = Number(found[2]) * 3600 + Number(found[3] ?? 0) * 60 + Number(found[4] ?? 0);
  return found[1] === '-' ? -seconds : seconds;
}

/** Abbreviations that PHP takes for a zone, in seconds east of UTC. */
const ABBREVIATIONS: { readonly [name: string]: number | undefined } = {
  utc: 0,
  gmt: 0,
  z: 0,
  est: -18000,
  edt: -14400,
  cst: -21600,
  cdt: -18000,
  mst: -25200,
  mdt: -21600,
  pst: -28800,
  pdt: -25200,
  cet: 3600,
  cest: 7200,
  eet: 7200,
  eest: 10800,
  wet: 0,
  west: 3600,
  bst: 3600,
  msk: 10800,
  jst: 32400,
};

/** Whether PHP and Intl know a zone of this name; gives the name in its usual spelling, null when not. */
export function zoneNamed(name: string): string | null {
  if (/^utc$/i.test(name)) return 'UTC';
  const found = FIXED.exec(name);
  if (found !== null) return `${found[1]}${(found[2] ?? '').padStart(2, '0')}:${found[3] ?? '00'}`;
  if (ABBREVIATIONS[name.toLowerCase()] !== undefined) return name.toUpperCase();
  if (!name.includes('/')) return null;
  try {
    formatOf(name);
    return name.replace(
      /(^|[/_-])([a-z])/g,
      (_all, before: string, letter: string) => before + letter.toUpperCase(),
    );
  } catch {
    return null;
  }
}

const cache = new Map<string, number>();

/** Seconds east of UTC that a zone is at a time in seconds since 1970. */
export function offsetAt(zone: string, time: number): number {
  const fixed = fixedOffset(zone);
  if (fixed !== null) return fixed;
  const quarter = Math.floor(time / 900);
  const key = `${zone}|${quarter}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const at = quarter * 900;
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at * 1000)
      .map(({ type, value }) => [type, value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const year = parts.get('era')?.startsWith('B') ? 1 - number('year') : number('year');
  const local = utcSeconds(
    year,
    number('month'),
    number('day'),
    number('hour'),
    number('minute'),
    number('second'),
  );
  if (cache.size > 5000) cache.clear();
  cache.set(key, local - at);
  return local - at;
}

/** Seconds since 1970 of a date in UTC; numbers beyond their range carry over. */
export function utcSeconds(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 1000 + hour * 3600 + minute * 60 + second;
}

/** Seconds since 1970 of a local time: the second of two, and what a skipped one is moved on to. */
export function fromLocal(zone: string, local: number): number {
  const before = offsetAt(zone, local - 86400);
  const after = offsetAt(zone, local + 86400);
  for (const offset of [after, before]) if (offsetAt(zone, local - offset) === offset) return local - offset;
  return local - before;
}

/** Whether daylight saving time is in force. */
export function isDaylight(zone: string, time: number): boolean {
  if (fixedOffset(zone) !== null) return false;
  const year = new Date(time * 1000).getUTCFullYear();
  const standard = Math.min(offsetAt(zone, utcSeconds(year, 1, 1)), offsetAt(zone, utcSeconds(year, 7, 1)));
  return offsetAt(zone, time) !== standard;
}

/** What the zones of large areas are called in winter and in summer, by place or by area and offset. */
const NAMES: readonly (readonly [zone: RegExp, winter: string, summer: string])[] = [
  [/^Europe\/(?:London|Belfast|Guernsey|Jersey)$/, 'GMT', 'BST'],
  [/^Europe\/Dublin$/, 'GMT', 'IST'],
  [/^(?:Europe\/Lisbon|Atlantic\/(?:Canary|Madeira|Faroe))$/, 'WET', 'WEST'],
  [
    /^Europe\/(?:Athens|Bucharest|Helsinki|Kiev|Kyiv|Riga|Sofia|Tallinn|Vilnius|Chisinau|Mariehamn)$/,
    'EET',
    'EEST',
  ],
  [/^Europe\/(?:Moscow|Simferopol)$/, 'MSK', 'MSK'],
  [/^Europe\/(?!Istanbul|Minsk|Samara|Saratov|Volgograd|Ulyanovsk|Astrakhan|Kirov)/, 'CET', 'CEST'],
  [
    /^America\/(?:New_York|Detroit|Toronto|Montreal|Indiana.*|Kentucky.*|Nassau|Port-au-Prince)$/,
    'EST',
    'EDT',
  ],
  [/^America\/(?:Chicago|Winnipeg|Menominee|North_Dakota.*|Matamoros)$/, 'CST', 'CDT'],
  [/^America\/(?:Denver|Boise|Edmonton)$/, 'MST', 'MDT'],
  [/^America\/(?:Los_Angeles|Vancouver|Tijuana)$/, 'PST', 'PDT'],
  [/^America\/(?:Phoenix|Hermosillo)$/, 'MST', 'MST'],
  [/^America\/(?:Mexico_City|Costa_Rica|Guatemala|Managua|Regina)$/, 'CST', 'CST'],
  [/^America\/(?:Panama|Jamaica|Cancun)$/, 'EST', 'EST'],
  [/^Asia\/(?:Shanghai|Taipei|Macau|Chongqing|Harbin)$|^PRC$/, 'CST', 'CST'],
  [/^Asia\/Hong_Kong$/, 'HKT', 'HKT'],
  [/^Asia\/Tokyo$/, 'JST', 'JST'],
  [/^Asia\/Seoul$/, 'KST', 'KST'],
  [/^Asia\/(?:Kolkata|Calcutta)$/, 'IST', 'IST'],
  [/^Asia\/Jakarta$/, 'WIB', 'WIB'],
  [/^Asia\/Manila$/, 'PST', 'PST'],
  [/^Asia\/Karachi$/, 'PKT', 'PKT'],
  [/^Asia\/Jerusalem$/, 'IST', 'IDT'],
  [/^Australia\/(?:Sydney|Melbourne|Hobart|Canberra)$/, 'AEST', 'AEDT'],
  [/^Australia\/Brisbane$/, 'AEST', 'AEST'],
  [/^Australia\/Adelaide$/, 'ACST', 'ACDT'],
  [/^Australia\/Perth$/, 'AWST', 'AWST'],
  [/^Pacific\/Auckland$/, 'NZST', 'NZDT'],
  [/^Pacific\/Honolulu$/, 'HST', 'HST'],
  [/^Africa\/(?:Johannesburg|Maseru|Mbabane)$/, 'SAST', 'SAST'],
  [/^Africa\/(?:Lagos|Kinshasa|Luanda)$/, 'WAT', 'WAT'],
  [/^Africa\/(?:Nairobi|Addis_Ababa|Kampala)$/, 'EAT', 'EAT'],
  [/^Africa\/(?:Cairo|Tripoli)$/, 'EET', 'EEST'],
];

/** The abbreviation of a zone at a time: `CET`, `EDT`, or the offset where it has none. */
export function abbreviation(zone: string, time: number): string {
  if (zone === 'UTC' || zone === 'Z') return zone;
  const named = NAMES.find(([pattern]) => pattern.test(zone));
  if (named !== undefined) return isDaylight(zone, time) ? named[2] : named[1];
  if (fixedOffset(zone) !== null) return zone;
  const [hours, minutes] = offsetParts(offsetAt(zone, time));
  return minutes === '00' ? hours : hours + minutes;
}

/** An offset as its sign with hours, and minutes. */
export function offsetParts(offset: number): [hours: string, minutes: string] {
  const all = Math.abs(offset);
  const two = (number: number): string => String(number).padStart(2, '0');
  return [`${offset < 0 ? '-' : '+'}${two(Math.floor(all / 3600))}`, two(Math.floor((all % 3600) / 60))];
}
