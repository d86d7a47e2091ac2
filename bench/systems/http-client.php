<?php
// Swoole's HTTP client, asking as fast as it can: php http-client.php CLIENT PORT CONNECTIONS WARMUP SECONDS.
// Prints `RESULT requests-per-second cpu-microseconds-per-request what-it-is`.
use Swoole\Coroutine\Http\Client;
use Swoole\Coroutine\WaitGroup;

use function Swoole\Coroutine\go;
use function Swoole\Coroutine\run;

[, , $port, $connections, $warmup, $seconds] = $argv;

function cpu(): float
{
    $used = getrusage();
    return $used['ru_utime.tv_sec'] * 1e6 + $used['ru_utime.tv_usec'] + $used['ru_stime.tv_sec'] * 1e6 + $used['ru_stime.tv_usec'];
}

run(function () use ($port, $connections, $warmup, $seconds) {
    $clients = [];
    for ($i = 0; $i < $connections; $i++) {
        $clients[] = new Client('127.0.0.1', (int) $port);
    }
    $measure = function (float $limit) use ($clients): array {
        [$began, $cpu, $asked, $group] = [microtime(true), cpu(), 0, new WaitGroup()];
        foreach ($clients as $client) {
            $group->add();
            go(function () use ($client, $began, $limit, $group, &$asked) {
                for (; microtime(true) < $began + $limit; $asked++) {
                    if (!$client->get('/?name=bench') || $client->statusCode !== 200) {
                        throw new Exception($client->errMsg);
                    }
                }
                $group->done();
            });
        }
        $group->wait();
        return [$asked / (microtime(true) - $began), (cpu() - $cpu) / $asked];
    };
    $measure((float) $warmup);
    [$rate, $cost] = $measure((float) $seconds);
    echo "RESULT $rate $cost Swoole ", SWOOLE_VERSION, ', PHP ', PHP_VERSION, "\n";
    foreach ($clients as $client) {
        $client->close();
    }
});
