<?php

// What devices and the gateway say to each other: two bytes of length, a byte for the type, the rest.

// From devices: a name in UTF-8; a value as a signed 32-bit number of hundredths.
const HELLO = 1;
const READING = 2;
// To devices: seconds between two readings, 16 bits; why the connection ends.
const INTERVAL = 3;
const REFUSED = 4;

const LONGEST_NAME = 32;

/** A packet that breaks the rules. */
class Refusal extends Exception
{
}

function packet(int $type, string $rest): string
{
    return pack('nC', strlen($rest) + 1, $type) . $rest;
}

/** A whole packet, as `receive` gets it. */
function read_packet(string $data): array
{
    if (strlen($data) < 3) {
        throw new Refusal('empty packet');
    }
    $type = ord($data[2]);
    $rest = substr($data, 3);
    switch ($type) {
        case HELLO:
            if ($rest === '' || strlen($rest) > LONGEST_NAME || preg_match('//u', $rest) !== 1) {
                throw new Refusal('a name has 1 to 32 bytes of UTF-8');
            }
            return ['type' => HELLO, 'name' => $rest];
        case READING:
            if (strlen($rest) !== 4) {
                throw new Refusal('a reading has 4 bytes');
            }
            $value = unpack('N', $rest)[1];
            return ['type' => READING, 'value' => ($value >= 0x80000000 ? $value - 0x100000000 : $value) / 100];
    }
    throw new Refusal("unknown type $type");
}

/** What a dashboard asks for: `{"device": 3, "seconds": 10}`; null for anything else. */
function read_command(string $data): ?array
{
    $message = json_decode($data, true);
    $device = $message['device'] ?? null;
    $seconds = $message['seconds'] ?? null;
    if (!is_int($device) || !is_int($seconds) || $seconds < 1 || $seconds > 3600) {
        return null;
    }
    return ['device' => $device, 'seconds' => $seconds];
}
