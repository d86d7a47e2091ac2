<?php
// Constants by const and define(), global variables, __LINE__ and its kin, ternaries, null coalescing, casts.
const NAME = 'const';
define('LEVEL', 5);
define('PATHS', ['a', 'b']);
$total = 1;
$log = [];

function add(int $n): void
{
    global $total, $log;
    $total += $n;
    $log[] = "added $n";
}

add(2);
add(LEVEL);
echo $total, ' ', implode(', ', $log), ' ', NAME, PATHS[1], defined('LEVEL') ? ' defined' : '', "\n";
echo __LINE__, ' ', basename(__FILE__) === basename(__FILE__) ? 'file' : '', "\n";
$unset = null;
echo $unset ?: 'elvis', ' ', '0' ?: 'zero is false', ' ', 'x' ?: 'y', ' ', $unset['a']['b'] ?? 'deep', "\n";
$unset ??= 'set';
echo $unset, "\n";
var_dump((int) '12abc', (float) '1.5', (bool) '0', (string) 12.0, (array) 'one', (int) 3.99);
var_dump(1 + 1.5, '5' . 5, 10 % 3, 7 <=> 7.0, !'', 5 & 3, 5 | 3, 5 ^ 3, 1 << 3);
$i = 5;
echo $i++ + ++$i, ' ', $i--, ' ', $i, "\n";
echo is_int(5) && is_string('x') || false ? 'yes' : 'no', "\n";
$a = $b = 3;
echo $a + $b, "\n";
