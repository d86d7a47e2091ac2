<?php if (empty($items)) { echo "nothing\n"; return; } ?>
<ul>
<?php foreach ($items as $i => $item): ?>
  <li><?= $i + 1 ?>: <?= htmlspecialchars($item) ?></li>
<?php endforeach; ?>
</ul>
