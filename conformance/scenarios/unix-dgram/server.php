<?php
// Unix datagram sockets: a port of the server, its packet event and sendto() by path, the synchronous client (in a task worker, as
// it blocks), the coroutine client, Coroutine\Socket and a pair of them.
use Swoole\Client;
use Swoole\Coroutine\Client as CoClient;
use Swoole\Coroutine\Socket;

$path = sys_get_temp_dir() . '/swoole-unix-dgram-' . getenv('PORT') . '.sock';
$long = '/' . str_repeat('x', 150);
$server = new Swoole\Server('127.0.0.1', (int) getenv('PORT'), SWOOLE_BASE);
$server->set(['worker_num' => 1, 'task_worker_num' => 1, 'log_level' => SWOOLE_LOG_NONE]);
$port = $server->listen($path, 0, SWOOLE_SOCK_UNIX_DGRAM);

$lines = [];
$clean = fn (string $text): string => preg_replace('~/swoole-client\.\d+\.\d+\.~', '/swoole-client.N.N.', str_replace([$path, $long], ['PATH', 'LONG'], $text));
$say = function (string $format, ...$values) use (&$lines, $clean) {
    $lines[] = $clean(sprintf($format, ...array_map(fn ($v) => json_encode($v, JSON_UNESCAPED_SLASHES), $values)));
};
set_error_handler(function (int $level, string $message) use (&$lines, $clean): bool {
    $lines[] = '  warning: ' . preg_replace('/send\(\d+\)/', 'send(N)', $clean($message));
    return true;
});

$port->on('packet', function ($server, $data, array $client) use ($path, $long, $clean, &$lines) {
    $to = $client['address'];
    if ($data === 'info') {
        $known = array_map(fn ($v) => is_int($v) ? 'int' : (is_float($v) ? 'float' : $v), $client);
        $known['server_port is 0'] = $client['server_port'] === 0;
        $server->sendto($to, 0, $clean(json_encode($known, JSON_UNESCAPED_SLASHES)), $client['server_socket']);
    } elseif ($data === 'errors') {
        $calls = [
            'nobody there' => fn () => $server->sendto("$path.none", 0, 'x'),
            'no socket' => fn () => $server->sendto(__FILE__, 0, 'x'),
            'too long' => fn () => $server->sendto($long, 0, 'x'),
            'bad port' => fn () => $server->sendto($to, 70000, 'x'),
            'empty' => fn () => $server->sendto($to, 0, ''),
            'an address' => fn () => $server->sendto('127.0.0.1', 9, 'x'),
            'an IPv6 address' => fn () => $server->sendto('::1', 9, 'x'),
            'a relative path' => fn () => $server->sendto('some.sock', 0, 'x'),
            'send to a path' => fn () => $server->send($to, 'by send'),
            'send to nobody' => fn () => $server->send("$path.none", 'x'),
        ];
        $told = [];
        foreach ($calls as $what => $call) {
            $before = count($lines);
            $result = json_encode($call());
            $told[] = implode("\n", ["$what: $result", ...array_splice($lines, $before)]);
        }
        $server->sendto($to, 0, implode("\n", $told));
    } elseif ($data === 'silence') {
        // From one that has no path to answer to.
        return;
    } elseif ($data === 'flood') {
        for ($sent = 0; $sent < 100000 && $server->sendto($to, 0, "flood $sent"); $sent++);
    } elseif (strlen($data) > 1000) {
        $server->sendto($to, 0, 'length ' . strlen($data));
    } elseif (str_starts_with($data, 'give ')) {
        $server->sendto($to, 0, str_repeat('z', (int) substr($data, 5)));
    } else {
        $server->sendto($to, 0, strrev($data));
    }
});

