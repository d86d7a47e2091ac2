<?php
declare(strict_types=1);

namespace Lounge;

use Swoole\Table;

/** Who is connected, and in which room. The table is shared by all workers. */
final class Members
{
    private Table $table;

    public function __construct(int $size)
    {
        $this->table = new Table($size);
        $this->table->column('name', Table::TYPE_STRING, 64);
        $this->table->column('room', Table::TYPE_STRING, 32);
        $this->table->column('said', Table::TYPE_INT);
        $this->table->create();
    }

    public function enter(int $fd, string $name): void
    {
        $this->table->set((string) $fd, ['name' => $name, 'room' => '', 'said' => 0]);
    }

    public function leave(int $fd): void
    {
        $this->table->del((string) $fd);
    }

    public function move(int $fd, string $room): void
    {
        $this->table->set((string) $fd, ['room' => $room]);
    }

    public function hasSpoken(int $fd): int
    {
        return $this->table->incr((string) $fd, 'said');
    }

    public function nameOf(int $fd): ?string
    {
        return $this->table->get((string) $fd, 'name') ?: null;
    }

    public function roomOf(int $fd): string
    {
        return $this->table->get((string) $fd, 'room') ?: '';
    }

    public function fdOf(string $name): ?int
    {
        foreach ($this->table as $fd => $row) {
            if ($row['name'] === $name) {
                return (int) $fd;
            }
        }
        return null;
    }

    /** The fds of those in a room, in the order of their names. @return array<int, string> */
    public function in(string $room): array
    {
        $names = [];
        foreach ($this->table as $fd => $row) {
            if ($row['room'] === $room) {
                $names[(int) $fd] = $row['name'];
            }
        }
        asort($names);
        return $names;
    }

    public function count(): int
    {
        return $this->table->count();
    }
}
