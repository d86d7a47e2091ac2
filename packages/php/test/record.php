<?php
// Records what PHP itself answers: php packages/php/test/record.php [family...]
// Reads cases/*.json ({"function": [[arguments], ...]}) and writes recorded/*.json; runs programs/*.php and writes programs/*.txt.
// Special values in JSON: {"$b": hex} bytes, {"$f": "1.5"} a float, {"$i": "2^62"} an int, {"$a": [[key, value], ...]} an array that is
// no list, {"$o": {...}} a stdClass, {"$fn": name} one of the callbacks below.
error_reporting(E_ALL);
ini_set('display_errors', 'stderr');
ini_set('log_errors', '0');
ini_set('memory_limit', '1G');
date_default_timezone_set('UTC');
setlocale(LC_ALL, 'C');

$callbacks = [
    'double' => fn ($x) => $x * 2,
    'isOdd' => fn ($x) => $x % 2 === 1,
    'sum' => fn ($a, $b) => $a + $b,
    'join' => fn (...$all) => implode('-', array_map('strval', $all)),
    'compare' => fn ($a, $b) => $a <=> $b,
    'reverse' => fn ($a, $b) => $b <=> $a,
    'byLength' => fn ($a, $b) => strlen($a) - strlen($b),
    'upper' => fn ($m) => strtoupper(is_array($m) ? $m[0] : $m),
    'bracket' => fn ($m) => '[' . implode('|', $m) . ']',
    'keyIsString' => fn ($k) => is_string($k),
    'bothSet' => fn ($v, $k) => $v !== null && $k !== 'b',
    'addIndex' => fn ($v, $k) => "$k:$v",
    'keep' => fn ($x) => $x,
];

function decode(mixed $value): mixed
{
    global $callbacks;
    if (is_array($value)) return array_map('decode', $value);
    if (!$value instanceof stdClass) return $value;
    $fields = get_object_vars($value);
    if (array_key_exists('$b', $fields)) return hex2bin($fields['$b']);
    if (array_key_exists('$f', $fields)) return match ($fields['$f']) { 'NAN' => NAN, 'INF' => INF, '-INF' => -INF, default => (float) $fields['$f'] };
    if (array_key_exists('$i', $fields)) return (int) $fields['$i'];
    if (array_key_exists('$fn', $fields)) return $callbacks[$fields['$fn']];
    if (array_key_exists('$o', $fields)) return (object) array_map('decode', get_object_vars($fields['$o']));
    if (array_key_exists('$a', $fields)) {
        $array = [];
        foreach ($fields['$a'] as [$key, $item]) $array[decode($key)] = decode($item);
        return $array;
    }
    return array_map('decode', $fields);
}

function encode(mixed $value): mixed
{
    if (is_float($value)) return ['$f' => is_nan($value) ? 'NAN' : (is_infinite($value) ? ($value > 0 ? 'INF' : '-INF') : json_encode($value))];
    if (is_int($value) && abs($value) > 2 ** 53 - 1) return ['$i' => (string) $value];
    if (is_string($value)) return mb_check_encoding($value, 'UTF-8') ? $value : ['$b' => bin2hex($value)];
    if (is_array($value) && array_is_list($value)) return array_map('encode', $value);
    if (is_array($value)) {
        $pairs = [];
        foreach ($value as $key => $item) $pairs[] = [encode($key), encode($item)];
        return ['$a' => $pairs];
    }
    if ($value instanceof stdClass) return ['$o' => (object) array_map('encode', get_object_vars($value))];
    if (is_object($value)) return ['$class' => get_class($value)];
    return $value;
}

function record(string $function, array $given): array
{
    $arguments = array_map('decode', $given);
    $warnings = [];
    set_error_handler(function (int $level, string $message) use (&$warnings) {
        $warnings[] = $message;
        return true;
    });
    $entry = ['f' => $function, 'a' => $given];
    $references = [];
    foreach ((new ReflectionFunction($function))->getParameters() as $i => $parameter) {
        if (!$parameter->isPassedByReference()) continue;
        $end = $parameter->isVariadic() ? count($arguments) : $i + 1;
        for ($n = $i; $n < $end; $n++) if (array_key_exists($n, $arguments)) $references[] = $n;
    }
    $passed = [];
    foreach ($arguments as $i => $_) {
        if (in_array($i, $references, true)) $passed[] = &$arguments[$i];
        else $passed[] = $arguments[$i];
    }
    ob_start();
    try {
        $entry['r'] = encode($function(...$passed));
    } catch (Throwable $error) {
        $entry['throws'] = [get_class($error), $error->getMessage()];
    }
    $output = ob_get_clean();
    restore_error_handler();
    foreach ($references as $i) $entry['refs'][(string) $i] = encode($arguments[$i]);
    if (isset($entry['refs'])) $entry['refs'] = (object) $entry['refs'];
    if ($output !== '') $entry['out'] = encode($output);
    if ($warnings) $entry['w'] = $warnings;
    return $entry;
}

chdir(__DIR__);
$only = array_slice($argv, 1);
foreach (glob('cases/*.json') as $file) {
    if ($only && !in_array(basename($file, '.json'), $only)) continue;
    $lines = [];
    foreach (json_decode(file_get_contents($file), false, 512, JSON_THROW_ON_ERROR) as $function => $calls)
        foreach ($calls as $given)
            $lines[] = '  ' . json_encode(record($function, $given), JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION | JSON_THROW_ON_ERROR);
    file_put_contents('recorded/' . basename($file), "[\n" . implode(",\n", $lines) . "\n]\n");
    echo basename($file), ': ', count($lines), "\n";
}
foreach (glob('programs/*.php') as $file) {
    if ($only && !in_array(basename($file, '.php'), $only)) continue;
    $output = (string) shell_exec('TZ=UTC php -d display_errors=0 -d log_errors=0 -d error_reporting=E_ALL -d date.timezone=UTC ' . escapeshellarg($file));
    file_put_contents(substr($file, 0, -4) . '.txt', $output);
    echo basename($file), ': ', strlen($output), " bytes\n";
}
