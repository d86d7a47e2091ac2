import * as php from '../../src/index.js';
import {
  ArrayIterator,
  ArrayObject,
  count,
  echo,
  entries,
  json_encode,
  SplFixedArray,
  SplMaxHeap,
  SplMinHeap,
  SplObjectStorage,
  SplPriorityQueue,
  SplQueue,
  SplStack,
  stdClass,
} from '../../src/index.js';

const told = (work: () => unknown): void => {
  try {
    work();
  } catch (error) {
    echo(php.caught(error).getMessage(), '\n');
  }
};

export function main(): void {
  const q = new SplQueue<string>();
  q.enqueue('a');
  q.push('b');
  php.append(q, 'c');
  q.unshift('z');
  echo(count(q), q.dequeue(), q.top(), q.bottom(), php.at(q, 1), php.isset(q, 5) ? 'y' : 'n', '\n');
  for (const [k, v] of entries(q)) echo(`${k}=${v} `);
  echo('\n');
  const s = new SplStack<number>();
  s.push(1);
  s.push(2);
  s.push(3);
  for (const [k, v] of entries(s)) echo(`${k}=${v} `);
  echo(s.pop(), s.top(), count(s), '\n');
  told(() => new SplStack().pop());
  told(() => new SplQueue().dequeue());
  told(() => q.offsetGet(9));
  q.setIteratorMode(SplQueue.IT_MODE_DELETE);
  for (const v of q) echo(v);
  echo(count(q), '\n');
  for (const h of [new SplMinHeap<number>(), new SplMaxHeap<number>()]) {
    for (const n of [5, 1, 8, 3, 9, 2, 8]) h.insert(n);
    echo(h.top(), count(h), ':');
    for (const n of h) echo(n);
    echo(count(h), '\n');
  }
  told(() => new SplMinHeap().extract());
  const p = new SplPriorityQueue<unknown>();
  for (const [v, n] of [
    ['lo', 1],
    ['hi', 10],
    ['mid', 5],
    ['neg', -1],
  ])
    p.insert(v, n);
  echo(p.count(), p.top(), p.extract(), p.extract(), '\n');
  p.setExtractFlags(SplPriorityQueue.EXTR_BOTH);
  php.print_r(p.extract());
  const o = new SplObjectStorage<stdClass, string>();
  const a = new stdClass();
  const b = new stdClass();
  o.attach(a, 'A');
  o.offsetSet(b, 'B');
  echo(count(o), php.at(o, a), o.contains(b) ? 'y' : 'n', php.isset(o, new stdClass()) ? 'y' : 'n');
  o.detach(a);
  for (const [i, object] of entries(o)) echo(i, object === b ? 'b' : '?', o.getInfo());
  told(() => php.at(o, a));
  const f = new SplFixedArray<unknown>(3);
  f.offsetSet(0, 'x');
  f.offsetSet(2, 'z');
  for (const v of f) echo(php.var_export(v, true), ' ');
  told(() => f.offsetSet(3, 1));
  echo(f.getSize(), json_encode(f.toArray()), json_encode(SplFixedArray.fromArray([1, 2]).toArray()), '\n');
  const l = new ArrayObject<number>({ b: 1, a: 2 });
  php.put(l, 'c', 3);
  php.append(l, 4);
  php.unset(l, 'b');
  for (const [k, v] of entries(l)) echo(`${k}=${v} `);
  l.ksort();
  echo(count(l), json_encode(l.getArrayCopy()), php.isset(l, 'a') ? 'y' : 'n', '\n');
  const it = new ArrayIterator([10, 20, 30]);
  for (const [k, v] of entries(it)) echo(`${k}=${v} `);
  echo(count(it), php.iterator_count(it), json_encode(php.iterator_to_array(it)), '\n');
  told(() => it.seek(9));
}
