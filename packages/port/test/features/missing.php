<?php
// What is missing: elements, and properties that only a type declares.
class Rooms
{
    private array $rooms;
    public array $log = [];

    public function join(string $room, int $id): void
    {
        $this->rooms[$room][$id] = $id;
        $this->log[] = "$id joined $room";
    }

    public function has(string $room): bool
    {
        return !empty($this->rooms[$room]);
    }
}

$rooms = new Rooms();
var_dump($rooms->has('a'));
$rooms->join('a', 7);
var_dump($rooms->has('a'), $rooms->log);

$names = [];
foreach ([3 => 'Ann', 5 => 'Bob'] as $id => $name) {
    $names[$id] = $name;
}
foreach ([3, 4, 5] as $id) {
    echo 'left: ' . @$names[$id] . '.', " <{$names[3]}>\n";
}
