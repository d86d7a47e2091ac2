import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { strftime } from '../../../src/server/log/strftime.js';

const morning = new Date(2026, 0, 4, 0, 5, 9);
const evening = new Date(2024, 11, 31, 23, 59, 58);

describe('strftime', () => {
  it.each([
    ['%F %T', '2026-01-04 00:05:09', '2024-12-31 23:59:58'],
    ['%Y%m%d %H%M%S', '20260104 000509', '20241231 235958'],
    ['%y %C %e %j', '26 20  4 004', '24 20 31 366'],
    ['%a %A %b %B %h', 'Sun Sunday Jan January Jan', 'Tue Tuesday Dec December Dec'],
    ['%I %l %k %p %P', '12 12  0 AM am', '11 11 23 PM pm'],
    ['%u %w', '7 0', '2 2'],
    ['%D %R %r', '01/04/26 00:05 12:05:09 AM', '12/31/24 23:59 11:59:58 PM'],
    ['%c|%x|%X', 'Sun Jan  4 00:05:09 2026|01/04/26|00:05:09', 'Tue Dec 31 23:59:58 2024|12/31/24|23:59:58'],
    ['100%% %n%t %', '100% \n\t %', '100% \n\t %'],
    ['%Q no conversion', '%Q no conversion', '%Q no conversion'],
  ])('%o', (format, first, second) => {
    expect(strftime(format, morning)).toBe(first);
    expect(strftime(format, evening)).toBe(second);
  });

  it.runIf(process.platform === 'linux')('agrees with the system', () => {
    const format =
      '%Y %C %y %m %d %e %j %H %k %I %l %M %S %s %p %P %A %a %B %b %h %u %w %U %W %z %F %T %D %R %r';
    for (const date of [
      morning,
      evening,
      new Date(2023, 5, 15, 12, 0, 0),
      new Date(2021, 0, 1),
      new Date(2020, 1, 29),
    ]) {
      const seconds = `@${date.getTime() / 1000}`;
      const env = { ...process.env, LC_ALL: 'C' };
      const expected = execFileSync('date', ['-d', seconds, `+${format}`], { env, encoding: 'utf8' });
      expect(`${strftime(format, date)}\n`).toBe(expected);
    }
  });
});
