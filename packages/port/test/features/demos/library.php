<?php
// What demos share.
if (!function_exists('label')) {
    /** The name of the library. */
    function label(): string
    {
        return 'library';
    }
}

if (! class_exists('Server')) {
    class Server
    {
        public $of = 'library';
    }
}
