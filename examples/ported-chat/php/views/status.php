<?php
/** The page of who is here, and how much was said. @param array<string, int> $counts */
function status(int $people, array $counts): void
{
?>
<!doctype html>
<title>Lounge</title>
<h1><?= $people ?> <?= $people === 1 ? 'person is' : 'people are' ?> here</h1>
<?php if ($counts === []): ?>
<p>Nobody has said anything yet.</p>
<?php else: ?>
<ul>
<?php foreach ($counts as $room => $messages): ?>
  <li><?= htmlspecialchars($room) ?>: <?= number_format($messages) ?></li>
<?php endforeach ?>
</ul>
<?php endif ?>
<?php
}
