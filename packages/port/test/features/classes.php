<?php
// Inheritance, interfaces, abstract methods, constants, static members, late static binding.
interface Shape
{
    const UNIT = 'cm';

    public function area(): float;
}

abstract class Base implements Shape
{
    protected static int $made = 0;

    public function __construct(protected string $name = 'shape')
    {
        static::$made++;
    }

    abstract public function area(): float;

    public static function create(): static
    {
        return new static();
    }

    public static function made(): int
    {
        return self::$made;
    }

    public function describe(): string
    {
        return sprintf('%s %s of %.2f %s²', $this->name, static::KIND, $this->area(), self::UNIT);
    }
}

class Square extends Base
{
    const KIND = 'square';

    private float $side = 2;

    public function area(): float
    {
        return $this->side ** 2;
    }

    public function grow(float $by): static
    {
        $this->side += $by;
        return $this;
    }
}

final class Circle extends Base
{
    const KIND = 'circle';

    public function __construct(private int $radius = 1)
    {
        parent::__construct('round');
    }

    public function area(): float
    {
        return 3.14 * $this->radius * $this->radius;
    }

    public function describe(): string
    {
        return parent::describe() . '!';
    }
}

$shapes = [Square::create(), new Circle(3), (new Square('big'))->grow(1.5)];
foreach ($shapes as $shape) {
    echo $shape->describe(), "\n";
    echo $shape instanceof Shape ? 'a shape' : 'no shape', ' ', $shape instanceof Circle ? 'round' : 'not round', "\n";
}
echo Base::made(), ' ', Square::KIND, ' ', get_class($shapes[1]), "\n";

/** A static method may be called on an object, and its property is no variable. */
class Counter
{
    private static int $count = 0;

    public function __construct()
    {
        $this->add(2);
    }

    public static function add(int $n): void
    {
        self::$count += $n;
    }

    public static function count(): int
    {
        return self::$count;
    }
}

$counter = new Counter();
$counter->add(3);
echo $counter->count(), $counter::count(), "\n";
