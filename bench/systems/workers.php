<?php
// Swoole itself with several processes.
use Swoole\WebSocket\Server;

const IN_FLIGHT = 100;
$mode = $argv[1];
$workers = $mode === 'task' || $mode === 'echo-1' ? 1 : 2;
$server = new Server('127.0.0.1', 0, SWOOLE_PROCESS);
$server->set([
    'worker_num' => $workers,
    'task_worker_num' => $mode === 'task' ? 1 : 0,
    'log_level' => SWOOLE_LOG_NONE,
]);
$started = new Swoole\Atomic(0);
$report = str_repeat('x', 64);
$asker = 0;
$done = 0;

$server->on('workerStart', function ($server) use ($started, $workers, $mode) {
    if ($started->add() === $workers + ($mode === 'task' ? 1 : 0)) {
        echo "READY {$server->port} Swoole ", SWOOLE_VERSION, ', PHP ', PHP_VERSION, "\n";
    }
});
$server->on('open', function () {
});
$server->on('message', function ($server, $frame) use ($mode, $workers, &$asker) {
    if ($mode === 'task') {
        $asker = $frame->fd;
        for ($i = 0; $i < IN_FLIGHT; $i++) {
            $server->task(['id' => $i, 'text' => $frame->data]);
        }
    } elseif ($mode === 'push' || $mode === 'broadcast') {
        $text = substr($frame->data, 0, 60);
        foreach ($server->connections as $fd) {
            if ($fd % $workers !== $server->worker_id) {
                $server->push($fd, $mode === 'push' ? $text . (1000 + $fd) : $frame->data);
            }
        }
    } else {
        $server->push($frame->fd, $frame->data);
    }
});
$server->on('task', function ($server, $id, $worker, $data) {
    return $data;
});
$server->on('finish', function ($server, $id, $data) use (&$asker, &$done, $report) {
    if (++$done % IN_FLIGHT === 0) {
        $server->push($asker, $report);
    }
    $server->task($data);
});
$server->on('close', function () {
});
$server->start();
