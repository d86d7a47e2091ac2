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

// What is sent in is whatever the sender has.
function talk()
{
    $first = yield 'name?';
    $second = (yield "hello $first") ?? 'nothing';
    echo "then $second\n";
    return yield;
}

$talk = talk();
echo $talk->current(), ' ', $talk->send('Ada'), "\n";
$talk->send(null);
$talk->send('the end');
echo $talk->valid() ? 'more' : $talk->getReturn(), "\n";

function lettered()
{
    yield 'a' => 1;
    yield 'b' => 2;
}

for ($pairs = lettered(); $pairs->valid(); $pairs->next()) {
    echo $pairs->key(), $pairs->current(), ' ';
}
$numbers = numbers(2);
$numbers->next();
try {
    $numbers->rewind();
} catch (Exception $e) {
    echo $e->getMessage(), "\n";
}
try {
    $numbers->getReturn();
} catch (Exception $e) {
    echo $e->getMessage(), "\n";
}
$careful = (function () {
    try {
        yield 1;
    } catch (RuntimeException $e) {
        yield 'caught ' . $e->getMessage();
    }
})();
echo $careful->current(), $careful->throw(new RuntimeException('it')), "\n";
