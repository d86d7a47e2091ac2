<?php
declare(strict_types=1);

namespace Lounge;

use PDO;

/** Opens the SQLite file and makes its tables. Each worker has a connection of its own. */
final class Database
{
    public static function open(string $file): PDO
    {
        $pdo = new PDO('sqlite:' . $file);
        $pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
        $pdo->setAttribute(PDO::ATTR_DEFAULT_FETCH_MODE, PDO::FETCH_ASSOC);
        $pdo->exec(<<<SQL
            CREATE TABLE IF NOT EXISTS account (
                name TEXT PRIMARY KEY,
                password TEXT NOT NULL,
                mail TEXT NOT NULL,
                logins INTEGER NOT NULL DEFAULT 0
            )
            SQL);
        $pdo->exec(<<<SQL
            CREATE TABLE IF NOT EXISTS message (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                room TEXT NOT NULL,
                author TEXT NOT NULL,
                text TEXT NOT NULL,
                at INTEGER NOT NULL
            )
            SQL);
        return $pdo;
    }
}
