<?php

require_once __DIR__ . '/redis.php';

// One chat over several servers, which tell each other through Redis: see README.md for what is said and answered.
$port = (int) (getenv('PORT') ?: 9507);
$server = new Swoole\WebSocket\Server('127.0.0.1', $port);
$server->set(['worker_num' => 1, 'hook_flags' => SWOOLE_HOOK_ALL]);
$pool = pool();

// fd => name. Plain: each server knows only its own people.
$names = new Swoole\ArrayObject();

// The page.
$server->on('request', function ($request, $response) {
    if ($request->server['request_uri'] !== '/') {
        $response->status(404);
        $response->end('Not found');
        return;
    }
    $response->sendfile(__DIR__ . '/index.html');
});

// What any of the servers publishes, each tells everybody who is connected to it.
$server->on('workerStart', function ($server) use ($pool) {
    subscribe($pool, function ($text) use ($server) {
        foreach ($server->connections as $fd) {
            if ($server->isEstablished($fd)) {
                $server->push($fd, $text);
            }
        }
    });
});

$server->on('workerStop', function ($server) use ($pool) {
    close($pool);
});

$server->on('open', function ($server, $request) use ($pool, $port, $names) {
    $name = $request->get['name'] ?? '';
    if (!is_string($name) || !preg_match('/^[\p{L}\p{N} ._-]{1,20}$/u', $name)) {
        $server->disconnect($request->fd, 4000, 'a name has 1 to 20 letters and digits');
        return;
    }
    try {
        $history = history($pool);
        $names->set($request->fd, $name);
        $server->push($request->fd, json_encode(['type' => 'welcome', 'server' => $port, 'history' => $history]));
        publish($pool, ['type' => 'joined', 'name' => $name, 'server' => $port]);
    } catch (Throwable $error) {
        $server->disconnect($request->fd, 1013, 'Redis does not answer');
    }
});

$server->on('message', function ($server, $frame) use ($pool, $port, $names) {
    $name = $names->offsetGet($frame->fd);
    $text = $frame->data;
    if ($name === null || $frame->opcode !== WEBSOCKET_OPCODE_TEXT || strlen($text) > 2000) {
        $server->disconnect($frame->fd, 4000, 'a message is a text of at most 2000 bytes');
        return;
    }
    try {
        say($pool, ['type' => 'said', 'name' => $name, 'text' => $text, 'server' => $port]);
    } catch (Throwable $error) {
        $sorry = ['type' => 'error', 'message' => 'Redis does not answer: this was not said.'];
        $server->push($frame->fd, json_encode($sorry));
    }
});

$server->on('close', function ($server, $fd) use ($pool, $port, $names) {
    $name = $names->offsetGet($fd);
    $names->delete($fd);
    if ($name === null) {
        return;
    }
    try {
        publish($pool, ['type' => 'left', 'name' => $name, 'server' => $port]);
    } catch (Throwable $error) {
        echo "nobody heard that {$name} has left\n";
    }
});

$server->start();
