<?php

// The WebSocket tutorial: five steps to a server that greets, answers and says goodbye.

// 1. Create the server, with its address and port.
$ws_server = new Swoole\WebSocket\Server('127.0.0.1', (int) (getenv('PORT') ?: 9501));

// 2. A connection opens: Swoole has accepted it, greet it.
$ws_server->on('open', function ($ws, $request) {
    echo "connection open: {$request->fd}\n";
    $ws->push($request->fd, 'welcome to the websocket server!');
});

// 3. A message arrives: check and read it, process it, send the answer back as the type that the client expects.
$ws_server->on('message', function ($ws, $frame) {
    if ($frame->opcode !== WEBSOCKET_OPCODE_TEXT) {
        $ws->disconnect($frame->fd, WEBSOCKET_CLOSE_DATA_ERROR, 'this server takes text');
        return;
    }
    echo "received message: {$frame->data}\n";
    $message = "hello, {$frame->data} !";
    $ws->push($frame->fd, $message, WEBSOCKET_OPCODE_TEXT);
});

// 4. A connection closes.
$ws_server->on('close', function ($ws, $fd) {
    echo "connection close: {$fd}\n";
});

// Not a step of the tutorial: to a browser that asks for a page, the same port answers with one that talks to this server.
$ws_server->on('request', function ($request, $response) {
    $response->sendfile(__DIR__ . '/index.html');
});

// 5. Start.
$ws_server->start();
