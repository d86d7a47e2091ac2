<?php

require_once __DIR__ . '/Primes.php';

// Work that would hold everybody up goes to task workers: see README.md for what is said and answered.
$port = (int) (getenv('PORT') ?: 9506);
$server = new Swoole\WebSocket\Server('127.0.0.1', $port, SWOOLE_PROCESS);
$server->set(['worker_num' => 1, 'task_worker_num' => 2]);

// Made before start(): the workers count together.
$done = new Swoole\Atomic(0);
$dropped = new Swoole\Atomic(0);

// From whatever worker to whatever connection.
$tell = function ($fd, $type, $rest) use ($server) {
    $server->push($fd, json_encode(['type' => $type, ...$rest]));
};

// A job is queued, and its client hears of it whenever there is something to tell.
$server->on('message', function ($server, $frame) use ($tell) {
    $job = read_job($frame->data);
    if ($job === null) {
        $tell($frame->fd, 'error', ['message' => 'no job, or no limit from 2 to 5000000']);
    } elseif ($server->task([...$job, 'fd' => $frame->fd]) === false) {
        $tell($frame->fd, 'error', ['message' => 'too many jobs wait']);
    }
});

// In a task worker, one task after the other. What it returns is the result; without one there is no finish event.
$server->on('task', function ($server, $taskId, $fromWorker, $data) use ($tell, $done, $dropped) {
    if ($data['type'] === 'range') {
        return count_primes($data['from'], $data['to']);
    }
    $primes = 0;
    foreach (ranges($data['limit'], STEPS) as $step => $range) {
        if (!$server->isEstablished($data['fd'])) {
            $dropped->add();
            return null;
        }
        $tell($data['fd'], 'progress', ['job' => $data['job'], 'steps' => $step]);
        $primes += count_primes($range['from'], $range['to']);
    }
    $done->add();
    return ['fd' => $data['fd'], 'job' => $data['job'], 'primes' => $primes];
});

// In the worker that has queued the job.
$server->on('finish', function ($server, $taskId, $result) use ($tell) {
    $tell($result['fd'], 'done', ['job' => $result['job'], 'primes' => $result['primes']]);
});

// One answer from several task workers at once, each with its share.
$count = function ($limit, $response) use ($server) {
    if (!is_limit($limit)) {
        $response->status(400);
        $response->end('limit is a number from 2 to 5000000');
        return;
    }
    $counts = $server->taskCo(shares($limit), 5);
    if ($counts === false || in_array(false, $counts, true)) {
        $response->status(503);
        $response->end('too busy');
        return;
    }
    $response->end((string) array_sum($counts));
};

$server->on('request', function ($request, $response) use ($server, $done, $dropped, $count) {
    switch ($request->server['request_uri']) {
        case '/':
            $response->sendfile(__DIR__ . '/index.html');
            break;
        case '/stats':
            $response->header('Content-Type', 'application/json');
            $response->end(json_encode([...$server->stats(), 'done' => $done->get(), 'dropped' => $dropped->get()]));
            break;
        case '/primes':
            $count((int) ($request->get['limit'] ?? 0), $response);
            break;
        default:
            $response->status(404);
            $response->end('Not found');
    }
});

$server->start();
