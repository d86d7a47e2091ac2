<?php
$root = sys_get_temp_dir() . '/directories-' . getmypid();
mkdir("$root/a/deep", 0777, true);
mkdir("$root/b");
foreach (['one.txt' => '1', 'a/two.tar.gz' => '22', 'a/deep/three' => '333', 'b/.hidden' => ''] as $name => $text) {
    file_put_contents("$root/$name", $text);
    touch("$root/$name", 1700000000);
}
symlink("$root/a", "$root/b/link");

function sorted(iterable $all, callable $show): string
{
    $shown = [];
    foreach ($all as $key => $value) {
        $shown[] = $show($key, $value);
    }
    sort($shown);
    return implode(' ', $shown);
}

$within = fn ($path) => substr($path, strlen($root) + 1);
echo sorted(new DirectoryIterator($root), fn ($key, $entry) => ($entry->isDot() ? 'dot:' : '') . $entry), "\n";
echo sorted(new FilesystemIterator($root), fn ($key, $entry) => $within($key) . '=' . get_class($entry) . ':' . $within((string) $entry)), "\n";
echo sorted(new FilesystemIterator("$root/a/", FilesystemIterator::KEY_AS_FILENAME | FilesystemIterator::CURRENT_AS_PATHNAME), fn ($key, $entry) => $key), "\n";
echo sorted(new RecursiveDirectoryIterator($root), fn ($key, $entry) => $within($key)), "\n";

foreach ([RecursiveIteratorIterator::LEAVES_ONLY, RecursiveIteratorIterator::SELF_FIRST, RecursiveIteratorIterator::CHILD_FIRST] as $mode) {
    $all = new RecursiveIteratorIterator(new RecursiveDirectoryIterator($root, FilesystemIterator::SKIP_DOTS), $mode);
    echo sorted($all, fn ($key, $entry) => $all->getDepth() . ':' . $all->getSubPath() . ':' . $all->getSubPathname()), "\n";
    $all->setMaxDepth(1);
    echo sorted($all, fn ($key, $entry) => $all->getDepth() . ':' . $within($key)), "\n";
}
$linked = new RecursiveIteratorIterator(new RecursiveDirectoryIterator("$root/b", FilesystemIterator::SKIP_DOTS | FilesystemIterator::FOLLOW_SYMLINKS));
echo sorted($linked, fn ($key, $entry) => $within($key)), "\n";
$order = [];
foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator("$root/a", FilesystemIterator::SKIP_DOTS), RecursiveIteratorIterator::CHILD_FIRST) as $entry) {
    if (!$entry->isDir() || $entry->getFilename() === 'deep') {
        $order[] = $entry->getFilename();
    }
}
echo array_search('three', $order) < array_search('deep', $order) ? 'the child comes first' : 'the child comes last', "\n";

$info = new SplFileInfo("$root/a/two.tar.gz");
echo $info->getFilename(), ' ', $info->getBasename('.gz'), ' ', $info->getExtension(), ' ', $within($info->getPath()), ' ', $info->getSize(), ' ', $info->getMTime(), ' ', $info->getType(), "\n";
echo json_encode([$info->isFile(), $info->isDir(), $info->isLink(), $info->isReadable(), $info->isExecutable(), $info->getRealPath() === realpath("$root/a/two.tar.gz")]), "\n";
$link = new SplFileInfo("$root/b/link/");
echo json_encode([$link->isLink(), $link->isDir(), $within($link->getLinkTarget()), $link->getType(), $link->getExtension()]), "\n";
$plain = new SplFileInfo('plain');
echo json_encode([$plain->getPath(), $plain->getFilename(), $plain->getPathname(), $plain->getRealPath()]), "\n";
try {
    $plain->getSize();
} catch (RuntimeException $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
try {
    new DirectoryIterator("$root/none");
} catch (UnexpectedValueException $e) {
    echo get_class($e), ': ', str_replace($root, '', $e->getMessage()), "\n";
}
try {
    new RecursiveDirectoryIterator('');
} catch (ValueError $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}

foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($root, FilesystemIterator::SKIP_DOTS), RecursiveIteratorIterator::CHILD_FIRST) as $entry) {
    $entry->isDir() && !$entry->isLink() ? rmdir($entry->getPathname()) : unlink((string) $entry);
}
rmdir($root);
echo json_encode(file_exists($root)), "\n";
$nested = ['a' => 1, 'b' => [2, ['c' => 3]]];
array_walk_recursive($nested, function (&$value, $key, $by) {
    $value = $value * $by;
}, 10);
echo json_encode($nested), "\n";
