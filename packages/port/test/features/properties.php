<?php
// Promoted and readonly properties, defaults, null-safe access, properties whose names are computed, clone.
class Address
{
    public function __construct(public readonly string $city, public ?string $street = null)
    {
    }
}

class Person
{
    public array $tags = [];
    public ?Address $address = null;
    public int $age;
    public $anything;

    public function __construct(private readonly string $name, protected int $visits = 0)
    {
        $this->age = 30;
    }

    public function visit(): int
    {
        return ++$this->visits;
    }

    public function name(): string
    {
        return $this->name;
    }
}

$ann = new Person('Ann');
echo $ann->name(), ' ', $ann->visit(), $ann->visit(), ' ', $ann->age, "\n";
echo $ann->address?->city ?? 'no address', "\n";
$ann->address = new Address('Rome');
echo $ann->address?->city, ' ', $ann->address->street ?? 'no street', "\n";
$ann->tags[] = 'one';
$ann->tags['key'] = 'two';
echo implode(',', $ann->tags), ' ', count($ann->tags), "\n";
$field = 'age';
$ann->$field = 31;
echo $ann->{'age'}, "\n";
$twin = clone $ann;
$twin->tags[] = 'three';
$twin->age++;
echo count($ann->tags), count($twin->tags), ' ', $ann->age, $twin->age, "\n";
$ann->anything = ['deep' => ['list' => [1, 2]]];
$ann->anything['deep']['list'][] = 3;
echo json_encode($ann->anything), "\n";
