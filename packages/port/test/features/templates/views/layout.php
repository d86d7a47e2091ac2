<html>
<?php include __DIR__ . '/parts/head.php'; ?>
<?= $content ?>
</html>
