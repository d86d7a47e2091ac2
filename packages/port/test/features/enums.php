<?php
// Enums: cases, values, methods, constants, from() and tryFrom().
enum Status: string
{
    case Open = 'open';
    case Closed = 'closed';

    const STANDARD = self::Open;

    public static function parse(string $text): self
    {
        return self::tryFrom(strtolower($text)) ?? self::STANDARD;
    }

    public function label(): string
    {
        return match ($this) {
            self::Open => 'still open',
            self::Closed => 'closed for good',
        };
    }

    public function isOpen(): bool
    {
        return $this === self::Open;
    }
}

enum Suit
{
    case Hearts;
    case Spades;
}

echo Status::from('closed')->label(), ' ', Status::parse('OPEN')->name, ' ', Status::parse('nonsense')->value, "\n";
var_dump(Status::tryFrom('none'), Status::Open->isOpen());
foreach (Suit::cases() as $suit) {
    echo $suit->name, "\n";
}
try {
    Status::from('lost');
} catch (ValueError $e) {
    echo get_class($e), "\n";
}
echo count(Status::cases()), ' ', Status::Open === Status::parse('open') ? 'same' : 'other', "\n";
