<?php

/** Who is connected, and what they said last. In plain variables: the server has one worker. */
class Gateway
{
    private array $devices = [];
    private int $readings = 0;

    public function __construct(private Swoole\WebSocket\Server $server)
    {
    }

    public function hello(int $fd, string $name): void
    {
        if (isset($this->devices[$fd])) {
            throw new Refusal('hello was said before');
        }
        $this->devices[$fd] = ['device' => $fd, 'name' => $name, 'value' => null, 'readings' => 0];
        $this->tell(['type' => 'device'] + $this->devices[$fd]);
    }

    public function reading(int $fd, float $value): void
    {
        if (!isset($this->devices[$fd])) {
            throw new Refusal('hello comes first');
        }
        $this->devices[$fd]['value'] = $value;
        $this->devices[$fd]['readings']++;
        $this->readings++;
        $this->tell(['type' => 'device'] + $this->devices[$fd]);
    }

    public function gone(int $fd): void
    {
        if (!isset($this->devices[$fd])) {
            return;
        }
        unset($this->devices[$fd]);
        $this->tell(['type' => 'gone', 'device' => $fd]);
    }

    /** Everything, for a dashboard that has just come. */
    public function show(int $fd): void
    {
        $this->server->push($fd, json_encode(['type' => 'devices', 'devices' => array_values($this->devices)]));
    }

    /** Tells a device how often to send; false when there is no such device. */
    public function interval(int $device, int $seconds): bool
    {
        return isset($this->devices[$device]) && $this->server->send($device, packet(INTERVAL, pack('n', $seconds)));
    }

    public function stats(): array
    {
        return [
            'devices' => count($this->devices),
            'readings' => $this->readings,
            'connections' => count($this->server->connections),
        ];
    }

    /** All dashboards hear it. */
    private function tell(array $message): void
    {
        $text = json_encode($message);
        foreach ($this->server->connections as $fd) {
            if ($this->server->isEstablished($fd)) {
                $this->server->push($fd, $text);
            }
        }
    }
}
