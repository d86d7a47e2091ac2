<?php
declare(strict_types=1);

namespace Lounge;

use Swoole\WebSocket\Server;

/** What members may ask for, and what they get. */
final class Lounge
{
    private const MENTION = '/@([\p{L}][\p{L}\d_-]+)/u';

    /** @param array<string, string> $rooms their names and what they are about */
    public function __construct(
        private Server $server,
        private Members $members,
        private Accounts $accounts,
        private History $history,
        private array $rooms,
    ) {
    }

    /** A message of a client: JSON with a type. */
    public function message(int $fd, string $data): void
    {
        try {
            $message = json_decode($data, true, 8, JSON_THROW_ON_ERROR);
            if (!is_array($message) || !is_string($message['type'] ?? null)) {
                throw new Refusal('form', 'A message is an object with a type.');
            }
            $this->dispatch($fd, $message);
        } catch (\JsonException) {
            $this->refuse($fd, new Refusal('form', 'A message is JSON.'));
        } catch (Refusal $refusal) {
            $this->refuse($fd, $refusal);
        }
    }

    private function dispatch(int $fd, array $message): void
    {
        $type = $message['type'];
        if ($type !== 'register' && $type !== 'login' && $this->members->nameOf($fd) === null) {
            throw new Refusal('stranger', 'Log in first.');
        }
        match ($type) {
            'register' => $this->register($fd, $message),
            'login' => $this->login($fd, $message),
            'join' => $this->join($fd, self::field($message, 'room')),
            'say' => $this->say($fd, self::field($message, 'text', 500)),
            'who' => $this->who($fd),
            'search' => $this->answer($fd, 'found', ['messages' => $this->history->search(self::field($message, 'words'))]),
            'logout' => $this->server->disconnect($fd, 1000, 'bye'),
            default => throw new Refusal('type', "There is no \"$type\"."),
        };
    }

    /** A text of a message, trimmed and not too long. */
    private static function field(array $message, string $name, int $longest = 64): string
    {
        $value = $message[$name] ?? '';
        if (!is_string($value) || trim($value) === '') {
            throw new Refusal('form', ucfirst($name) . ' is missing.');
        }
        if (mb_strlen($value) > $longest) {
            throw new Refusal('long', sprintf('%s is longer than %d characters.', ucfirst($name), $longest));
        }
        return trim($value);
    }

    private function register(int $fd, array $message): void
    {
        $name = self::field($message, 'name');
        $this->accounts->register($name, self::field($message, 'password'), self::field($message, 'mail'));
        $this->answer($fd, 'registered', ['name' => $name]);
    }

    private function login(int $fd, array $message): void
    {
        $name = self::field($message, 'name');
        $before = $this->accounts->login($name, self::field($message, 'password'));
        $other = $this->members->fdOf($name);
        if ($other !== null && $other !== $fd) {
            $this->leaveRoom($other);
            $this->members->leave($other);
            $this->server->disconnect($other, 4001, 'logged in elsewhere');
        }
        $this->members->enter($fd, $name);
        $greeting = match (true) {
            $before === 0 => "Welcome, $name!",
            $before < 3 => "Good to see you again, $name.",
            default => "$name, of course.",
        };
        $rooms = [];
        foreach ($this->rooms as $room => $about) {
            $rooms[] = ['room' => $room, 'about' => $about, 'people' => count($this->members->in($room))];
        }
        $this->answer($fd, 'welcome', ['greeting' => $greeting, 'rooms' => $rooms]);
    }

    private function join(int $fd, string $room): void
    {
        if (!isset($this->rooms[$room])) {
            throw new Refusal('room', "There is no room \"$room\".");
        }
        $this->leaveRoom($fd);
        $this->members->move($fd, $room);
        $name = $this->members->nameOf($fd);
        $this->answer($fd, 'joined', ['room' => $room, 'history' => $this->history->of($room)]);
        $this->tell($room, ['type' => 'came', 'name' => $name], $fd);
    }

    private function say(int $fd, string $text): void
    {
        $room = $this->members->roomOf($fd);
        if ($room === '') {
            throw new Refusal('room', 'Join a room first.');
        }
        $name = $this->members->nameOf($fd);
        $id = $this->history->add($room, $name, $text);
        $this->members->hasSpoken($fd);
        $this->tell($room, ['type' => 'said', 'id' => $id, 'name' => $name, 'text' => $text]);

        if (preg_match_all(self::MENTION, $text, $matches)) {
            foreach (array_unique($matches[1]) as $mentioned) {
                $mail = $this->accounts->mailOf($mentioned);
                if ($mail !== null && $this->members->fdOf($mentioned) === null) {
                    $this->server->task(compact('fd', 'mail', 'mentioned', 'name', 'room', 'text'));
                }
            }
        }
    }

    private function who(int $fd): void
    {
        $room = $this->members->roomOf($fd);
        $this->answer($fd, 'here', ['room' => $room, 'names' => array_values($this->members->in($room))]);
    }

    /** A connection has gone. */
    public function gone(int $fd): void
    {
        $this->leaveRoom($fd);
        $this->members->leave($fd);
    }

    private function leaveRoom(int $fd): void
    {
        $room = $this->members->roomOf($fd);
        if ($room !== '') {
            $this->members->move($fd, '');
            $this->tell($room, ['type' => 'went', 'name' => $this->members->nameOf($fd)]);
        }
    }

    /** Sends to everybody in a room, but for one. */
    private function tell(string $room, array $message, ?int $except = null): void
    {
        $json = json_encode($message, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
        foreach ($this->members->in($room) as $fd => $name) {
            if ($fd !== $except && $this->server->isEstablished($fd)) {
                $this->server->push($fd, $json);
            }
        }
    }

    private function answer(int $fd, string $type, array $more): void
    {
        $this->server->push($fd, json_encode(['type' => $type] + $more, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
    }

    private function refuse(int $fd, Refusal $refusal): void
    {
        $this->answer($fd, 'refused', ['reason' => $refusal->reason, 'message' => $refusal->getMessage()]);
    }
}