$runs = [
    'client' => function () use ($say, $path, $long) {
        $client = new Client(SWOOLE_SOCK_UNIX_DGRAM);
        $say('connect %s connected %s', $client->connect($path, 0, 1), $client->isConnected());
        $say('getsockname %s getpeername %s', $client->getsockname(), $client->getpeername());
        $own = $client->getsockname()['host'];
        $say('its file is there: %s', file_exists($own));
        $say('send %s recv %s', $client->send('hello'), $client->recv());
        $say('getpeername %s', $client->getpeername());
        $say('sendto %s recv %s', $client->sendto($path, 0, 'to a path'), $client->recv());
        $say('recv(4) %s', $client->send('hello') ? $client->recv(4) : null);
        $client->send('info');
        $say('info %s', json_decode($client->recv(), true));
        $client->send('errors');
        $say('sendfile %s', $client->sendfile(__FILE__));
        $say('by send: %s', $client->recv());
        foreach (explode("\n", $client->recv()) as $line) {
            $say(str_replace('%', '%%', $line));
        }
        foreach ([2000, 65000, 100000, 150000] as $length) {
            $say("of $length bytes: %s, %s", $client->send(str_repeat('a', $length)), $client->recv());
        }
        $say('%s bytes of 60000', $client->send('give 60000') ? strlen($client->recv()) : null);
        $say('%s bytes of 100000', $client->send('give 100000') ? strlen($client->recv()) : null);
        $say('more than there is room for: %s errCode %s', $client->send(str_repeat('a', 50000000)), $client->errCode);
        $client->send('flood');
        usleep(300000);
        for ($n = 0; $client->recv() === "flood $n"; $n++);
        $say('a flood ends where there is no room: %s errCode %s', $n > 1 && $n < 100000, $client->errCode);
        $say('sendto nobody: %s errCode %s', $client->sendto("$path.none", 0, 'x'), $client->errCode);
        $say('sendto a file: %s errCode %s', $client->sendto(__FILE__, 0, 'x'), $client->errCode);
        $say('sendto too long a path: %s errCode %s', $client->sendto($long, 0, 'x'), $client->errCode);
        $say('sendto nothing: %s', $client->sendto($path, 0, ''));
        $say('connect again: %s', $client->connect($path, 0, 1));
        $say('close %s, its file is there: %s', $client->close(), file_exists($own));

        $client = new Client(SWOOLE_SOCK_UNIX_DGRAM);
        $say('connect to nobody: %s', $client->connect("$path.none", 0, 1));
        $say('send %s errCode %s', $client->send('x'), $client->errCode);
        $client->close();
        $client = new Client(SWOOLE_SOCK_UNIX_DGRAM);
        $say('connect to too long a path: %s errCode %s', $client->connect($long, 0, 1), $client->errCode);
        $client = new Client(SWOOLE_SOCK_UNIX_DGRAM);
        $say('connect with udp_connect: %s', $client->connect($path, 0, 1, 1));
        $say('send %s recv %s', $client->send('connected'), $client->recv());
        $client->close();
        $client = new Client(SWOOLE_SOCK_UNIX_DGRAM);
        $say('sendto without connect: %s connected %s', $client->sendto($path, 0, 'silence'), $client->isConnected());
        $say('getsockname %s', $client->getsockname());
        $client->close();
    },
    'coroutine client' => function () use ($say, $path, $long) {
        $client = new CoClient(SWOOLE_SOCK_UNIX_DGRAM);
        $say('connect %s', $client->connect($path));
        $say('connect again %s errCode %s', $client->connect($path), $client->errCode);
        $say('getsockname %s getpeername %s', $client->getsockname(), $client->getpeername());
        $say('send %s, who cannot be answered gets %s errCode %s', $client->send('silence'), $client->recv(0.1), $client->errCode);
        $say('close %s', $client->close());
        $client = new CoClient(SWOOLE_SOCK_UNIX_DGRAM);
        $client->set(['timeout' => 1, 'bind_address' => "$path.client", 'bind_port' => 0]);
        $say('bound: connect %s', $client->connect($path));
        $say('getsockname %s', $client->getsockname());
        $say('send %s recv %s', $client->send('hello'), $client->recv());
        $say('its file is there: %s', file_exists("$path.client"));
        $client->close();
        Swoole\Coroutine::sleep(0.01);
        $say('and then: %s', file_exists("$path.client"));
        $client = new CoClient(SWOOLE_SOCK_UNIX_DGRAM);
        $client->set(['timeout' => 1, 'bind_address' => "$path.client", 'bind_port' => 0]);
        $say('sendto without connect: %s', $client->sendto($path, 0, 'hello'));
        $say('recvfrom %s', $client->recvfrom(100, $address, $peerPort));
        $say('from %s port %s', $address, $peerPort);
        $say('sendto nobody: %s errCode %s', $client->sendto("$path.none", 0, 'x'), $client->errCode);
        $client->close();
        foreach (["$path.none", __FILE__, $long] as $i => $to) {
            $client = new CoClient(SWOOLE_SOCK_UNIX_DGRAM);
            $say("connect to wrong $i: %s errCode %s", $client->connect($to), $client->errCode);
        }
    },
    'socket' => function () use ($say, $path, $long) {
        $one = new Socket(AF_UNIX, SOCK_DGRAM, 0);
        $two = new Socket(AF_UNIX, SOCK_DGRAM, 0);
        $say('getsockname %s getpeername %s errCode %s', $one->getsockname(), $one->getpeername(), $one->errCode);
        $say('bind %s', $one->bind("$path.one"));
        $say('getsockname %s', $one->getsockname());
        $say('bind again %s errCode %s', $one->bind("$path.other"), $one->errCode);
        $say('bind where another is %s errCode %s', $two->bind("$path.one"), $two->errCode);
        $say('bind to no folder %s errCode %s', $two->bind('/nonexistent/two'), $two->errCode);
        $say('bind to too long a path %s errCode %s', $two->bind($long), $two->errCode);
        $say('listen %s errCode %s', $one->listen(), $one->errCode);
        $two->bind("$path.two");
        $say('sendto %s', $two->sendto("$path.one", 0, 'a datagram'));
        $say('recvfrom %s from %s', $one->recvfrom($peer), $peer);
        $say('an empty one: %s', $two->sendto("$path.one", 0, ''));
        $say('recvfrom %s errCode %s', $one->recvfrom($peer, 0.1), $one->errCode);
        $say('nothing in time: %s errCode %s', $one->recvfrom($peer, 0.05), $one->errCode);
        $say('sendto nobody %s errCode %s', $two->sendto("$path.none", 0, 'x'), $two->errCode);
        $say('sendto a bad port %s errCode %s', $two->sendto("$path.one", 70000, 'x'), $two->errCode);
        $say('sendto too long a path %s errCode %s', $two->sendto($long, 0, 'x'), $two->errCode);
        // errCode keeps the first error until something succeeds.
        $succeed = fn () => $two->sendto("$path.one", 0, 'fine') === 4 && $one->recv() === 'fine';
        $say('fine again: %s', $succeed());
        $say('more than there is room for %s errCode %s', $two->sendto("$path.one", 0, str_repeat('y', 50000000)), $two->errCode);
        $succeed();
        $say('send unconnected %s errCode %s', $two->send('x'), $two->errCode);
        $succeed();
        $say('connect to nobody %s errCode %s', $two->connect("$path.none"), $two->errCode);
        $say('connect to a file %s errCode %s', $two->connect(__FILE__), $two->errCode);
        $say('connect %s', $two->connect("$path.one"));
        $say('getsockname %s getpeername %s', $two->getsockname(), $two->getpeername());
        $say('send %s recv(4) %s', $two->send('connected'), $one->recv(4));
        $say('the rest is lost: %s errCode %s', $one->recv(100, 0.05), $one->errCode);
        $say('sendto %s peek %s recv %s', $one->sendto("$path.two", 0, 'answer'), $two->peek(), $two->recv());
        $two->setOption(SOL_SOCKET, SO_SNDTIMEO, ['sec' => 0, 'usec' => 100000]);
        for ($n = 0; $n < 100000 && $two->send("n$n") !== false; $n++);
        $say('no room in time: %s errCode %s', $n > 1 && $n < 100000, $two->errCode);
        $two->setOption(SOL_SOCKET, SO_SNDTIMEO, ['sec' => 5, 'usec' => 0]);
        go(function () use ($one, $n, $say) {
            Swoole\Coroutine::sleep(0.05);
            $inOrder = 0;
            for ($i = 0; $i < $n; $i++) {
                $inOrder += (int) ($one->recv() === "n$i");
            }
            $say('all in order: %s', $inOrder === $n);
        });
        $say('waits for room: %s', $two->send('late'));
        $say('recv %s', $one->recv());
        $say('close %s again %s errCode %s', $one->close(), $one->close(), $one->errCode);
        $two->close();
        $three = new Socket(AF_UNIX, SOCK_DGRAM, 0);
        $say('bind %s its file is there: %s', $three->bind("$path.three"), file_exists("$path.three"));
        $three->close();
        unset($three);
        Swoole\Coroutine::sleep(0.01);
        $say('and then: %s', file_exists("$path.three"));

        [$left, $right] = swoole_coroutine_socketpair(AF_UNIX, SOCK_DGRAM, 0);
        $say('pair of type %s: send %s recv %s', $left->type === SOCK_DGRAM, $left->send('first'), $right->recv());
        $say('send %s %s recv %s %s', $right->send('a'), $right->send('b'), $left->recv(), $left->recv());
        $say('nothing in time: %s errCode %s', $left->recv(10, 0.05), $left->errCode);
    },
];

$server->on('task', function ($server, $taskId, $from, $fd) use ($runs, &$lines) {
    $lines = [];
    $runs['client']();
    return [$fd, implode("\n", $lines)];
});
$server->on('finish', function ($server, $taskId, array $result) {
    $server->send($result[0], "$result[1]\nend\n");
});
$server->on('receive', function ($server, $fd, $reactorId, $data) use ($runs, &$lines) {
    if ($data === 'client') {
        $server->task($fd);
        return;
    }
    $lines = [];
    $runs[$data]();
    $server->send($fd, implode("\n", $lines) . "\nend\n");
});
$server->start();
