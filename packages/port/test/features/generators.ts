import {
  Exception,
  RuntimeException,
  compare,
  echo,
  generator,
  implode,
  iterator_to_array,
  toBool,
  toStr,
  values,
} from 'swoole-ts-php';

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

// What is sent in is whatever the sender has.
function* talk(): Generator<any, any, any> {
  const first = yield 'name?';
  const second = (yield `hello ${toStr(first)}`) ?? 'nothing';
  echo(`then ${toStr(second)}\n`);
  return yield;
}

const talk_ = talk();
echo(generator(talk_).current(), ' ', generator(talk_).send('Ada'), '\n');
generator(talk_).send(null);
generator(talk_).send('the end');
echo(toBool(generator(talk_).valid()) ? 'more' : generator(talk_).getReturn(), '\n');

function* lettered() {
  yield ['a', 1];
  yield ['b', 2];
}

for (let pairs_ = lettered(); toBool(generator(pairs_, true).valid()); generator(pairs_, true).next()) {
  echo(generator(pairs_, true).key(), generator(pairs_, true).current(), ' ');
}
const numbers_ = numbers(2);
generator(numbers_).next();
try {
  generator(numbers_).rewind();
} catch (e) {
  if (!(e instanceof Exception)) throw e;
  echo(e.getMessage(), '\n');
}
try {
  generator(numbers_).getReturn();
} catch (e) {
  if (!(e instanceof Exception)) throw e;
  echo(e.getMessage(), '\n');
}
const careful = (function* () {
  try {
    yield 1;
  } catch (e) {
    if (!(e instanceof RuntimeException)) throw e;
    yield `caught ${e.getMessage()}`;
  }
})();
echo(generator(careful).current(), generator(careful).throw(new RuntimeException('it')), '\n');
