<?php
declare(strict_types=1);

namespace Lounge;

use PDO;

/** What was said, kept in the database. */
final class History
{
    public function __construct(private PDO $db, private int $length)
    {
    }

    /** Keeps a message; returns its number. */
    public function add(string $room, string $author, string $text): int
    {
        $this->db->beginTransaction();
        try {
            $this->db
                ->prepare('INSERT INTO message (room, author, text, at) VALUES (?, ?, ?, ?)')
                ->execute([$room, $author, $text, time()]);
            $id = (int) $this->db->lastInsertId();
            $this->db->commit();
            return $id;
        } catch (\Throwable $e) {
            $this->db->rollBack();
            throw $e;
        }
    }

    /** The last messages of a room, the oldest first. */
    public function of(string $room): array
    {
        $select = $this->db->prepare('SELECT id, author, text FROM message WHERE room = ? ORDER BY id DESC LIMIT ?');
        $select->execute([$room, $this->length]);
        return array_reverse($select->fetchAll());
    }

    /** Messages of all rooms that hold every one of the words. */
    public function search(string $words): array
    {
        $where = [];
        $values = [];
        foreach (preg_split('/\s+/', trim($words)) as $i => $word) {
            $where[] = "text LIKE :word$i";
            $values["word$i"] = '%' . $word . '%';
        }
        $select = $this->db->prepare('SELECT room, author, text FROM message WHERE ' . implode(' AND ', $where) . ' ORDER BY id');
        $select->execute($values);
        return $select->fetchAll();
    }

    /** How many messages each room has, the liveliest first. */
    public function counts(): array
    {
        $counts = [];
        foreach ($this->db->query('SELECT room, COUNT(*) AS messages FROM message GROUP BY room') as $row) {
            $counts[$row['room']] = (int) $row['messages'];
        }
        uksort($counts, fn($a, $b) => [$counts[$b], $a] <=> [$counts[$a], $b]);
        return $counts;
    }
}
