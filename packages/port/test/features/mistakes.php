<?php
// What PHP refuses only when it runs: too few arguments, and arrays where a text is expected. What `@` does to a handler.
class Box
{
}

function outcome(callable $call): void
{
    try {
        var_dump($call());
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}

outcome(fn () => strlen([]));
outcome(fn () => trim(new Box()));
outcome(fn () => strlen());
outcome(fn () => strpos('a'));
outcome(fn () => str_repeat('a'));

set_error_handler(function (int $level, string $message) {
    echo error_reporting() & $level ? 'told' : 'silenced', ": $message\n";
    return true;
});
trigger_error('one', E_USER_WARNING);
@trigger_error('two', E_USER_WARNING);
