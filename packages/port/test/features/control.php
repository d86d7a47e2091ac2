<?php
// Loops, switch with loose comparison, match, break and continue over several levels, alternative syntax.
for ($i = 0, $j = 10; $i < $j; $i += 3, $j--) {
    echo "$i-$j ";
}
echo "\n";
foreach ([1, 2, 3] as $a):
    foreach ([1, 2, 3] as $b):
        if ($a === $b) {
            continue 2;
        }
        if ($a * $b === 6) {
            break 2;
        }
        echo "$a$b ";
    endforeach;
endforeach;
echo "\n";
foreach (['1', 1, 'one', null, true, 1.0] as $value) {
    switch ($value) {
        case 1:
            echo 'int one ';
            break;
        case 'one':
            echo 'word ';
            break;
        default:
            echo 'other ';
    }
}
echo "\n";
$n = 3;
while ($n > 0) {
    switch ($n) {
        case 2:
            $n--;
            continue 2;
    }
    echo $n--;
}
echo "\n";
do {
    $n++;
} while ($n < 5);
echo $n, "\n";
$size = fn (int $n): string => match (true) {
    $n < 3 => 'small',
    $n < 10, $n === 100 => 'middle',
    default => 'large',
};
echo $size(1), $size(5), $size(100), $size(50), "\n";
try {
    echo match ($n) {
        1, 2 => 'low',
        3 => 'three',
    };
} catch (\UnhandledMatchError $e) {
    echo $e->getMessage(), "\n";
}
if ($n == '5'): echo "five\n"; elseif ($n > 5): echo "more\n"; else: echo "less\n"; endif;
$i = 0;
while (true) {
    if (++$i % 2) {
        continue;
    }
    if ($i > 6) {
        break;
    }
    echo $i;
}
echo PHP_EOL;

// A remainder and a negation of ints are never JavaScript's -0.
function signs(int $n): string
{
    $rest = $n % 3;
    $minus = -($n - 6);
    return $rest . ' ' . json_encode([$rest, $minus, -$n % 2, $n % 3 === 0]);
}
echo signs(-6), ' ', signs(6), "\n";
$counts = array_count_values([-4]);
$counts[] = 'next';
echo json_encode($counts), "\n";
