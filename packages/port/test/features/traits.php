<?php
// Traits: members put into classes, renamed and chosen ones, static members of a trait.
trait Greets
{
    protected string $greeting = 'hello';

    public function greet(string $who): string
    {
        return "{$this->greeting} $who from " . $this->name();
    }

    abstract public function name(): string;
}

trait Counts
{
    private int $count = 0;

    public function count(): int
    {
        return ++$this->count;
    }

    public static function make(): self
    {
        return new self();
    }
}

trait Shouts
{
    public function greet(string $who): string
    {
        return strtoupper($who);
    }
}

class Host
{
    use Counts;
    use Greets, Shouts {
        Greets::greet insteadof Shouts;
        Shouts::greet as shout;
    }

    public function name(): string
    {
        return 'the host';
    }
}

$host = Host::make();
echo $host->greet('Ann'), "\n", $host->shout('Bob'), "\n";
echo $host->count(), $host->count(), "\n";

/** A trait that is used by its own name, and one that a class uses, too. */
trait Logger
{
    private static int $lines = 0;

    public static function info(string $what): void
    {
        echo ++self::$lines, " INFO $what\n";
    }

    public function quiet(): string
    {
        return $this->name();
    }
}

Logger::info('first');
Logger::info('second');

class Service
{
    use Logger;

    public function name(): string
    {
        self::info('from the service');
        return 'service';
    }
}

class LoudService extends Service
{
    public function quiet(): string
    {
        return strtoupper(parent::quiet());
    }
}

echo (new LoudService())->quiet(), "\n";
