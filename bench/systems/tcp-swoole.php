<?php
// Swoole itself: one worker, one process.
$server = new Swoole\Server('127.0.0.1', 0, SWOOLE_BASE);
$server->set(['worker_num' => 1, 'log_level' => SWOOLE_LOG_NONE]);

$server->on('start', function ($server) {
    echo "READY {$server->port} Swoole ", SWOOLE_VERSION, ', PHP ', PHP_VERSION, "\n";
});
$server->on('receive', function ($server, $fd, $reactorId, $data) {
    $server->send($fd, $data);
});

$server->start();
