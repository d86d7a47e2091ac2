<?php
declare(strict_types=1);

namespace Lounge;

/** Writes mails into a spool folder, from where a mail server would take them. */
final class Mailer
{
    private static int $count = 0;

    public function __construct(private string $spool)
    {
        if (!is_dir($spool)) {
            mkdir($spool, 0755, true);
        }
    }

    /** Tells somebody who is away that they were mentioned; returns the name of the mail. */
    public function mention(string $to, string $name, string $by, string $room, string $text): string
    {
        $subject = sprintf('%s mentioned you in %s', $by, $room);
        $lines = [
            "To: $name <$to>",
            'Subject: ' . $subject,
            'Content-Type: text/plain; charset=utf-8',
            '',
            wordwrap("$by wrote in $room: $text", 60, "\n"),
            '',
        ];
        $file = sprintf('%03d-%s.eml', ++self::$count, strtolower($name));
        file_put_contents($this->spool . '/' . $file, implode("\r\n", $lines));
        return $file;
    }
}
