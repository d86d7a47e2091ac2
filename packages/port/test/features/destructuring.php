<?php
// list(), short lists, keys, nested patterns, swaps, in foreach, from functions.
[$a, $b] = [1, 2];
list($c, , $d) = [3, 4, 5];
['x' => $x, 'y' => [$y1, $y2]] = ['x' => 'ex', 'y' => ['why', 'zed']];
echo $a, $b, $c, $d, $x, $y1, $y2, "\n";
[$a, $b] = [$b, $a];
echo $a, $b, "\n";
foreach ([['Ann', ['age' => 31]], ['Bob', ['age' => 17]]] as [$name, ['age' => $age]]) {
    echo "$name $age ";
}
echo "\n";
[$user, $host] = explode('@', 'me@here');
echo $user, ' at ', $host, "\n";
[$first, $second] = explode(' ', 'alone') + [1 => 'nobody'];
echo $first, ' ', $second, "\n";
$list = [1, 2, 3];
[$list[0], $list[2]] = [$list[2], $list[0]];
echo implode($list), "\n";
[, $tail] = [1, 'tail'];
echo $tail, "\n";

// Out of null nothing is taken, and it counts as false.
$left = [[1, ['x']], [2, []]];
while (list($number, $texts) = array_pop($left)) {
    echo $number, count($texts), ' ';
}
echo count($left), "\n";
