<?php
// Swoole itself: one worker, one process.
use Swoole\WebSocket\Server;

$mode = $argv[1];
$server = new Server('127.0.0.1', 0, SWOOLE_BASE);
$server->set(['worker_num' => 1, 'log_level' => SWOOLE_LOG_NONE]);

$server->on('start', function ($server) {
    echo "READY {$server->port} Swoole ", SWOOLE_VERSION, ', PHP ', PHP_VERSION, "\n";
});
$server->on('open', function () {
});
if ($mode === 'all') {
    $server->on('message', function ($server, $frame) {
        foreach ($server->connections as $fd) {
            if ($server->isEstablished($fd)) {
                $server->push($fd, $frame->data);
            }
        }
    });
} else {
    $server->on('message', function ($server, $frame) {
        $server->push($frame->fd, $frame->data);
    });
}
$server->on('request', function ($request, $response) {
    $response->end("hello {$request->get['name']}");
});
$server->on('close', function () {
});

$server->start();
