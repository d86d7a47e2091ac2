<?php
// Every operator on every pair of values.
$values = [null, true, false, 0, 1, -1, 5, 1.5, -0.5, '', '0', '1', '5', '5.0', ' 5', '5 ', '1e1', 'abc', '5 apples', 'ABC', "a\0b", 'é', [], [0], [1, 2], ['a' => 1], PHP_INT_MAX, 1e20, NAN, INF];
set_error_handler(fn () => true);
$show = fn ($v) => is_float($v) ? (is_nan($v) ? 'NAN' : (string) $v) : (is_array($v) ? json_encode($v) : (is_bool($v) ? ($v ? 'true' : 'false') : (is_null($v) ? 'null' : (string) $v)));
foreach ($values as $i => $a) {
    foreach ($values as $j => $b) {
        $line = [$a <=> $b, $a == $b ? 'y' : 'n', $a === $b ? 'y' : 'n'];
        foreach (['+', '-', '*', '/', '%', '.', '&', '|', '^'] as $operator) {
            if (in_array($operator, ['&', '|', '^']) && is_string($a) && is_string($b)) continue;
            if ($operator === '.' && (is_array($a) || is_array($b))) continue;
            try {
                $line[] = $show(match ($operator) {
                    '+' => $a + $b,
                    '-' => $a - $b,
                    '*' => $a * $b,
                    '/' => $a / $b,
                    '%' => $a % $b,
                    '.' => $a . $b,
                    '&' => $a & $b,
                    '|' => $a | $b,
                    '^' => $a ^ $b,
                });
            } catch (Throwable $error) {
                $line[] = get_class($error) . ':' . $error->getMessage();
            }
        }
        echo "$i,$j: ", implode(' ', $line), "\n";
    }
    echo $i, ' ', $a ? 'true' : 'false', ' ', is_array($a) ? '' : (string) $a, ' ', (int) $a, ' ', is_array($a) ? '' : $show((float) $a), "\n";
}
foreach (['a', 'z', 'Az', 'zz', 'a9', 'Zz9', '9', '', '1.5', null, 'a-z', '-'] as $text) {
    $copy = $text;
    $copy++;
    echo $show($copy), "\n";
}
foreach ([[2, 3], [-7, 2], ['2', '8'], [2, 64], [PHP_INT_MAX, 1], [1, 63], [5, 0]] as [$a, $b]) echo $show($a ** $b), ' ', $b < 64 ? $a << $b : '-', ' ', $b < 64 ? $a >> $b : '-', "\n";
echo PHP_INT_MAX + 1, ' ', PHP_INT_MAX * 2, ' ', ~5, ' ', -PHP_INT_MAX - 1, ' ', 7 . '', ' ', "10" + "5.5", ' ', 0.1 + 0.2, "\n";
