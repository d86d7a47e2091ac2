<?php
// Lists, maps, records, mixed keys, copies by value, unset, nested writes, spread, order.
$list = [3, 1, 2];
$list[] = 5;
sort($list);
echo implode(',', $list), ' ', count($list), ' ', $list[1], "\n";
$copy = $list;
$copy[] = 9;
echo count($list), count($copy), "\n";

$ages = [];
$ages['Ann'] = 31;
$ages['Bob'] = 17;
$ages['Ann']++;
ksort($ages);
foreach ($ages as $name => $age) {
    echo "$name:$age ";
}
unset($ages['Ann']);
echo count($ages), isset($ages['Ann']) ? 'yes' : 'no', isset($ages['Bob']) ? 'yes' : 'no', "\n";

$byFd = [];
foreach ([7, 3, 5] as $fd) {
    $byFd[$fd] = "fd $fd";
}
unset($byFd[3]);
echo json_encode($byFd), ' ', implode(',', array_keys($byFd)), "\n";

$mixed = ['zero', 'key' => 'value', 5 => 'five'];
$mixed[] = 'six';
echo json_encode($mixed), ' ', $mixed[6], "\n";

$groups = [];
foreach ([['fruit', 'apple'], ['tool', 'saw'], ['fruit', 'pear']] as [$kind, $thing]) {
    $groups[$kind][] = $thing;
}
echo json_encode($groups), "\n";
$tree = [];
$tree['a']['b']['c'] = 1;
$tree['a']['d'] = 2;
echo json_encode($tree), "\n";

$record = ['id' => 1, 'name' => 'x'];
$changed = [...$record, 'name' => 'y'];
echo $record['name'], $changed['name'], ' ', json_encode([...[1, 2], ...[3]]), "\n";
$rows = [['n' => 2], ['n' => 1]];
usort($rows, fn ($a, $b) => $a['n'] <=> $b['n']);
foreach ($rows as &$row) {
    $row['double'] = $row['n'] * 2;
}
unset($row);
echo json_encode($rows), ' ', array_sum(array_column($rows, 'double')), "\n";
$numbers = [1, 2, 3];
foreach ($numbers as $i => &$number) {
    $number *= 10 + $i;
}
unset($number);
echo implode(',', $numbers), "\n";
$queue = ['a', 'b'];
array_push($queue, 'c');
array_unshift($queue, 'z');
echo array_shift($queue), array_pop($queue), implode($queue), "\n";
echo json_encode(array_filter([1, 0, 2, null, 3])), json_encode(array_values(array_filter([1, 0, 2]))), "\n";
echo $record['missing'] ?? 'none', empty($record['id']) ? 'empty' : 'full', empty([]) ? 'empty' : 'full', "\n";
var_dump(in_array('1', [1, 2]), in_array('1', [1, 2], true), array_search(2, [1, 2]));
$matrix = [[1, 2], [3, 4]];
$matrix[1][0] = 9;
$other = $matrix;
$other[0][0] = 'other';
echo json_encode($matrix), json_encode($other), "\n";
if ($queue) {
    echo 'something in the queue', "\n";
}
