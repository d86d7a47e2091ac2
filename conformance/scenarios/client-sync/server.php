<?php
// Swoole\Client, the client whose calls block, against servers of the scenario's client (PORT2 echoes, nobody listens on PORT3):
// connect, send, recv with its size and flags, packets by EOF and by length, the end of the connection, time limits, misuse with its
// warnings and error numbers, addresses, connections that are kept, and swoole_client_select().
use Swoole\Client;

$server = new Swoole\Server('127.0.0.1', (int) getenv('PORT'));
$server->set(['worker_num' => 1, 'log_level' => SWOOLE_LOG_NONE]);
$server->on('receive', function ($server, $fd, $reactorId, $data) {
    $lines = [];
    $say = function (string $format, ...$values) use (&$lines) {
        $lines[] = sprintf($format, ...array_map(fn ($v) => json_encode($v), $values));
    };
    $port = (int) getenv('PORT2');
    $nobody = (int) getenv('PORT3');
    set_error_handler(function (int $level, string $message) use (&$lines): bool {
        $lines[] = '  warning: ' . preg_replace('/send\(\d+\)/', 'send(FD)', $message);
        return true;
    });

    $client = new Client(SWOOLE_SOCK_TCP);
    $say('new: type %s sock %s errCode %s id %s setting %s reuse %s', $client->type, $client->sock, $client->errCode, $client->id, $client->setting, $client->reuse);
    $say('isConnected %s', $client->isConnected());
    $say('send before connect: %s errCode %s', $client->send('x'), $client->errCode);
    $say('recv before connect: %s', $client->recv());
    $say('close before connect: %s', $client->close());
    $say('getsockname before connect: %s', $client->getsockname());
    $say('connect without a host: %s', $client->connect('', $port));
    $say('connect without a port: %s last error %s', $client->connect('127.0.0.1'), swoole_last_error());
    $say('connect: %s connected %s sock %s', $client->connect('127.0.0.1', $port, 0.2), $client->isConnected(), $client->sock > 0);
    $say('connect again: %s', $client->connect('127.0.0.1', $port, 0.2));
    $peer = $client->getpeername();
    ksort($peer);
    $say('getpeername %s', $peer);
    $name = $client->getsockname();
    ksort($name);
    $say('getsockname keys %s, host %s', array_keys($name), $name['host']);
    $say('send %s', $client->send('hello'));
    $say('recv %s', $client->recv());
    $say('send nothing: %s', $client->send(''));
    $client->send('one two three');
    $say('recv(3) %s', $client->recv(3));
    $say('recv(4, MSG_PEEK) %s', $client->recv(4, Client::MSG_PEEK));
    $say('recv(4) %s', $client->recv(4));
    $say('recv(6, MSG_WAITALL) %s', $client->recv(6, Client::MSG_WAITALL));
    $say('recv(5, MSG_DONTWAIT) %s errCode %s', $client->recv(5, Client::MSG_DONTWAIT), $client->errCode);
    $started = microtime(true);
    $say('nothing in time: %s errCode %s', $client->recv(), $client->errCode);
    $took = microtime(true) - $started;
    $say('in time %s, connected %s', $took > 0.1 && $took < 1.5, $client->isConnected());
    $client->send('still here');
    $say('after it: %s', $client->recv());
    $say('sendto: %s errCode %s', $client->sendto('127.0.0.1', $port, 'x'), $client->errCode);
    $say('getPeerCert: %s', $client->getPeerCert());
    $say('verifyPeerCert: %s', $client->verifyPeerCert());
    $client->send('bye');
    $say('bye: %s', $client->recv(7, Client::MSG_WAITALL));
    $say('the end: %s connected %s', $client->recv(), $client->isConnected());
    $say('the end again: %s', $client->recv());
    $say('close: %s', $client->close());
    $say('close again: %s', $client->close());
    $say('connected %s', $client->isConnected());
    $say('connect after close: %s', $client->connect('127.0.0.1', $port, 0.2));
    $client->send('again');
    $say('recv %s', $client->recv());
    $say('shutdown of writing: %s', $client->shutdown(Client::SHUT_WR));
    $say('and again: %s', $client->shutdown(Client::SHUT_WR));
    $say('recv: %s', $client->recv());
    $client->close();

    $file = tempnam(sys_get_temp_dir(), 'swoole');
    file_put_contents($file, 'the text of a file');
    $client = new Client(SWOOLE_SOCK_TCP);
    $client->connect('127.0.0.1', $port, 0.2);
    $say('sendfile: %s', $client->sendfile($file));
    $say('recv %s', $client->recv(18, Client::MSG_WAITALL));
    $say('sendfile from 4, 4 bytes: %s', $client->sendfile($file, 4, 4));
    $say('recv %s', $client->recv(4, Client::MSG_WAITALL));
    $say('sendfile without a name: %s', $client->sendfile(''));
    $say('sendfile of what is not there: %s errCode %s', $client->sendfile("$file.none"), $client->errCode);
    $client->close();
    unlink($file);

    $eof = new Client(SWOOLE_SOCK_TCP);
    $say('set: %s', $eof->set(['open_eof_check' => true, 'package_eof' => "\r\n"]));
    $say('setting %s', $eof->setting);
    $eof->connect('127.0.0.1', $port, 0.2);
    $eof->send("one\r\ntwo\r\nthree\r\n");
    $say('eof: %s', $eof->recv());
    $say('eof: %s', $eof->recv());
    $say('eof: %s', $eof->recv());
    $eof->send("incomplete");
    $say('eof: %s errCode %s', $eof->recv(), $eof->errCode);
    $eof->close();

    $length = new Client(SWOOLE_SOCK_TCP);
    $length->set(['open_length_check' => true, 'package_length_type' => 'n', 'package_length_offset' => 0, 'package_body_offset' => 2, 'package_max_length' => 1024]);
    $length->connect('127.0.0.1', $port, 0.2);
    $pack = fn (string $body) => pack('n', strlen($body)) . $body;
    $length->send($pack('first') . $pack('') . $pack('second'));
    $say('length: %s', bin2hex($length->recv()));
    $say('length: %s', bin2hex($length->recv()));
    $say('length: %s', bin2hex($length->recv()));
    $length->send(pack('n', 2000) . 'too long');
    $say('too long: %s', $length->recv());
    $length->close();

    $client = new Client(SWOOLE_SOCK_TCP);
    $say('nobody listens: %s errCode %s ECONNREFUSED %s', $client->connect('127.0.0.1', $nobody, 0.2), $client->errCode, SOCKET_ECONNREFUSED);
    $say('connected %s', $client->isConnected());
    $say('it can connect later: %s', $client->connect('127.0.0.1', $port, 0.2));
    $client->close();

    foreach ([0, 99] as $type) {
        try {
            new Client($type);
            $say('no exception for %s', $type);
        } catch (Throwable $e) {
            $say('%s: %s', get_class($e), $e->getMessage());
        }
    }
    try {
        new Client(SWOOLE_SOCK_TCP, SWOOLE_SOCK_ASYNC);
    } catch (Throwable $e) {
        $say('%s: %s', get_class($e), $e->getMessage());
    }

    // a connection that is kept: the next client gets it
    $keep = new Client(SWOOLE_SOCK_TCP | SWOOLE_KEEP);
    $say('keep: %s reuse %s count %s', $keep->connect('127.0.0.1', $port, 0.2), $keep->reuse, $keep->reuseCount);
    $first = $keep->getsockname();
    $say('close: %s', $keep->close());
    $say('connected %s', $keep->isConnected());
    $keep = new Client(SWOOLE_SOCK_TCP | SWOOLE_KEEP);
    $say('keep: %s reuse %s count %s', $keep->connect('127.0.0.1', $port, 0.2), $keep->reuse, $keep->reuseCount);
    $say('the same connection %s', $keep->getsockname() === $first);
    $keep->send('kept');
    $say('recv %s', $keep->recv());
    $other = new Client(SWOOLE_SOCK_TCP | SWOOLE_KEEP, SWOOLE_SOCK_SYNC, 'other');
    $say('another id: %s reuse %s id %s', $other->connect('127.0.0.1', $port, 0.2), $other->reuse, $other->id);
    $say('close for good: %s', $other->close(true));
    $say('close for good: %s', $keep->close(true));
    $keep = new Client(SWOOLE_SOCK_TCP | SWOOLE_KEEP);
    $say('keep: %s reuse %s count %s', $keep->connect('127.0.0.1', $port, 0.2), $keep->reuse, $keep->reuseCount);
    $keep->close(true);

    // several clients at once
    $clients = [];
    foreach (['a', 'b', 'c'] as $key) {
        $clients[$key] = new Client(SWOOLE_SOCK_TCP);
        $clients[$key]->connect('127.0.0.1', $port, 0.2);
    }
    $read = $clients;
    $write = $except = null;
    $say('select, nothing to read: %s', swoole_client_select($read, $write, $except, 0.05));
    $say('left %s', array_keys($read));
    $clients['b']->send('for b');
    $read = $clients;
    $say('select: %s', swoole_client_select($read, $write, $except, 0.2));
    $say('left %s', array_keys($read));
    $say('recv %s', $read['b']->recv());
    $write = ['a' => $clients['a'], 'b' => $clients['b']];
    $read = [];
    $say('select for writing: %s', swoole_select($read, $write, $except, 0.2));
    $say('left %s %s', array_keys($read), array_keys($write));
    $none = [];
    $say('select of nothing: %s', swoole_client_select($none, $none, $none, 0.2));
    foreach ($clients as $client) {
        $client->close();
    }
    $server->send($fd, implode("\n", $lines) . "\nend\n");
});
$server->start();
