<?php
// Swoole itself: one operation on coroutines, in one process. Prints `RESULT per-second what-it-is`.
use Swoole\Coroutine\Channel;

use function Swoole\Coroutine\go;
use function Swoole\Coroutine\run;

[, $name, $warmup, $seconds] = $argv;
const BATCH = 10000;

$operations = [
    'pair' => function () {
        $channel = new Channel(1);
        for ($i = 0; $i < BATCH; $i++) {
            $channel->push($i);
            $channel->pop();
        }
    },
    'switch' => function () {
        $channel = new Channel(1);
        go(function () use ($channel) {
            for ($i = 0; $i < BATCH; $i++) {
                $channel->push($i);
            }
        });
        for ($i = 0; $i < BATCH; $i++) {
            $channel->pop();
        }
    },
    'go' => function () {
        $done = new Channel(1);
        for ($i = 0; $i < BATCH; $i++) {
            go(fn () => $done->push($i));
            $done->pop();
        }
    },
    'start' => function () {
        for ($i = 0; $i < BATCH; $i++) {
            go(fn () => $i);
        }
    },
];

$batch = $operations[$name];
$measure = function (float $limit) use ($batch): float {
    $began = hrtime(true);
    $batches = 0;
    for ($elapsed = 0; $elapsed < $limit; $elapsed = (hrtime(true) - $began) / 1e9) {
        $batch();
        $batches++;
    }
    return $batches * BATCH / $elapsed;
};

swoole_async_set(['log_level' => SWOOLE_LOG_NONE]);
run(function () use ($measure, $warmup, $seconds) {
    $measure((float) $warmup);
    echo 'RESULT ', $measure((float) $seconds), ' Swoole ', SWOOLE_VERSION, ', PHP ', PHP_VERSION, "\n";
});
