<?php
use App\Tool;

require_once __DIR__ . '/library.php';
require_once __DIR__ . '/src/Base.php';
require_once __DIR__ . '/src/Tool.php';

function greet(string $name): string
{
    return __FUNCTION__ . " of main greets $name";
}

$server = new Server();
echo greet('Ada'), ', ', $server->of, ', ', label(), ', ', Server::class, get_class($server), __FUNCTION__, "\n";
echo implode(', ', array_map('greet', ['Bob', 'Cid'])), "\n";
echo (new Tool())->name(), ' ', Tool::class, ' ', get_parent_class(new Tool()), "\n";
