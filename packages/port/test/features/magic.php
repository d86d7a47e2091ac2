<?php
// __toString, __invoke, ArrayAccess, Countable and IteratorAggregate.
class Money
{
    public function __construct(private int $cents)
    {
    }

    public function __toString(): string
    {
        return number_format($this->cents / 100, 2) . ' EUR';
    }

    public function __invoke(int $times): Money
    {
        return new Money($this->cents * $times);
    }
}

class Bag implements ArrayAccess, Countable, IteratorAggregate
{
    private array $items = [];

    public function offsetExists(mixed $offset): bool
    {
        return isset($this->items[$offset]);
    }

    public function offsetGet(mixed $offset): mixed
    {
        return $this->items[$offset] ?? null;
    }

    public function offsetSet(mixed $offset, mixed $value): void
    {
        if ($offset === null) {
            $this->items[] = $value;
        } else {
            $this->items[$offset] = $value;
        }
    }

    public function offsetUnset(mixed $offset): void
    {
        unset($this->items[$offset]);
    }

    public function count(): int
    {
        return count($this->items);
    }

    public function getIterator(): Iterator
    {
        return new ArrayIterator($this->items);
    }
}

$price = new Money(1250);
echo "costs $price, three cost {$price(3)}\n";
echo 'as text: ' . $price . ' ' . strlen((string) $price) . "\n";
echo implode(', ', array_map($price, [1, 2])), "\n";
$bag = new Bag();
$bag[] = 'first';
$bag['key'] = 'second';
echo $bag[0], ' ', $bag['key'], ' ', isset($bag['none']) ? 'there' : 'not there', ' ', count($bag), "\n";
unset($bag[0]);
echo count($bag), "\n";
foreach ($bag as $key => $value) {
    echo "$key => $value\n";
}
