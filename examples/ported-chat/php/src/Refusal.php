<?php
declare(strict_types=1);

namespace Lounge;

use RuntimeException;

/** Something that a member asked for and does not get. The message is meant for them. */
final class Refusal extends RuntimeException
{
    public function __construct(public readonly string $reason, string $message)
    {
        parent::__construct($message);
    }
}
