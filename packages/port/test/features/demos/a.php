<?php
// A program of its own, with the names that main.php and what it includes have too.
class Server
{
    public $of = 'a';
}

function greet(string $name): string
{
    return "a greets $name";
}

function label(): string
{
    return 'a';
}

echo greet('nobody'), (new Server())->of, label(), "\n";
