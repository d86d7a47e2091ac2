<?php

require_once __DIR__ . '/Messages.php';

/** The rooms: who is in them and what was said last. Plain variables: the server has one worker. */
class Chat
{
    /** How many messages a room remembers, and how many rooms there may be. */
    public const HISTORY = 50;
    private const ROOMS = 100;

    /** fd => ['room' => …, 'nickname' => …] */
    private array $members = [];

    /** room => its last messages; a room that everybody has left is forgotten. */
    private array $histories = [];

    public function __construct(private Swoole\WebSocket\Server $server)
    {
    }

    public function join(int $fd, string $room, string $nickname): void
    {
        if (isset($this->members[$fd])) {
            throw new Refusal('already_joined', 'Leave the room before you join another.');
        }
        $this->check_nickname($fd, $room, $nickname);
        if (!isset($this->histories[$room]) && count($this->histories) >= self::ROOMS) {
            throw new Refusal('too_many_rooms', 'There are too many rooms: join one that exists.');
        }
        $history = $this->histories[$room] ?? [];
        $this->histories[$room] = $history;
        $this->tell($room, ['type' => 'notice', 'event' => 'joined', 'nickname' => $nickname]);
        $this->members[$fd] = ['room' => $room, 'nickname' => $nickname];
        $this->send($fd, ['type' => 'joined', 'room' => $room, 'nickname' => $nickname, 'history' => $history]);
        $this->tell($room, $this->here($room));
    }

    public function say(int $fd, string $text): void
    {
        $member = $this->member($fd);
        $said = ['type' => 'said', 'nickname' => $member['nickname'], 'text' => $text, 'time' => (int) (microtime(true) * 1000)];
        $this->histories[$member['room']] = array_slice([...$this->histories[$member['room']], $said], -self::HISTORY);
        $this->tell($member['room'], $said);
    }

    public function nick(int $fd, string $nickname): void
    {
        $member = $this->member($fd);
        $this->check_nickname($fd, $member['room'], $nickname);
        $this->members[$fd] = ['room' => $member['room'], 'nickname' => $nickname];
        $this->tell($member['room'], ['type' => 'notice', 'event' => 'renamed', 'nickname' => $nickname, 'was' => $member['nickname']]);
        $this->tell($member['room'], $this->here($member['room']));
    }

    public function who(int $fd): void
    {
        $member = $this->member($fd);
        $this->send($fd, $this->here($member['room']));
    }

    public function leave(int $fd): void
    {
        $member = $this->member($fd);
        $this->remove($fd);
        $this->send($fd, ['type' => 'left', 'room' => $member['room']]);
    }

    /** Takes out whoever is gone: a member who left, or a connection that closed, in a room or not. */
    public function remove(int $fd): void
    {
        $member = $this->members[$fd] ?? null;
        if ($member === null) {
            return;
        }
        unset($this->members[$fd]);
        if ($this->fds_in($member['room']) === []) {
            unset($this->histories[$member['room']]);
            return;
        }
        $this->tell($member['room'], ['type' => 'notice', 'event' => 'left', 'nickname' => $member['nickname']]);
        $this->tell($member['room'], $this->here($member['room']));
    }

    public function send(int $fd, array $message): void
    {
        $this->server->push($fd, json_encode($message, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
    }

    private function tell(string $room, array $message): void
    {
        foreach ($this->fds_in($room) as $fd) {
            $this->send($fd, $message);
        }
    }

    private function here(string $room): array
    {
        $nicknames = [];
        foreach ($this->fds_in($room) as $fd) {
            $nicknames[] = $this->member($fd)['nickname'];
        }
        return ['type' => 'here', 'room' => $room, 'nicknames' => $nicknames];
    }

    private function fds_in(string $room): array
    {
        $fds = [];
        foreach ($this->members as $fd => $member) {
            if ($member['room'] === $room) {
                $fds[] = $fd;
            }
        }
        return $fds;
    }

    private function member(int $fd): array
    {
        $member = $this->members[$fd] ?? null;
        if ($member === null) {
            throw new Refusal('not_joined', 'Join a room first.');
        }
        return $member;
    }

    private function check_nickname(int $fd, string $room, string $nickname): void
    {
        foreach ($this->fds_in($room) as $other) {
            if ($other !== $fd && mb_strtolower($this->member($other)['nickname']) === mb_strtolower($nickname)) {
                throw new Refusal('nickname_taken', "Somebody in this room is called \"$nickname\" already.");
            }
        }
    }
}
