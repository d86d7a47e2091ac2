// Swoole\ArrayObject and _array(): reading, writing, searching, slicing, mapping and sorting with the objects and values they give back.
import { _array, ArrayObject, Exception, StringObject } from 'swoole-ts';
import { echo, jsonEncode, printf } from '../lib/php.ts';

function show(what: string, value: unknown): void {
  const text =
    value instanceof ArrayObject
      ? `ArrayObject ${jsonEncode(value.toArray())}`
      : value instanceof StringObject
        ? `StringObject ${jsonEncode(String(value))}`
        : jsonEncode(value);
  echo(`${what}: ${text}\n`);
}

const list = new ArrayObject<unknown>([5, 3, 8, 3]);
show('count', [list.count(), list.count(), list.isEmpty()]);
show('get, first, last', [list.get(1), list.first(), list.last(), list.firstKey(), list.lastKey()]);
show('array access', [list.offsetGet(2), list.offsetExists(9), list.offsetExists(0)]);
show('getOr', [list.getOr(1, 'none'), list.getOr(99, 'none')]);
show('contains, search, indexOf', [
  list.contains(8),
  list.contains('8'),
  list.contains('8', false),
  list.search(3),
  list.indexOf(8),
  list.lastIndexOf(3),
]);
try {
  show('missing', list.get('missing'));
} catch (e) {
  if (!(e instanceof Exception.ArrayKeyNotExists)) throw e;
  printf('missing: %s\n', e.name);
}
show('push', list.push(10));
show('append', list.append(11, 12));
show('pushFront', list.pushFront(0));
show('insert', list.insert(2, 'new'));
show('pop and popFront', [list.pop(), list.popFront()]);
show('what is left', list);
show('set', list.set(0, 50));
show('delete', list.delete(1));
show('keys after delete', list.keys());
show('values', list.values());
show('remove the first 3', list.remove(3));
list.offsetUnset(0);
list.offsetSet('name', 'value');
show('after unset and a name', list);

const numbers = _array([4, 1, 3]);
show('_array', numbers);
show('sum and product', [numbers.sum(), numbers.product()]);
show(
  'map',
  numbers.map((n) => n * 10),
);
show(
  'filter',
  numbers.filter((n) => n > 2),
);
show(
  'reduce',
  numbers.reduce<number>((sum, n) => sum + n),
);
show('slice', numbers.slice(1));
show('reverse', numbers.reverse());
show('join', numbers.join('-'));
show('sort changes it', [numbers.sort().toArray(), numbers.toArray()]);
show('rsort', numbers.rsort());
show('chunk', numbers.chunk(2));
show('unique', _array([1, 1, 2, '2', 3]).unique().values());
show(
  'each gives itself',
  numbers.each((value, key) => {
    echo(`  ${key} => ${value}\n`);
  }) === numbers,
);

const map = _array({ b: 2, a: 1 });
show('ksort', map.ksort());
show('flip', map.flip());
show('exists', [map.exists('a'), map.exists('z')]);
show(
  'column',
  _array([
    { id: 1, n: 'x' },
    { id: 2, n: 'y' },
  ]).column('n', 'id'),
);
for (const [key, value] of map) {
  echo(`  ${key} => ${value}\n`);
}
show('serialize', map.serialize());
show('unserialize', new ArrayObject().unserialize(map.serialize()));
const nested = _array({ inner: [1, 2], text: 'words' });
show('nested values are wrapped', nested.get('inner'));
show('and strings too', nested.get('text'));
show('clear', nested.clear());
