<?php
// Interpolation of every form, heredoc, nowdoc, escapes, offsets, comparison, concatenation of other types.
$name = 'Ann';
$user = ['name' => 'Bob', 'tags' => ['x', 'y']];
$obj = new stdClass();
$obj->city = 'Rome';
$obj->inner = new stdClass();
$obj->inner->deep = 'deep';
echo "hello $name, $user[name] and {$user['tags'][1]} in $obj->city, {$obj->inner->deep}\n";
echo "escaped \$name \\ \"quoted\" \t tab \x41 \u{1F600} \101 {$name}s\n";
echo 'single $name \n \' quote', "\n";
$n = 3;
echo <<<TEXT
    Dear $name,
      you have {$n} messages: "quoted" `ticks`.
    TEXT;
echo "\n", <<<'RAW'
raw $name {$n} \n
RAW, "\n";
$text = 'abcdef';
echo $text[0], $text[-1], substr($text, 1, 3), "\n";
$text[2] = 'X';
echo $text, "\n";
echo 'n is ' . 1.0 . ' ' . (0.1 + 0.2) . ' ' . true . false . null . 12, "\n";
$joined = '';
foreach ([1, 'b', 2.5] as $part) {
    $joined .= "<$part>";
}
echo $joined, ' ', strlen('zażółć'), ' ', mb_strlen('zażółć'), "\n";
echo "5" + 3, ' ', '1.5' * 2, ' ', 7 / 2, ' ', 6 / 2, ' ', 7 % 3, ' ', -7 % 3, ' ', intdiv(7, 2), ' ', 2 ** 10, "\n";
echo 'abc' == 'ABC' ? 'same' : 'other', ' ', '10' == '1e1' ? 'same' : 'other', ' ', 0 == 'a' ? 'same' : 'other', ' ', null == false ? 'same' : 'other', "\n";
echo 'b' <=> 'a', ' ', [1, 2] == [1, 2] ? 'equal' : 'different', ' ', 'apple' < 'banana' ? 'before' : 'after', "\n";

// A float is printed with fewer digits than JavaScript has of it, in a text too.
$third = 1 / 3;
$sum = 0.1 + 0.2;
$price = 19.99 * 3;
$count = 3;
function half(float $n): float
{
    return $n / 2;
}
$half = half(0.3);
echo "$third $sum $price $count {$half}\n", 'sum: ' . $sum . "\n";
