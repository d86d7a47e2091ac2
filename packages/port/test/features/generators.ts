import { compare, echo, implode, iterator_to_array, toStr, values } from 'swoole-ts-php';

// Generators: values, keys, yield from, send by foreach only, infinite ones.
function* numbers(to: number) {
  for (let i = 1; i <= to; i++) {
    yield i;
  }
}

function* pairs() {
  yield ['a', 1];
  yield ['b', 2];
}

function* all() {
  yield 0;
  yield* values(numbers(2));
  yield* values([10, 20]);
}

function* endless() {
  let n = 0;
  while (true) {
    yield n++;
  }
}

for (const n of numbers(3)) {
  echo(n);
}
echo('\n');
for (const [key, value] of pairs()) {
  echo(`${toStr(key)}=${toStr(value)} `);
}
echo('\n');
for (const n of all()) {
  echo(n, ' ');
}
echo('\n');
for (const n of endless()) {
  if (compare(n, 3) > 0) {
    break;
  }
  echo(n);
}
echo('\n', implode(',', iterator_to_array(numbers(4))), '\n');
