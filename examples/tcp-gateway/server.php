<?php

require_once __DIR__ . '/Packets.php';
require_once __DIR__ . '/Gateway.php';

// Devices over TCP, a dashboard over WebSocket, statistics over HTTP, in one program: see README.md for what they say.
$server = new Swoole\WebSocket\Server('127.0.0.1', (int) (getenv('PORT') ?: 9503));
$server->set(['worker_num' => 1]);
$devices = $server->listen('127.0.0.1', (int) (getenv('DEVICES') ?: 9504), SWOOLE_SOCK_TCP);
$gateway = new Gateway($server);

// Two bytes that tell the length of what follows them. A port with settings of its own speaks nothing else.
$devices->set([
    'open_length_check' => true,
    'package_length_type' => 'n',
    'package_length_offset' => 0,
    'package_body_offset' => 2,
]);

$devices->on('receive', function ($server, $fd, $reactorId, $data) use ($gateway) {
    try {
        $packet = read_packet($data);
        switch ($packet['type']) {
            case HELLO:
                $gateway->hello($fd, $packet['name']);
                break;
            case READING:
                $gateway->reading($fd, $packet['value']);
                break;
        }
    } catch (Refusal $refusal) {
        $server->send($fd, packet(REFUSED, $refusal->getMessage()));
        $server->close($fd);
    }
});

$devices->on('close', function ($server, $fd) use ($gateway) {
    $gateway->gone($fd);
});

// The page, and the numbers for machines.
$server->on('request', function ($request, $response) use ($gateway) {
    switch ($request->server['request_uri']) {
        case '/':
            $response->sendfile(__DIR__ . '/index.html');
            break;
        case '/stats':
            $response->header('Content-Type', 'application/json');
            $response->end(json_encode($gateway->stats()));
            break;
        default:
            $response->status(404);
            $response->end('Not found');
    }
});

$server->on('open', function ($server, $request) use ($gateway) {
    $gateway->show($request->fd);
});

// What a dashboard says is for one device.
$server->on('message', function ($server, $frame) use ($gateway) {
    $message = read_command($frame->data);
    if ($message === null || !$gateway->interval($message['device'], $message['seconds'])) {
        $server->push($frame->fd, json_encode(['type' => 'error', 'message' => 'no such device, or no such command']));
    }
});

$server->start();
