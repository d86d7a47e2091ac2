<?php
// Swoole itself: one operation on shared memory, in one process. Prints `RESULT per-second what-it-is`.
use Swoole\{Atomic, Lock, Table};

[, $name, $warmup, $seconds] = $argv;
const ROWS = 1000;
const BATCH = 10000;

$table = new Table(65536);
$table->column('id', Table::TYPE_INT);
$table->column('score', Table::TYPE_FLOAT);
$table->column('name', Table::TYPE_STRING, 32);
$table->create();
$keys = [];
for ($i = 0; $i < ROWS; $i++) {
    $keys[] = "user:$i";
    $table->set("user:$i", ['id' => 1, 'score' => 1.5, 'name' => 'Alice Example']);
}
$atomic = new Atomic();
$lock = new Lock();

$operations = [
    'set' => function () use ($table, $keys) {
        for ($i = 0; $i < BATCH; $i++) {
            $table->set($keys[$i % ROWS], ['id' => $i, 'score' => $i + 0.5, 'name' => 'Alice Example']);
        }
        return 1;
    },
    'get' => function () use ($table, $keys) {
        $sum = 0;
        for ($i = 0; $i < BATCH; $i++) {
            $sum += $table->get($keys[$i % ROWS])['id'];
        }
        return $sum;
    },
    'field' => function () use ($table, $keys) {
        $sum = 0;
        for ($i = 0; $i < BATCH; $i++) {
            $sum += $table->get($keys[$i % ROWS], 'id');
        }
        return $sum;
    },
    'incr' => function () use ($table, $keys) {
        $sum = 0;
        for ($i = 0; $i < BATCH; $i++) {
            $sum += $table->incr($keys[$i % ROWS], 'id');
        }
        return $sum;
    },
    'walk' => function () use ($table) {
        $sum = 0;
        for ($i = 0; $i < BATCH / ROWS; $i++) {
            foreach ($table as $row) {
                $sum += $row['id'];
            }
        }
        return $sum;
    },
    'atomic' => function () use ($atomic) {
        $sum = 0;
        for ($i = 0; $i < BATCH; $i++) {
            $sum += $atomic->add(1);
        }
        return $sum;
    },
    'lock' => function () use ($lock) {
        for ($i = 0; $i < BATCH; $i++) {
            $lock->lock();
            $lock->unlock();
        }
        return 1;
    },
];

$batch = $operations[$name];
$measure = function (float $limit) use ($batch): float {
    $began = hrtime(true);
    $batches = 0;
    for ($elapsed = 0; $elapsed < $limit; $elapsed = (hrtime(true) - $began) / 1e9) {
        if ($batch() === 0) {
            throw new RuntimeException('the batch has done nothing');
        }
        $batches++;
    }
    return $batches * BATCH / $elapsed;
};

$measure((float) $warmup);
echo 'RESULT ', $measure((float) $seconds), ' Swoole ', SWOOLE_VERSION, ', PHP ', PHP_VERSION, "\n";
