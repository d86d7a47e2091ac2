<?php

require_once __DIR__ . '/Crawler.php';
require_once __DIR__ . '/Site.php';

// A crawler with several coroutines, and the site that it crawls: see README.md for what is said and answered.
$port = (int) (getenv('PORT') ?: 9508);
$server = new Swoole\WebSocket\Server('127.0.0.1', $port);
$server->set(['worker_num' => 1]);
$running = 0;

// A client says how many coroutines are to crawl, and hears of every page.
$server->on('message', function ($server, $frame) use ($port, &$running) {
    $coroutines = read_order($frame->data);
    if ($coroutines === null) {
        $server->push($frame->fd, json_encode(['type' => 'error', 'message' => 'coroutines is a number from 1 to 16']));
        return;
    }
    $tell = function ($page) use ($server, $frame) {
        return $server->push($frame->fd, json_encode(['type' => 'page', ...$page]));
    };
    $running++;
    $result = crawl($port, $coroutines, $tell);
    $running--;
    if ($result !== null) {
        $server->push($frame->fd, json_encode(['type' => 'done', ...$result]));
    }
});

// The site: every page takes a while, and some that are linked are not there.
$server->on('request', function ($request, $response) use (&$running) {
    $path = $request->server['request_uri'];
    if ($path === '/') {
        $response->sendfile(__DIR__ . '/index.html');
        return;
    }
    if ($path === '/stats') {
        $response->header('Content-Type', 'application/json');
        $response->end(json_encode(['running' => $running]));
        return;
    }
    $page = page_at($path);
    if ($page === null) {
        $response->status(404);
        $response->end('Not found');
        return;
    }
    Swoole\Coroutine::sleep($page['seconds']);
    $response->end($page['html']);
});

$server->start();
