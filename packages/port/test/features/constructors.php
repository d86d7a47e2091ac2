<?php
// A constructor works on what classes below it declare: their defaults are there before it runs.
class Model
{
    public function __construct(array $options = [])
    {
        foreach ($options as $key => $value) {
            if (isset($this->$key)) {
                $this->$key = $value;
            }
        }
        $this->prepare();
    }

    protected function prepare()
    {
    }
}

class User extends Model
{
    protected $name = 'nobody';
    protected $age = 0;
    private array $log = [];

    protected function prepare()
    {
        $this->log[] = "made {$this->name}";
    }

    public function describe(): string
    {
        return "{$this->name} ({$this->age}): " . implode(', ', $this->log);
    }
}

final class Admin extends User
{
    public function __construct(string $name, private int $level = 1)
    {
        if ($name === '') {
            return;
        }
        parent::__construct(['name' => $name, 'age' => 40, 'other' => 1]);
    }

    public function level(): int
    {
        return $this->level;
    }
}

class Plain
{
    protected int $n;

    public function __construct(int $n)
    {
        $this->n = $n;
    }
}

class Doubled extends Plain
{
    private string $unit = 'px';

    public function __construct(int $n)
    {
        parent::__construct($n * 2);
    }

    public function show(): string
    {
        return $this->n . $this->unit;
    }
}

echo (new User(['name' => 'Ann', 'age' => 7]))->describe(), "\n";
echo (new User())->describe(), "\n";
$admin = new Admin('Bob', 3);
echo $admin->describe(), ' ', $admin->level(), "\n";
echo (new Admin(''))->describe(), "\n";
echo (new Doubled(4))->show(), "\n";
