<?php

require_once __DIR__ . '/Messages.php';
require_once __DIR__ . '/Chat.php';

// A chat with rooms, in JSON messages: see README.md for what is said and answered.
$server = new Swoole\WebSocket\Server('127.0.0.1', (int) (getenv('PORT') ?: 9502));
$server->set(['worker_num' => 1]);
$chat = new Chat($server);

// The page.
$server->on('request', function ($request, $response) {
    if ($request->server['request_uri'] !== '/') {
        $response->status(404);
        $response->end('Not found');
        return;
    }
    $response->sendfile(__DIR__ . '/index.html');
});

$server->on('open', function ($server, $request) use ($chat) {
    $chat->send($request->fd, ['type' => 'welcome', 'limits' => [...LIMITS, 'history' => Chat::HISTORY]]);
});

$server->on('message', function ($server, $frame) use ($chat) {
    try {
        $message = read_message($frame);
        switch ($message['type']) {
            case 'join':
                $chat->join($frame->fd, $message['room'], $message['nickname']);
                break;
            case 'say':
                $chat->say($frame->fd, $message['text']);
                break;
            case 'nick':
                $chat->nick($frame->fd, $message['nickname']);
                break;
            case 'who':
                $chat->who($frame->fd);
                break;
            case 'leave':
                $chat->leave($frame->fd);
                break;
        }
    } catch (Refusal $refusal) {
        // Only the sender hears of it, and stays connected.
        $chat->send($frame->fd, ['type' => 'error', 'code' => $refusal->reason, 'message' => $refusal->getMessage()]);
    }
});

$server->on('close', function ($server, $fd) use ($chat) {
    $chat->remove($fd);
});

$server->start();
