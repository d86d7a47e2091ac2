<?php
// Closures by value and by reference, arrow functions, static variables, callables of every form.
$count = 0;
$factor = 2;
$add = function (int $n) use (&$count, $factor): int {
    $count += $n * $factor;
    return $count;
};
$factor = 100;
echo $add(1), ' ', $add(2), ' ', $count, "\n";

$own = function () use ($count) {
    $count++;
    return $count;
};
echo $own(), $own(), $count, "\n";

$twice = fn (callable $f) => fn ($x) => $f($f($x));
echo $twice(fn ($x) => $x + 3)(1), "\n";

function counter(): int
{
    static $n = 0;
    return ++$n;
}
counter();
counter();
echo counter(), "\n";

$fns = [];
foreach (['a', 'b', 'c'] as $i => $name) {
    $fns[] = function () use ($name, $i) {
        return "$i$name";
    };
}
echo implode(' ', array_map(fn ($f) => $f(), $fns)), "\n";

class Text
{
    public function wrap(string $text): string
    {
        return "[$text]";
    }

    public static function upper(string $text): string
    {
        return strtoupper($text);
    }

    public function all(array $texts): array
    {
        return array_map([$this, 'wrap'], $texts);
    }
}
$text = new Text();
echo implode(',', array_map('trim', [' x ', ' y'])), implode(',', array_map([$text, 'wrap'], ['a'])), implode(',', array_map(['Text', 'upper'], ['b'])), implode(',', array_map('Text::upper', ['c'])), implode(',', $text->all(['d'])), "\n";
$length = strlen(...);
$wrap = $text->wrap(...);
echo $length('four'), $wrap('first class'), call_user_func([$text, 'wrap'], 'call'), call_user_func_array('max', [3, 9, 4]), "\n";
(function () {
    echo "at once\n";
})();
