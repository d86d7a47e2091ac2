<?php
// What PHP does only while it runs: constants defined in functions and on conditions, a constructor that does something before the one above.
defined('ROOT') or define('ROOT', '/srv');
if (!defined('NAME')) {
    define('NAME', 'late');
    echo "named\n";
}

class Base
{
    public $log = [];
    protected $name;

    public function __construct($name)
    {
        $this->name = $name;
        $this->log[] = "base $name";
    }
}

class Before extends Base
{
    private $own = 'own';

    public function __construct($name)
    {
        $this->log[] = "before $name";
        parent::__construct(strtoupper($name));
        $this->log[] = "after {$this->name} {$this->own}";
    }
}

class Sometimes extends Base
{
    public function __construct($name = null)
    {
        if ($name !== null) {
            parent::__construct($name);
        }
    }
}

class App
{
    public static function boot($mode)
    {
        echo defined('MODE') ? MODE : 'no mode', "\n";
        defined('MODE') or define('MODE', $mode);
        if (!defined('DEPTH')) {
            define('DEPTH', 3);
        }
        defined('BASE') ? '' : define('BASE', ROOT . '/' . $mode);
    }
}

App::boot('web');
App::boot('cli');
echo ROOT, ' ', NAME, ' ', MODE, ' ', DEPTH, ' ', BASE, "\n";
echo implode(', ', (new Before('ada'))->log), "\n";
echo count((new Sometimes())->log), count((new Sometimes('x'))->log), "\n";

$box = new stdClass();
$key = 'first';
$box->first = 1;
$box->second = 2;
unset($box->$key);
echo json_encode($box), "\n";
