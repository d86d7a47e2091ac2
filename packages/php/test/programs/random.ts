import {
  array_rand,
  echo,
  implode,
  mt_getrandmax,
  mt_rand,
  mt_srand,
  rand,
  range,
  shuffle,
  srand,
  str_shuffle,
} from '../../src/index.js';

export function main(): void {
  mt_srand(42);
  echo(
    mt_rand(),
    ' ',
    mt_rand(1, 100),
    ' ',
    rand(1, 6),
    ' ',
    mt_rand(5, 5),
    ' ',
    mt_rand(0, 1023),
    ' ',
    mt_rand(0, 4294967295),
    ' ',
    mt_rand(0, 1000000),
    '\n',
  );
  srand(5);
  echo(rand(), ' ', rand(10, 1), ' ', mt_rand(1, 10), ' ', mt_getrandmax(), '\n');
  mt_srand(3);
  const list = range(1, 10);
  shuffle(list);
  echo(implode(',', list), ' ', str_shuffle('abcdef'), ' ', array_rand([1, 2, 3, 4, 5]), '\n');
  for (let i = 0; i < 700; i++) mt_rand();
  echo(mt_rand(1, 1000), '\n');
  mt_srand(-7);
  echo(mt_rand(), '\n');
}
