<?php
declare(strict_types=1);

/**
 * Lounge: a chat with accounts, rooms and a memory.
 *
 *     php server.php
 */

use Lounge\Accounts;
use Lounge\Database;
use Lounge\History;
use Lounge\Lounge;
use Lounge\Mailer;
use Lounge\Members;
use Swoole\Http\Request;
use Swoole\Http\Response;
use Swoole\Timer;
use Swoole\WebSocket\Frame;
use Swoole\WebSocket\Server;

require_once __DIR__ . '/src/Refusal.php';
require_once __DIR__ . '/src/Database.php';
require_once __DIR__ . '/src/Accounts.php';
require_once __DIR__ . '/src/History.php';
require_once __DIR__ . '/src/Members.php';
require_once __DIR__ . '/src/Mailer.php';
require_once __DIR__ . '/src/Lounge.php';
require_once __DIR__ . '/views/status.php';

$config = require __DIR__ . '/config.php';

$server = new Server($config['host'], $config['port']);
$server->set([
    'worker_num' => 1,
    'task_worker_num' => 1,
    'package_max_length' => 64 * 1024,
    'heartbeat_check_interval' => 30,
    'heartbeat_idle_time' => 120,
    'log_level' => SWOOLE_LOG_WARNING,
]);

$members = new Members(1024);
$lounge = null;
$history = null;
$mailer = null;

$server->on('workerStart', function (Server $server) use ($config, $members, &$lounge, &$history, &$mailer) {
    if ($server->taskworker) {
        $mailer = new Mailer($config['spool']);
        return;
    }
    $db = Database::open($config['database']);
    $history = new History($db, $config['history']);
    $lounge = new Lounge($server, $members, new Accounts($db), $history, $config['rooms']);

    // Once an hour, tells the log that nobody came.
    $quiet = 0;
    Timer::tick(60_000, function () use ($members, &$quiet) {
        $quiet = $members->count() === 0 ? $quiet + 1 : 0;
        if ($quiet % 60 === 1) {
            echo 'nobody is here', PHP_EOL;
        }
    });
    echo "worker {$server->worker_id} is ready", PHP_EOL;
});

// A worker that is to end has nothing to wait for.
$server->on('workerExit', function () {
    Timer::clearAll();
});

$server->on('open', function (Server $server, Request $request) use ($config, $members) {
    $fd = $request->fd;
    Timer::after((int) ($config['login_seconds'] * 1000), function () use ($server, $members, $fd) {
        if ($server->isEstablished($fd) && $members->nameOf($fd) === null) {
            $server->disconnect($fd, 4000, 'nobody logged in');
        }
    });
});

$server->on('message', function (Server $server, Frame $frame) use (&$lounge) {
    $lounge->message($frame->fd, $frame->data);
});

$server->on('close', function (Server $server, int $fd) use (&$lounge) {
    $lounge->gone($fd);
});

$server->on('task', function (Server $server, int $taskId, int $workerId, array $data) use (&$mailer) {
    ['mail' => $to, 'mentioned' => $name, 'name' => $by, 'room' => $room, 'text' => $text] = $data;
    $file = $mailer->mention($to, $name, $by, $room, $text);
    return ['fd' => $data['fd'], 'name' => $name, 'file' => $file];
});

$server->on('finish', function (Server $server, int $taskId, array $done) {
    echo "task $taskId wrote {$done['file']}", PHP_EOL;
    if ($server->isEstablished($done['fd'])) {
        $server->push($done['fd'], json_encode(['type' => 'mailed', 'name' => $done['name']]));
    }
});

$server->on('request', function (Request $request, Response $response) use ($members, &$history) {
    $path = $request->server['request_uri'];
    if ($path !== '/') {
        $response->status(404);
        $response->end("There is no $path here.\n");
        return;
    }
    $people = $members->count();
    $counts = $history->counts();
    ob_start();
    status($people, $counts);
    $response->header('content-type', 'text/html; charset=utf-8');
    $response->end(ob_get_clean());
});

$server->start();
