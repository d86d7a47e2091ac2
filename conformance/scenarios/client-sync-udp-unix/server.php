<?php
// Swoole\Client over UDP (PORT2 answers) and over a Unix stream socket (a port of this server's).
use Swoole\Client;

$path = sys_get_temp_dir() . '/swoole-client-sync-' . getenv('PORT') . '.sock';
$server = new Swoole\Server('127.0.0.1', (int) getenv('PORT'));
// Two workers: who blocks in a client is not who answers it.
$server->set(['worker_num' => 2, 'dispatch_mode' => 2, 'log_level' => SWOOLE_LOG_NONE]);
$unix = $server->listen($path, 0, SWOOLE_SOCK_UNIX_STREAM);
$unix->on('receive', fn ($server, $fd, $reactorId, $data) => $server->send($fd, strrev($data)));

$server->on('receive', function ($server, $fd, $reactorId, $data) use ($path) {
    $lines = [];
    $say = function (string $format, ...$values) use (&$lines) {
        $lines[] = sprintf($format, ...array_map(fn ($v) => json_encode($v, JSON_UNESCAPED_SLASHES), $values));
    };
    $port = (int) getenv('PORT2');
    set_error_handler(function (int $level, string $message) use (&$lines, $path): bool {
        $lines[] = '  warning: ' . str_replace($path, 'PATH', $message);
        return true;
    });

    $udp = new Client(SWOOLE_SOCK_UDP);
    $say('udp connect %s connected %s', $udp->connect('127.0.0.1', $port, 0.2), $udp->isConnected());
    $say('send %s', $udp->send('datagram'));
    $say('recv %s', $udp->recv());
    $peer = $udp->getpeername();
    ksort($peer);
    $say('getpeername %s', $peer);
    $name = $udp->getsockname();
    $say('getsockname host %s, a port %s', $name['host'], $name['port'] > 0);
    $say('sendto %s', $udp->sendto('127.0.0.1', $port, 'to an address'));
    $say('recv(6) %s', $udp->recv(6));
    $say('sendto nothing: %s', $udp->sendto('127.0.0.1', $port, ''));
    $say('sendfile: %s', $udp->sendfile(__FILE__));
    $say('nothing in time: %s errCode %s', $udp->recv(), $udp->errCode);
    $udp->send('silence');
    $say('no answer: %s errCode %s', $udp->recv(), $udp->errCode);
    $say('close %s connected %s', $udp->close(), $udp->isConnected());

    $udp = new Client(SWOOLE_SOCK_UDP);
    $say('sendto without connect: %s connected %s', $udp->sendto('127.0.0.1', $port, 'first'), $udp->isConnected());
    $say('recv %s', $udp->recv());
    $say('connect then: %s', $udp->connect('127.0.0.1', $port, 0.2));
    $udp->close();
    $udp = new Client(SWOOLE_SOCK_UDP);
    $say('udp connect with udp_connect: %s', $udp->connect('127.0.0.1', $port, 0.2, 1));
    $udp->send('connected');
    $say('recv %s', $udp->recv());
    $udp->close();
    $udp = new Client(SWOOLE_SOCK_UDP);
    $say('udp connect to port 0: %s', $udp->connect('127.0.0.1', 0, 0.2));

    $client = new Client(SWOOLE_SOCK_UNIX_STREAM);
    $say('unix connect %s connected %s', $client->connect($path, 0, 1), $client->isConnected());
    $say('send %s', $client->send('stream'));
    $say('recv %s', $client->recv());
    $say('enableSSL %s', $client->enableSSL());
    $say('close %s', $client->close());
    $client = new Client(SWOOLE_SOCK_UNIX_STREAM);
    $say('unix connect to nothing: %s errCode %s', $client->connect("$path.none", 0, 0.2), $client->errCode);
    $server->send($fd, implode("\n", $lines) . "\nend\n");
});
$server->start();
