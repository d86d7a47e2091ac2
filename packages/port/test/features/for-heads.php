<?php

// What the head of a for begins with, some of it used after the loop.
for ($j = 0, $sum = 1; $j < 3; $j++) $sum *= 2;
echo $sum, "\n";
for ($a = 0, $b = 10; $a < $b; $a += 3, $b--);
echo "done\n";
for ($a = 0, $b = 4; $a < $b; $a++) echo $a, $b, ' ';
function f(): int {
    for ($i = 0, $n = 3; $i < $n; $i++) { echo $i, "\n"; }
    for ($i = 0, $total = 0; $i < 5; $i++) $total += $i;
    return $total;
}
echo f(), "\n";
foreach (['x' => 1, 'y' => 2] as $key => $value) echo $key, $value;
echo $key, "\n";
foreach ([3, 4] as $k => $v) echo $k;
echo $v, "\n";
