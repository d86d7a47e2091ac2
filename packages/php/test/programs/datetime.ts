import * as php from '../../src/index.js';
import {
  DATE_ATOM,
  DateInterval,
  DatePeriod,
  DateTime,
  DateTimeImmutable,
  DateTimeZone,
  date,
  echo,
  mktime,
  str_contains,
  strtotime,
} from '../../src/index.js';

export function main(): void {
  const d = new DateTime('2024-01-31 10:30:45.123456');
  echo(d.format('Y-m-d H:i:s.u v e P U'), '\n');
  for (const text of [
    '+1 day',
    '+1 month',
    'last day of next month',
    'next monday',
    'midnight',
    '-1 week',
    'first day of january 2025',
  ])
    echo((php.clone(d).modify(text) as DateTime).format(DATE_ATOM), '\n');
  const i = new DateTimeImmutable('2024-02-29 12:00', new DateTimeZone('Europe/Berlin'));
  echo(
    i.add(new DateInterval('P1Y2M3DT4H5M6S')).format('c T'),
    ' ',
    i.sub(new DateInterval('P1M')).format('c'),
    ' ',
    i.format('c'),
    '\n',
  );
  echo(
    i.setTimezone(new DateTimeZone('Asia/Tokyo')).format('c e T'),
    ' ',
    i.setDate(2023, 13, 32).format('c'),
    ' ',
  );
  echo(
    i.setTime(25, 61).format('c'),
    ' ',
    i.setTimestamp(86400).format('c'),
    ' ',
    i.setISODate(2024, 53, 7).format('c'),
    '\n',
  );
  const pairs = [
    ['2024-01-01', '2024-03-15 12:30:10'],
    ['2024-03-15', '2024-01-01'],
    ['2024-01-31', '2024-03-01'],
    ['2023-12-31 23:59:59', '2024-01-01'],
    ['2020-02-29', '2024-02-28'],
    ['2024-05-05', '2024-05-05'],
    ['2024-03-31', '2024-02-29'],
    ['2024-01-30 10:00', '2024-02-28 09:00'],
  ];
  for (const [a, b] of pairs) {
    const x = new DateTime(a).diff(new DateTime(b));
    echo(x.format('%R %y-%m-%d %h:%i:%s %a %F'), ' ', x.days, ' ', x.invert, '\n');
  }
  for (const [format, text] of [
    ['Y-m-d H:i:s', '2024-05-06 07:08:09'],
    ['d/m/Y', '06/05/2024'],
    ['!d/m/Y', '06/05/2024'],
    ['Y-m-d|', '2024-05-06'],
    ['D, d M y|', 'Mon, 06 May 24'],
    ['U', '1700000000'],
    ['Y-m-d\\TH:i:sP', '2024-05-06T07:08:09+02:00'],
    ['g:i A', '3:05 PM'],
    ['Y-m-d', 'nope'],
    ['H\\h i\\m', '23h 15m'],
    ['Y-m-d H:i:s.u', '2024-05-06 07:08:09.25'],
  ] as const) {
    const r = DateTime.createFromFormat(format, text);
    const whole = str_contains(format, 'Y') || format === 'U' || format[0] === '!';
    const dayOnly =
      str_contains(format, 'Y') &&
      !str_contains(format, 'H') &&
      format[0] !== '!' &&
      !str_contains(format, '|');
    echo(
      r === false ? 'false' : dayOnly ? r.format('Y-m-d') : whole ? r.format('c u') : r.format('H:i'),
      '\n',
    );
  }
  const n = new DateInterval('P2W');
  echo(
    n.d,
    ' ',
    new DateInterval('P1DT12H').format('%d %h %H %% %a'),
    ' ',
    (DateInterval.createFromDateString('3 days ago') as DateInterval).d,
    '\n',
  );
  for (const day of new DatePeriod(
    new DateTime('2024-01-30'),
    new DateInterval('P1D'),
    new DateTime('2024-02-02'),
  ))
    echo(day.format('md '), '');
  for (const day of new DatePeriod(
    new DateTimeImmutable('2024-01-01'),
    new DateInterval('P1W'),
    2,
    DatePeriod.EXCLUDE_START_DATE,
  ))
    echo(day.format('md '));
  echo('\n');
  for (const make of [() => new DateTime('nonsense here')])
    try {
      make();
    } catch (e) {
      echo(php.get_class(e as object), '\n');
    }
  for (const make of [() => new DateInterval('nope'), () => new DateTimeZone('No/Where')])
    try {
      make();
    } catch (e) {
      echo(php.caught(e).getMessage(), '\n');
    }
  php.var_dump(
    php.compare(new DateTime('2024-01-01'), new DateTime('2024-01-02')) < 0,
    php.looseEq(new DateTime('2024-01-01'), new DateTimeImmutable('2024-01-01')),
    php.max<DateTime>(new DateTime('2024-01-01'), new DateTime('2024-06-01')).format('Y-m-d'),
  );
  for (const zone of [
    'America/New_York',
    'Europe/London',
    'Asia/Shanghai',
    'Australia/Sydney',
    'America/Sao_Paulo',
    'Asia/Kolkata',
    'Europe/Istanbul',
  ]) {
    php.date_default_timezone_set(zone);
    for (const at of [1705320000, 1720000000, 1710054000, 1711846800, 1730005200])
      echo(date('Y-m-d H:i T I P ', at));
    echo(
      mktime(2, 30, 0, 3, 10, 2024),
      ' ',
      mktime(1, 30, 0, 11, 3, 2024),
      ' ',
      strtotime('2024-03-31 02:30'),
      ' ',
      strtotime('2024-07-01 noon'),
      '\n',
    );
  }
  php.date_default_timezone_set('UTC');
  echo(
    php.json_encode(new DateTime('2024-01-01 UTC')),
    ' ',
    php.date_diff(new DateTime('2024-01-01'), new DateTime('2024-02-01')).format('%m %a'),
    '\n',
  );
  php.var_dump(new DateTimeImmutable('2024-01-01 10:00 +02:00'));
}
