<?php
// ReflectionClass, and functions that are asked about a class by its name.
namespace App\Shapes;

class Shape
{
    public function __construct(public int $sides = 0)
    {
    }

    public function area(): int
    {
        return $this->sides;
    }

    public static function none(): int
    {
        return 0;
    }
}

class Square extends Shape
{
}

function tell(\ReflectionClass $class): void
{
    echo $class->name, ' is ', $class->getShortName(), ' of ', $class->getNamespaceName(), "\n";
    $parent = $class->getParentClass();
    echo $parent ? $parent->getName() : 'nothing', ' above, area() ', $class->hasMethod('area') ? 'is' : 'is not', " there\n";
}

tell(new \ReflectionClass(new Square(4)));
tell(new \ReflectionClass(Shape::class));
$class = new \ReflectionClass(Square::class);
var_dump($class->inNamespace(), $class->hasMethod('none'), $class->hasMethod('volume'));
var_dump($class->isSubclassOf(Shape::class), $class->isInstance(new Shape()));
var_dump($class->newInstance(3)->sides, $class->newInstanceArgs([5])->sides);
var_dump(get_parent_class(Square::class), get_parent_class(Shape::class), method_exists(Square::class, 'area'));
try {
    new \ReflectionClass('Nowhere');
} catch (\ReflectionException $e) {
    echo $e->getMessage(), ' ', $e->getCode(), "\n";
}
