<?php
// Generators: values, keys, yield from, send by foreach only, infinite ones.
function numbers(int $to): Generator
{
    for ($i = 1; $i <= $to; $i++) {
        yield $i;
    }
}

function pairs(): iterable
{
    yield 'a' => 1;
    yield 'b' => 2;
}

function all(): Generator
{
    yield 0;
    yield from numbers(2);
    yield from [10, 20];
}

function endless(): Generator
{
    $n = 0;
    while (true) {
        yield $n++;
    }
}

foreach (numbers(3) as $n) {
    echo $n;
}
echo "\n";
foreach (pairs() as $key => $value) {
    echo "$key=$value ";
}
echo "\n";
foreach (all() as $n) {
    echo $n, ' ';
}
echo "\n";
foreach (endless() as $n) {
    if ($n > 3) {
        break;
    }
    echo $n;
}
echo "\n", implode(',', iterator_to_array(numbers(4))), "\n";
