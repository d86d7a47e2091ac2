<?php
// The command line, and superglobals that a program fills itself, as old servers do for frameworks that expect them.
function script(): string
{
    global $argv;
    return pathinfo($argv[0], PATHINFO_FILENAME);
}

function own(string $argv): string
{
    return "own $argv";
}

$command = isset($argv[1]) ? $argv[1] : 'start';
echo script(), " $command of $argc, ", own('value'), "\n";
$second = function () use ($argv) {
    return $argv[2] ?? 'none';
};
echo $second(), ' ', $_SERVER['argc'], ' ', pathinfo($_SERVER['argv'][0], PATHINFO_FILENAME), "\n";
array_shift($argv);
echo count($argv), empty($argv) ? ' empty' : ' more', "\n";
var_dump(time() - $_SERVER['REQUEST_TIME'] < 60, isset($_SERVER['PATH']), isset($_SERVER['REQUEST_URI']));

$request = ['get' => ['name' => 'Ada', 'page' => '2'], 'cookie' => null];
$_GET = $request['get'];
$_POST = [];
foreach ($request['get'] as $key => $value) {
    $_POST[strtoupper($key)] = $value;
}
$_COOKIE['session'] = 'abc';
if (isset($_GET['page']) && !isset($_COOKIE['other'])) {
    echo $_GET['name'], ' ', $_GET['page'] + 1, ' ', implode(',', array_keys($_POST)), ' ', count($_COOKIE), "\n";
}
$_REQUEST = $_GET + $_POST;
unset($_REQUEST['name']);
echo json_encode($_REQUEST), "\n";
