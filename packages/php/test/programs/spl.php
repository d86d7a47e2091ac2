<?php
$q = new SplQueue();
$q->enqueue('a'); $q->push('b'); $q[] = 'c'; $q->unshift('z');
echo count($q), $q->dequeue(), $q->top(), $q->bottom(), $q[1], isset($q[5]) ? 'y' : 'n', "\n";
foreach ($q as $k => $v) echo "$k=$v ";
echo "\n";
$s = new SplStack();
$s->push(1); $s->push(2); $s->push(3);
foreach ($s as $k => $v) echo "$k=$v ";
echo $s->pop(), $s->top(), count($s), "\n";
try { (new SplStack())->pop(); } catch (RuntimeException $e) { echo $e->getMessage(), "\n"; }
try { (new SplQueue())->dequeue(); } catch (RuntimeException $e) { echo $e->getMessage(), "\n"; }
try { $q->offsetGet(9); } catch (OutOfRangeException $e) { echo $e->getMessage(), "\n"; }
$q->setIteratorMode(SplQueue::IT_MODE_DELETE);
foreach ($q as $v) echo $v;
echo count($q), "\n";
foreach ([new SplMinHeap(), new SplMaxHeap()] as $h) {
    foreach ([5, 1, 8, 3, 9, 2, 8] as $n) $h->insert($n);
    echo $h->top(), count($h), ':';
    foreach ($h as $n) echo $n;
    echo count($h), "\n";
}
try { (new SplMinHeap())->extract(); } catch (RuntimeException $e) { echo $e->getMessage(), "\n"; }
$p = new SplPriorityQueue();
foreach ([['lo', 1], ['hi', 10], ['mid', 5], ['neg', -1]] as [$v, $n]) $p->insert($v, $n);
echo $p->count(), $p->top(), $p->extract(), $p->extract(), "\n";
$p->setExtractFlags(SplPriorityQueue::EXTR_BOTH);
print_r($p->extract());
$o = new SplObjectStorage();
$a = new stdClass; $b = new stdClass;
$o->attach($a, 'A'); $o[$b] = 'B';
echo count($o), $o[$a], $o->contains($b) ? 'y' : 'n', isset($o[new stdClass]) ? 'y' : 'n';
$o->detach($a);
foreach ($o as $i => $object) echo $i, $object === $b ? 'b' : '?', $o->getInfo();
try { $o[$a]; } catch (UnexpectedValueException $e) { echo $e->getMessage(), "\n"; }
$f = new SplFixedArray(3);
$f[0] = 'x'; $f[2] = 'z';
foreach ($f as $v) echo var_export($v, true), ' ';
try { $f[3] = 1; } catch (RuntimeException $e) { echo $e->getMessage(), "\n"; }
echo $f->getSize(), json_encode($f->toArray()), json_encode(SplFixedArray::fromArray([1, 2])->toArray()), "\n";
$l = new ArrayObject(['b' => 1, 'a' => 2]);
$l['c'] = 3; $l[] = 4; unset($l['b']);
foreach ($l as $k => $v) echo "$k=$v ";
$l->ksort();
echo count($l), json_encode($l->getArrayCopy()), isset($l['a']) ? 'y' : 'n', "\n";
$it = new ArrayIterator([10, 20, 30]);
foreach ($it as $k => $v) echo "$k=$v ";
echo count($it), iterator_count($it), json_encode(iterator_to_array($it)), "\n";
try { $it->seek(9); } catch (OutOfBoundsException $e) { echo $e->getMessage(), "\n"; }
