<?php

// A chat over two workers: see README.md for what is said and answered.
$port = (int) (getenv('PORT') ?: 9505);
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
    $text = json_encode($message, JSON_INVALID_UTF8_SUBSTITUTE);
    foreach ($server->connections as $fd) {
        if ($server->isEstablished($fd)) {
            $server->push($fd, $text);
        }
    }
}

/** Takes out whoever is gone, and says so once. */
function leave($server, $people, $fd)
{
    $name = $people->get($fd, 'name');
    if ($people->del($fd)) {
        broadcast($server, ['type' => 'left', 'id' => $fd, 'name' => $name]);
    }
}

$server->on('workerStart', function ($server, $worker_id) use ($people, $workers) {
    $workers->incr($worker_id, 'starts');
    // A worker that broke off has raised no close events: what it left behind goes now.
    foreach (rows($people) as $person) {
        if (!$server->exist($person['id'])) {
            leave($server, $people, $person['id']);
        }
    }
});

// All old workers have ended.
$server->on('afterReload', function ($server) {
    echo "Reloaded\n";
});

$server->on('open', function ($server, $request) use ($people, $messages) {
    $name = $request->get['name'] ?? '';
    if (!is_string($name) || !preg_match('/^[\p{L}\p{N} ._-]{1,20}$/u', $name)) {
        $server->disconnect($request->fd, 4000, 'a name has 1 to 20 letters and digits');
        return;
    }
    $people->set($request->fd, ['name' => $name, 'worker' => $server->worker_id, 'messages' => 0]);
    $welcome = ['type' => 'welcome', 'worker' => $server->worker_id, 'number' => $messages->get(), 'here' => rows($people)];
    $server->push($request->fd, json_encode($welcome));
    broadcast($server, ['type' => 'joined', 'id' => $request->fd, 'name' => $name, 'worker' => $server->worker_id]);
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
    leave($server, $people, $fd);
});

$server->on('request', function ($request, $response) use ($server, $people, $workers, $messages) {
    $asked = "{$request->server['request_method']} {$request->server['request_uri']}";
    if ($asked === 'GET /') {
        $response->sendfile(__DIR__ . '/index.html');
    } elseif ($asked === 'GET /stats') {
        // Whichever worker is asked, the numbers are the same.
        $same = ['messages' => $messages->get(), 'people' => rows($people), 'workers' => rows($workers)];
        $response->header('Content-Type', 'application/json');
        $response->end(json_encode(['worker' => $server->worker_id, ...$same]));
    } elseif ($asked === 'POST /reload') {
        $response->end('reloading');
        $server->reload();
    } else {
        $response->status(404);
        $response->end('Not found');
    }
});

// Once, and not in every worker.
echo "Workers: http://127.0.0.1:{$port}/\n";

$server->start();
