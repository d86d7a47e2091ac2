<?php

use Swoole\Coroutine\Channel;
use Swoole\Coroutine\Http\Client;
use Swoole\Coroutine\WaitGroup;

use function Swoole\Coroutine\go;

const START = '/site/1';
const MOST_COROUTINES = 16;
const MOST_PAGES = 1000;

/**
 * Visits a site from its first page on, each page once, with so many coroutines at a time.
 * @param $tell gets each page as it is visited; what it returns says whether to go on
 * @return null when it was not to go on
 */
function crawl(int $port, int $coroutines, callable $tell): ?array
{
    $queue = new Channel(MOST_PAGES);
    $queue->push(START);
    $found = [START => true];
    $visited = 0;
    $broken = 0;
    $stopped = false;
    $group = new WaitGroup();
    for ($i = 0; $i < $coroutines; $i++) {
        $group->add();
        go(function () use ($port, $tell, $queue, $group, &$found, &$visited, &$broken, &$stopped) {
            $client = new Client('127.0.0.1', $port);
            $client->set(['timeout' => 5]);
            while (($path = $queue->pop()) !== false) {
                $ok = $client->get($path) && $client->statusCode === 200;
                foreach ($ok ? links_in($client->body) : [] as $link) {
                    if (!isset($found[$link]) && count($found) < MOST_PAGES) {
                        $found[$link] = true;
                        $queue->push($link);
                    }
                }
                $visited++;
                $broken += $ok ? 0 : 1;
                $stopped = !$tell(['path' => $path, 'status' => $client->statusCode, 'visited' => $visited, 'found' => count($found)]);
                if ($stopped || $visited === count($found)) {
                    $queue->close();
                    break;
                }
            }
            $client->close();
            $group->done();
        });
    }
    $group->wait();
    return $stopped ? null : ['pages' => $visited - $broken, 'broken' => $broken];
}

/** The links that stay on the site. */
function links_in(string $html): array
{
    preg_match_all('~<a href="(/site/[^"]*)"~', $html, $matches);
    return $matches[1];
}

/** How many coroutines a client wants: `{"coroutines": 4}`; null for anything else. */
function read_order(string $data): ?int
{
    $coroutines = json_decode($data, true)['coroutines'] ?? null;
    return is_int($coroutines) && $coroutines >= 1 && $coroutines <= MOST_COROUTINES ? $coroutines : null;
}
