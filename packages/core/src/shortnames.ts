// What the setting swoole.use_shortname gives a PHP program: go(), defer(), chan and co, all of them names for coroutines.
// This release has no coroutine API, so there is nothing to shorten yet.
export {};
