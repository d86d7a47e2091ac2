<?php

// A chat over two workers: see README.md for what is said and answered.
$port = (int) (getenv('PORT') ?: 9503);
$server = new Swoole\WebSocket\Server('127.0.0.1', $port, SWOOLE_PROCESS);
$server->set(['worker_num' => 2]);

// Made before start(): the same memory in all workers, and a reload leaves it as it is.
$people = new Swoole\Table(1024);
$people->column('name', Swoole\Table::TYPE_STRING, 80);
$people->column('worker', Swoole\Table::TYPE_INT);
$people->column('messages', Swoole\Table::TYPE_INT);
$people->create();
$workers = new Swoole\Table(64);
$workers->column('starts', Swoole\Table::TYPE_INT);
$workers->column('messages', Swoole\Table::TYPE_INT);
$workers->create();
$messages = new Swoole\Atomic(0);

/** The rows of a table, each with its key. */
function rows($table)
{
    $rows = [];
    foreach ($table as $key => $row) {
        $rows[] = ['id' => (int) $key, ...$row];
    }
    return $rows;
}

/** Tells everybody, whichever worker they are connected to. */
function broadcast($server, $message)
{
    foreach ($server->connections as $fd) {
        if ($server->isEstablished($fd)) {
            $server->push($fd, json_encode($message, JSON_INVALID_UTF8_SUBSTITUTE));
        }
    }
}

$server->on('workerStart', function ($server, $worker_id) use ($people, $workers) {
    $workers->incr($worker_id, 'starts');
    // A worker that broke off has raised no close events: what it left behind goes now.
    foreach (rows($people) as $person) {
        if (!$server->exist($person['id'])) {
            $people->del($person['id']);
        }
    }
});

$server->on('open', function ($server, $request) use ($people, $messages) {
    $name = $request->get['name'] ?? '';
    if (!is_string($name) || !preg_match('/^[\p{L}\p{N} ._-]{1,20}$/u', $name)) {
        $server->disconnect($request->fd, 4000, 'a name has 1 to 20 letters and digits');
        return;
    }
    $people->set($request->fd, ['name' => $name, 'worker' => $server->worker_id, 'messages' => 0]);
    $welcome = ['type' => 'welcome', 'worker' => $server->worker_id, 'number' => $messages->get()];
    $server->push($request->fd, json_encode($welcome));
    broadcast($server, ['type' => 'joined', 'name' => $name, 'here' => rows($people)]);
});

$server->on('message', function ($server, $frame) use ($people, $workers, $messages) {
    $name = $people->get($frame->fd, 'name');
    if ($name === false) {
        return;
    }
    if ($frame->opcode !== WEBSOCKET_OPCODE_TEXT || strlen($frame->data) > 2000) {
        $server->disconnect($frame->fd, 4000, 'a message is a text of at most 2000 bytes');
        return;
    }
    // Numbers that several workers count at once: nothing is lost, and nobody gets the same one.
    $number = $messages->add();
    $people->incr($frame->fd, 'messages');
    $workers->incr($server->worker_id, 'messages');
    $from = ['name' => $name, 'worker' => $server->worker_id];
    broadcast($server, ['type' => 'said', 'text' => $frame->data, 'number' => $number, ...$from]);
});

$server->on('close', function ($server, $fd) use ($people) {
    $name = $people->get($fd, 'name');
    if ($name === false) {
        return;
    }
    $people->del($fd);
    broadcast($server, ['type' => 'left', 'name' => $name, 'here' => rows($people)]);
});

$server->on('request', function ($request, $response) use ($server, $people, $workers, $messages) {
    switch ("{$request->server['request_method']} {$request->server['request_uri']}") {
        case 'GET /':
            $response->sendfile(__DIR__ . '/index.html');
            break;
        case 'GET /stats':
            // Whichever worker is asked, the numbers are the same.
            $stats = [
                'worker' => $server->worker_id,
                'messages' => $messages->get(),
                'people' => rows($people),
                'workers' => rows($workers),
            ];
            $response->header('Content-Type', 'application/json');
            $response->end(json_encode($stats));
            break;
        case 'POST /reload':
            $response->end('reloading');
            $server->reload();
            break;
        default:
            $response->status(404);
            $response->end('Not found');
    }
});

// Once, and not in every worker.
echo "Workers: http://127.0.0.1:{$port}/\n";

$server->start();
