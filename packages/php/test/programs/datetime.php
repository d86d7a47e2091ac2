<?php
$d = new DateTime('2024-01-31 10:30:45.123456');
echo $d->format('Y-m-d H:i:s.u v e P U'), "\n";
foreach (['+1 day', '+1 month', 'last day of next month', 'next monday', 'midnight', '-1 week', 'first day of january 2025'] as $text) echo (clone $d)->modify($text)->format(DATE_ATOM), "\n";
$i = new DateTimeImmutable('2024-02-29 12:00', new DateTimeZone('Europe/Berlin'));
echo $i->add(new DateInterval('P1Y2M3DT4H5M6S'))->format('c T'), ' ', $i->sub(new DateInterval('P1M'))->format('c'), ' ', $i->format('c'), "\n";
echo $i->setTimezone(new DateTimeZone('Asia/Tokyo'))->format('c e T'), ' ', $i->setDate(2023, 13, 32)->format('c'), ' ', $i->setTime(25, 61)->format('c'), ' ', $i->setTimestamp(86400)->format('c'), ' ', $i->setISODate(2024, 53, 7)->format('c'), "\n";
$pairs = [['2024-01-01', '2024-03-15 12:30:10'], ['2024-03-15', '2024-01-01'], ['2024-01-31', '2024-03-01'], ['2023-12-31 23:59:59', '2024-01-01'], ['2020-02-29', '2024-02-28'], ['2024-05-05', '2024-05-05'], ['2024-03-31', '2024-02-29'], ['2024-01-30 10:00', '2024-02-28 09:00']];
foreach ($pairs as [$a, $b]) {
    $x = (new DateTime($a))->diff(new DateTime($b));
    echo $x->format('%R %y-%m-%d %h:%i:%s %a %F'), ' ', $x->days, ' ', $x->invert, "\n";
}
foreach ([['Y-m-d H:i:s', '2024-05-06 07:08:09'], ['d/m/Y', '06/05/2024'], ['!d/m/Y', '06/05/2024'], ['Y-m-d|', '2024-05-06'], ['D, d M y|', 'Mon, 06 May 24'], ['U', '1700000000'], ['Y-m-d\TH:i:sP', '2024-05-06T07:08:09+02:00'], ['g:i A', '3:05 PM'], ['Y-m-d', 'nope'], ['H\h i\m', '23h 15m'], ['Y-m-d H:i:s.u', '2024-05-06 07:08:09.25']] as [$format, $text]) {
    $r = DateTime::createFromFormat($format, $text);
    echo $r === false ? 'false' : (str_contains($format, 'Y') && !str_contains($format, 'H') && $format[0] !== '!' && !str_contains($format, '|') ? $r->format('Y-m-d') : (str_contains($format, 'Y') || $format === 'U' || $format[0] === '!' ? $r->format('c u') : $r->format('H:i'))), "\n";
}
$n = new DateInterval('P2W');
echo $n->d, ' ', (new DateInterval('P1DT12H'))->format('%d %h %H %% %a'), ' ', DateInterval::createFromDateString('3 days ago')->d, "\n";
foreach (new DatePeriod(new DateTime('2024-01-30'), new DateInterval('P1D'), new DateTime('2024-02-02')) as $day) echo $day->format('md '), '';
foreach (new DatePeriod(new DateTimeImmutable('2024-01-01'), new DateInterval('P1W'), 2, DatePeriod::EXCLUDE_START_DATE) as $day) echo $day->format('md ');
echo "\n";
try { new DateTime('nonsense here'); } catch (Exception $e) { echo get_class($e), "\n"; }
try { new DateInterval('nope'); } catch (Exception $e) { echo $e->getMessage(), "\n"; }
try { new DateTimeZone('No/Where'); } catch (Exception $e) { echo $e->getMessage(), "\n"; }
var_dump(new DateTime('2024-01-01') < new DateTime('2024-01-02'), new DateTime('2024-01-01') == new DateTimeImmutable('2024-01-01'), max(new DateTime('2024-01-01'), new DateTime('2024-06-01'))->format('Y-m-d'));
foreach (['America/New_York', 'Europe/London', 'Asia/Shanghai', 'Australia/Sydney', 'America/Sao_Paulo', 'Asia/Kolkata', 'Europe/Istanbul'] as $zone) {
    date_default_timezone_set($zone);
    foreach ([1705320000, 1720000000, 1710054000, 1711846800, 1730005200] as $at) echo date('Y-m-d H:i T I P ', $at);
    echo mktime(2, 30, 0, 3, 10, 2024), ' ', mktime(1, 30, 0, 11, 3, 2024), ' ', strtotime('2024-03-31 02:30'), ' ', strtotime('2024-07-01 noon'), "\n";
}
date_default_timezone_set('UTC');
echo json_encode(new DateTime('2024-01-01 UTC')), ' ', date_diff(date_create('2024-01-01'), date_create('2024-02-01'))->format('%m %a'), "\n";
var_dump(new DateTimeImmutable('2024-01-01 10:00 +02:00'));
