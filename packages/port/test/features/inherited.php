<?php
// What PHP lets a class have or inherit, and TypeScript does not: constructors in interfaces, names in another letter case, abstract
// static methods, private constructors above, one name for a property and a method.
interface Handler
{
    /** Each handler is made with its name. */
    public function __construct(string $name);

    public function open(string $who, array $data = [], $more = null);
}

abstract class Event implements Handler
{
    abstract public static function kind(string $prefix): string;

    abstract public function close(string $who, int $code = 1000): string;

    public function handle(string $who): string
    {
        return $this->open($who) . ', ' . $this->CLOSE($who);
    }
}

class HttpEvent extends Event
{
    private string $name;
    public static ?string $last;
    protected static int $count = 0;

    public function __construct(string $name)
    {
        $this->name = $name;
        self::$count++;
    }

    public static function kind(string $prefix): string
    {
        return $prefix . 'http';
    }

    public function Open(string $who, array $data = [], $more = 'none')
    {
        self::$last = $who;
        return "{$this->name} opens for $who with " . count($data) . " and $more";
    }

    public function Close(string $who, int $code = 1000): string
    {
        return "closes for $who with $code";
    }
}

class LoudEvent extends HttpEvent
{
    public function OPEN(string $who, array $data = [], $more = 'none')
    {
        return strtoupper(parent::open($who, $data, $more));
    }
}

foreach ([new HttpEvent('http'), new LoudEvent('loud')] as $event) echo $event->handle('Ann'), "\n";
echo HttpEvent::$last, HttpEvent::kind('a '), LoudEvent::KIND('b '), "\n";
try {
    echo Event::kind('no ');
} catch (Error $error) {
    echo $error->getMessage(), "\n";
}

/** An interface that a class fulfils by what it inherits. */
interface Runs
{
    public function run(): string;
}

class Runner
{
    public function Run(): string
    {
        return 'runs';
    }
}

class FastRunner extends Runner implements Runs
{
}

echo (new FastRunner())->run(), "\n";

/** One instance, of a class whose constructor is private, and which is extended all the same. */
class Single
{
    private static $instance = null;
    protected $label = 'single';

    private function __construct()
    {
    }

    public static function get()
    {
        if (self::$instance === null) self::$instance = new static();
        return self::$instance;
    }

    public function label()
    {
        return $this->label;
    }
}

class Game extends Single
{
    protected $label = 'game';
}

echo Game::get()->label(), "\n";

/** Properties that nothing declares, beside a method and a constant of their name. */
#[AllowDynamicProperties]
class Record
{
    const LIMIT = 10;
    private static $LIMIT = 20;

    public function __construct($db)
    {
        $this->db = $db;
    }

    public function db()
    {
        return $this->db;
    }

    public static function limits(): string
    {
        return self::LIMIT . ' ' . self::$LIMIT;
    }
}

echo (new Record('the database'))->db(), ' ', Record::limits(), "\n";

/** A method that is protected where it is declared, called on another object of the family. */
abstract class Server
{
    protected function start(): string
    {
        return static::class . ' started';
    }

    final protected function other(): Server
    {
        return new Start();
    }
}

class Start extends Server
{
    public function go(): string
    {
        return strlen($this->other()->start()) > 8 ? $this->start() : 'no';
    }
}

echo (new Start())->go(), "\n";

/** The constructor of a parent is called with all that there is. */
class Base
{
    public array $all;

    public function __construct()
    {
        $this->all = func_get_args();
    }
}

class Derived extends Base
{
    public function __construct(private string $first, string $second = 'two')
    {
        parent::__construct(...func_get_args());
        echo $this->first, $second, func_num_args(), "\n";
    }
}

echo implode(',', (new Derived('one'))->all), "\n";

/** A comment may tell less than the default value. */
class Settings
{
    /** @param array $config */
    public function set($config = array()): int
    {
        return count($config);
    }

    /**
     * @param string $insert
     */
    public function save($insert = false): string
    {
        return $insert === false ? 'nothing' : $insert;
    }
}

echo (new Settings())->set(), (new Settings())->save(), "\n";

/** An abstract constructor, and a magic method in another letter case. */
abstract class Named
{
    abstract public function __construct(string $name);

    public function __toString(): string
    {
        return 'nobody';
    }
}

class Person extends Named
{
    public function __construct(private string $name)
    {
    }

    public function __tostring(): string
    {
        return $this->name;
    }
}

echo new Person('Bob'), "\n";

// Constants that a class below gives other values of other types.
class Plain
{
    const TAG = 'plain';
    const LIMIT = 1;

    public function tag(): string
    {
        return static::TAG . self::TAG;
    }
}

class Special extends Plain
{
    const TAG = 'special';
    const LIMIT = null;
}

echo (new Special())->tag(), ' ', Plain::LIMIT, ' ', Special::LIMIT ?? 'no limit', "\n";
