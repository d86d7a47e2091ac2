<?php
// A closure keeps what its variables were in the round of the loop that made it.
$queue = ['a', 'b', 'c'];
$kept = [];
while ($item = array_shift($queue)) {
    $kept[] = function () use ($item) {
        return $item;
    };
}
foreach ($kept as $each) {
    echo $each();
}
echo "\n";

$later = [];
for ($i = 0; $i < 3; $i++) {
    $later[] = fn () => $i;
}
$total = 0;
foreach ([1, 2, 3] as $n) {
    $total += $n;
    $later[] = fn () => $total;
    $square = $n * $n;
    $later[] = fn () => "$n:$square";
}
foreach ($later as $each) {
    echo $each(), ' ';
}
echo "\n";

function pairs(int $from): array
{
    $made = [];
    do {
        $made[] = function () use ($from) {
            return $from;
        };
        $from--;
    } while ($from > 0);
    return array_map(fn ($each) => $each(), $made);
}
echo implode(' ', pairs(3)), "\n";

$limit = 0;
while ($limit < 3) {
    $limit++;
    echo count(array_filter([1, 2, 3], fn ($x) => $x > $limit)), ' ';
}
echo "\n";
