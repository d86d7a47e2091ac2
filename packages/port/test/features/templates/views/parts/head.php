<?php $title = $title ?? 'Untitled'; ?>
<title><?= htmlspecialchars($title) ?></title>
