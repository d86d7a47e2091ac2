<?php
// What differs between machines. Everything can be set from the environment.
$env = fn(string $name, string $default): string => getenv($name) ?: $default;

return [
    'host' => '127.0.0.1',
    'port' => (int) $env('PORT', '9507'),
    'database' => $env('LOUNGE_DATABASE', __DIR__ . '/lounge.sqlite'),
    'spool' => $env('LOUNGE_SPOOL', __DIR__ . '/spool'),
    // A connection that has not logged in after this many seconds is closed.
    'login_seconds' => (float) $env('LOUNGE_LOGIN_SECONDS', '30'),
    'history' => 20,
    'rooms' => ['lobby' => 'Everybody', 'garden' => 'Plants and weather', 'kitchen' => 'Recipes'],
];
