const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sun, 06 Nov 1994 08:49:37 GMT`, also with UTC. */
const rfc1123 = /^[A-Za-z]{3}, +(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC)$/;
/** `Sunday, 06-Nov-94 08:49:37 GMT`. */
const rfc850 = /^[A-Za-z]{6,9}, +(\d{1,2})-([A-Za-z]{3})-(\d\d) (\d\d):(\d\d):(\d\d) GMT$/;
/** `Sun Nov  6 08:49:37 1994`. */
const asctime = /^[A-Za-z]{3} ([A-Za-z]{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})$/;

/**
 * Reads one of the three date forms of RFC 9110, section 5.6.7.
 * @returns seconds since 1970, or null when it is no such date
 */
export function parseHttpDate(text: string): number | null {
  const modern = rfc1123.exec(text);
  if (modern) {
    const [, day, month, year, hour, minute, second] = modern;
    return seconds(year, month, day, hour, minute, second);
  }
  const old = rfc850.exec(text);
  if (old) {
    const [, day, month, year, hour, minute, second] = old;
    // As strptime reads two digits: 69 to 99 are the last century.
    return seconds(Number(year) + (Number(year) < 69 ? 2000 : 1900), month, day, hour, minute, second);
  }
  const c = asctime.exec(text);
  if (!c) return null;
  const [, month, day, hour, minute, second, year] = c;
  return seconds(year, month, day, hour, minute, second);
}

type Part = string | number | undefined;

function seconds(year: Part, month: Part, day: Part, hour: Part, minute: Part, second: Part): number | null {
  const index = monthNames.indexOf(String(month));
  if (index < 0 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const time = Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute), Number(second));
  return new Date(time).getUTCDate() === Number(day) || Number(second) === 60 ? time / 1000 : null;
}
