<?php

use Swoole\Coroutine;
use Swoole\Database\RedisConfig;
use Swoole\Database\RedisPool;

// What the servers have in common: a channel, the last messages, and the number of the last one.

const CHANNEL = 'chat:channel';
const HISTORY = 'chat:history';
const NUMBER = 'chat:number';

/** How many messages are kept. */
const KEPT = 50;

/** The connections of one server. REDIS_PORT in the environment chooses another port than 6379. */
function pool(): RedisPool
{
    $config = new RedisConfig();
    $config->withHost('127.0.0.1');
    $config->withPort((int) (getenv('REDIS_PORT') ?: 6379));
    $config->withTimeout(2);
    return new RedisPool($config, 8);
}

/** Calls a function with a connection of the pool, and gives what it gives. */
function borrow(RedisPool $pool, callable $use): mixed
{
    $redis = $pool->get(5);
    if ($redis === false) {
        throw new RuntimeException('all connections to Redis are in use');
    }
    try {
        $result = $use($redis);
        $pool->put($redis);
        return $result;
    } catch (RedisException $error) {
        // A broken connection makes room for a new one.
        $pool->put(null);
        throw $error;
    }
}

/** The last messages, oldest first. */
function history(RedisPool $pool): array
{
    $texts = borrow($pool, fn ($redis) => $redis->lRange(HISTORY, 0, KEPT - 1));
    return array_map('json_decode', array_reverse($texts));
}

/** Tells all servers. */
function publish(RedisPool $pool, array $message): void
{
    borrow($pool, fn ($redis) => $redis->publish(CHANNEL, json_encode($message)));
}

/** Numbers a message, keeps it, and tells all servers. */
function say(RedisPool $pool, array $message): void
{
    borrow($pool, function ($redis) use ($message) {
        $text = json_encode([...$message, 'number' => $redis->incr(NUMBER)]);
        $redis->lPush(HISTORY, $text);
        $redis->lTrim(HISTORY, 0, KEPT - 1);
        $redis->publish(CHANNEL, $text);
    });
}

/** Calls a function with everything that is published, from now on. Redis may go away and come back. */
function subscribe(RedisPool $pool, callable $hear): void
{
    go(function () use ($pool, $hear) {
        while (true) {
            try {
                // This waits as long as the connection lives.
                borrow($pool, function ($redis) use ($hear) {
                    $redis->setOption(Redis::OPT_READ_TIMEOUT, -1);
                    $redis->subscribe([CHANNEL], fn ($redis, $channel, $text) => $hear($text));
                });
            } catch (RedisException) {
                Coroutine::sleep(0.2);
            } catch (RuntimeException) {
                // The pool has been closed.
                return;
            }
        }
    });
}

/** Ends the connections, the subscription too. */
function close(RedisPool $pool): void
{
    $pool->close();
}
