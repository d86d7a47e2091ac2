<?php
// A pair of sockets: what is read of one has to come first, wherever it is read.
class Wire
{
    private array $ends;

    public function __construct()
    {
        $this->ends = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    }

    public function say(string $text): void
    {
        fwrite($this->ends[0], $text);
    }

    public function hear(): string
    {
        return rtrim((string) fgets($this->ends[1]));
    }

    public function close(): void
    {
        foreach ($this->ends as $end) {
            fclose($end);
        }
    }
}

$wire = new Wire();
$wire->say("one\ntwo\n");
echo $wire->hear(), ' ', $wire->hear(), "\n";
$wire->close();

[$left, $right] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
fwrite($left, 'some bytes');
echo fread($right, 4), ', ', gettype($right), "\n";
fclose($left);
echo stream_get_contents($right), ' ', feof($right) ? 'end' : 'more', "\n";
fclose($right);
