<?php
declare(strict_types=1);

namespace Lounge;

use PDO;

/** Who may log in. */
final class Accounts
{
    private const NAME = '/^[\p{L}][\p{L}\d_-]{1,15}$/u';

    public function __construct(private PDO $db)
    {
    }

    /** Makes an account. */
    public function register(string $name, string $password, string $mail): void
    {
        if (!preg_match(self::NAME, $name)) {
            throw new Refusal('name', 'A name has 2 to 16 letters, digits, _ or -, and begins with a letter.');
        }
        if (strlen($password) < 8) {
            throw new Refusal('password', 'A password has at least 8 characters.');
        }
        if (filter_var($mail, FILTER_VALIDATE_EMAIL) === false) {
            throw new Refusal('mail', "\"$mail\" is no mail address.");
        }
        if ($this->find($name) !== null) {
            throw new Refusal('taken', "{$name} is taken.");
        }
        $insert = $this->db->prepare('INSERT INTO account (name, password, mail) VALUES (:name, :password, :mail)');
        $insert->execute([
            'name' => $name,
            'password' => password_hash($password, PASSWORD_BCRYPT, ['cost' => 4]),
            'mail' => $mail,
        ]);
    }

    /** Checks a password; returns how often the account has logged in before. */
    public function login(string $name, string $password): int
    {
        $account = $this->find($name);
        if ($account === null || !password_verify($password, $account['password'])) {
            throw new Refusal('login', 'Name or password is wrong.');
        }
        $this->db->prepare('UPDATE account SET logins = logins + 1 WHERE name = ?')->execute([$name]);
        return (int) $account['logins'];
    }

    public function mailOf(string $name): ?string
    {
        return $this->find($name)['mail'] ?? null;
    }

    private function find(string $name): ?array
    {
        $select = $this->db->prepare('SELECT * FROM account WHERE name = ?');
        $select->execute([$name]);
        return $select->fetch() ?: null;
    }
}
