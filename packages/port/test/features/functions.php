<?php
// Defaults, named arguments, variadics, spread, references, nullable and union types, recursion.
function greet(string $name, string $greeting = 'hello', ?string $title = null, int ...$numbers): string
{
    return trim("$greeting " . ($title ?? '') . " $name") . ' ' . array_sum($numbers);
}

function total(int|float ...$numbers): int|float
{
    return array_sum($numbers);
}

function bump(int &$n, int $by = 1): void
{
    $n += $by;
}

function fill(array &$list, string $value): int
{
    $list[] = $value;
    return count($list);
}

function changed(array $list): array
{
    $list[] = 'changed';
    return $list;
}

function factorial(int $n): int
{
    return $n <= 1 ? 1 : $n * factorial($n - 1);
}

function swap(string &$a, string &$b): void
{
    [$a, $b] = [$b, $a];
}

echo greet('Ann'), '|', greet(title: 'Dr', name: 'Bob'), '|', greet('Cid', 'hi', 'Mr', 1, 2, 3), "\n";
echo total(...[1, 2.5], ...[3]), "\n";
$n = 5;
bump($n);
bump($n, 10);
echo $n, "\n";
$list = ['one'];
echo fill($list, 'two'), count($list), count(changed($list)), count($list), "\n";
echo factorial(5), "\n";
$x = 'x';
$y = 'y';
swap($x, $y);
echo $x, $y, "\n";
if (preg_match('/(\d+)-(\w+)/', 'no 12-ab', $found)) {
    echo $found[1], $found[2], "\n";
}
function variadic()
{
    return func_num_args() . implode(',', func_get_args());
}
echo variadic(1, 'b'), "\n";

// Closures have an argument list of their own, also where their parameters have defaults or a variable has its name.
function called(callable $with): string
{
    return $with(1, 2, 3);
}
$sum = fn() => array_sum(func_get_args());
echo called(function ($first, $second = 5) { return $first . $second . '/' . implode(',', func_get_args()); }), called($sum), "\n";
function listed($first, $second = 'b', ...$rest): string
{
    $args = func_get_args();
    $all = count($args) . func_get_arg(0);
    $first .= '!';
    return $first . $second . count($rest) . $all;
}
echo listed('a'), listed('a', 'c', 'd'), "\n";
