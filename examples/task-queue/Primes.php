<?php

// The work: counting primes, in ranges that are done one by one.

const LARGEST = 5_000_000;
const STEPS = 20;

/** Cuts the numbers from 2 to a limit into ranges. */
function ranges(int $limit, int $count): array
{
    $ranges = [];
    $size = max(1, (int) ceil(($limit - 1) / $count));
    for ($from = 2; $from <= $limit; $from += $size) {
        $ranges[] = ['from' => $from, 'to' => min($limit, $from + $size - 1)];
    }
    return $ranges;
}

/** The same as four tasks. */
function shares(int $limit): array
{
    return array_map(fn ($range) => ['type' => 'range', ...$range], ranges($limit, 4));
}

/** How many primes there are in a range. Keeps a processor busy, and nothing else runs meanwhile. */
function count_primes(int $from, int $to): int
{
    $count = 0;
    for ($n = $from; $n <= $to; $n++) {
        if (is_prime($n)) {
            $count++;
        }
    }
    return $count;
}

function is_prime(int $n): bool
{
    for ($divisor = 2; $divisor * $divisor <= $n; $divisor++) {
        if ($n % $divisor === 0) {
            return false;
        }
    }
    return true;
}

/** What a client asks for: `{"job": "a", "limit": 100000}`; null for anything else. */
function read_job(string $data): ?array
{
    $message = json_decode($data, true);
    $job = $message['job'] ?? null;
    $limit = $message['limit'] ?? null;
    if (!is_string($job) || strlen($job) > 100 || !is_limit($limit)) {
        return null;
    }
    return ['type' => 'job', 'job' => $job, 'limit' => $limit];
}

function is_limit(mixed $limit): bool
{
    return is_int($limit) && $limit >= 2 && $limit <= LARGEST;
}
