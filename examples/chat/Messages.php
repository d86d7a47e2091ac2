<?php

// What a client may say: the types of messages, their fields, and what is refused.

/** The longest message, in bytes. */
const MAX_BYTES = 4096;

/** The fields of each type. */
const TYPES = [
    'join' => ['room', 'nickname'],
    'say' => ['text'],
    'nick' => ['nickname'],
    'who' => [],
    'leave' => [],
];

/** The longest value of each field, in characters. */
const LIMITS = [
    'room' => 30,
    'nickname' => 20,
    'text' => 500,
];

/** Characters that no field may hold: controls. A name may hold none that cannot be seen either: it could look like another. */
const CONTROLS = '/[\p{Cc}\p{Cs}]/u';
const INVISIBLE = '/[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]/u';

/** A message that is refused: a word for programs, a sentence for people. */
class Refusal extends Exception
{
    public readonly string $reason;

    public function __construct(string $reason, string $message)
    {
        parent::__construct($message);
        $this->reason = $reason;
    }
}

/** Reads a frame: its type and the fields of that type, checked. Throws a Refusal. */
function read_message(Swoole\WebSocket\Frame $frame): array
{
    if ($frame->opcode !== WEBSOCKET_OPCODE_TEXT) {
        throw new Refusal('binary', 'Send text frames: binary ones are not taken.');
    }
    if (strlen($frame->data) > MAX_BYTES) {
        throw new Refusal('too_large', 'A message has at most ' . MAX_BYTES . ' bytes.');
    }
    try {
        $message = json_decode($frame->data, flags: JSON_THROW_ON_ERROR);
    } catch (JsonException) {
        throw new Refusal('not_json', 'This is not JSON.');
    }
    if (!is_object($message)) {
        throw new Refusal('not_an_object', 'Send an object: {"type": "say", "text": "hello"}.');
    }
    $type = $message->type ?? null;
    if (!is_string($type) || !array_key_exists($type, TYPES)) {
        throw new Refusal('unknown_type', 'The type is one of: ' . implode(', ', array_keys(TYPES)) . '.');
    }
    $read = ['type' => $type];
    foreach (TYPES[$type] as $field) {
        $read[$field] = read_field($field, $message->$field ?? null);
    }
    return $read;
}

/** Checks one field and takes the spaces around it off. */
function read_field(string $field, mixed $value): string
{
    if ($value === null) {
        throw new Refusal('missing_field', "The field \"$field\" is missing.");
    }
    if (!is_string($value)) {
        throw new Refusal('not_a_string', "The field \"$field\" is a string.");
    }
    if (preg_match($field === 'text' ? CONTROLS : INVISIBLE, $value)) {
        throw new Refusal('bad_characters', "The field \"$field\" holds characters that cannot be shown.");
    }
    $trimmed = preg_replace('/^\s+|\s+$/u', '', $value);
    if ($trimmed === '') {
        throw new Refusal('empty_field', "The field \"$field\" is empty.");
    }
    if (mb_strlen($trimmed) > LIMITS[$field]) {
        throw new Refusal('too_long', "The field \"$field\" has at most " . LIMITS[$field] . ' characters.');
    }
    return $trimmed;
}
