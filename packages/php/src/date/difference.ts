import { daysIn, fieldsAt } from './format.js';
import { DateInterval } from './interval.js';
import { offsetAt } from './zone.js';

interface Moment {
  time: number;
  micros: number;
  zone: string;
}

/** The span between two times, in years, months, days and so on as a calendar has them. */
export function difference(from: Moment, to: Moment, absolute: boolean): DateInterval {
  const interval = new DateInterval('PT0S');
  const back = to.time < from.time || (to.time === from.time && to.micros < from.micros);
  const [early, late] = back ? [to, from] : [from, to];
  interval.invert = back && !absolute ? 1 : 0;
  // Both by their own clocks when the zone is the same, else by UTC.
  const zone = early.zone === late.zone ? early.zone : 'UTC';
  const a = fieldsAt(early.time, zone);
  const b = fieldsAt(late.time, zone);
  let micros = late.micros - early.micros;
  let second = b.second - a.second;
  let minute = b.minute - a.minute;
  let hour = b.hour - a.hour;
  let day = b.day - a.day;
  let month = b.month - a.month;
  let year = b.year - a.year;
  if (micros < 0) {
    micros += 1e6;
    second--;
  }
  if (second < 0) {
    second += 60;
    minute--;
  }
  if (minute < 0) {
    minute += 60;
    hour--;
  }
  if (hour < 0) {
    hour += 24;
    day--;
  }
  // The days of the months before the later time, backwards; of the months from the earlier one on when going back.
  for (let step = 0; day < 0; step++) {
    const index = back ? a.year * 12 + a.month - 1 + step : b.year * 12 + b.month - 2 - step;
    day += daysIn(Math.floor(index / 12), (index % 12) + 1);
    month--;
  }
  if (month < 0) {
    month += 12;
    year--;
  }
  const clock = (moment: Moment): number => moment.time + offsetAt(zone, moment.time) + moment.micros / 1e6;
  Object.assign(interval, { y: year, m: month, d: day, h: hour, i: minute, s: second, f: micros / 1e6 });
  interval.days = Math.floor((clock(late) - clock(early)) / 86400);
  return interval;
}
