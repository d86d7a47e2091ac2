<?php
// Names that objects of JavaScript have already, and static variables without a value.
class Site
{
    public function constructor(int $x): string
    {
        return "constructor $x";
    }

    public function toString(): string
    {
        return 'site';
    }

    public function valueOf(): int
    {
        return 7;
    }

    public function hasOwnProperty(string $name): bool
    {
        return $name === 'a';
    }
}

class constructor
{
    public $a = 1;
}

function anything($x): string
{
    return $x->toString() . $x->valueOf() . $x->constructor(2);
}

function toString(): string
{
    return 'function';
}

function counted(): int
{
    static $a;
    if ($a === null) {
        $a = 0;
    }
    $a++;
    return $a;
}

function several(): string
{
    static $b = 1, $c;
    $c .= 'x';
    return $c . $b++;
}

echo anything(new Site()), ' ', toString(), ' ', get_class(new constructor()), "\n";
var_dump((new Site())->hasOwnProperty('a'), (new Site())->hasOwnProperty('b'));
counted();
echo counted(), several(), several(), "\n";
