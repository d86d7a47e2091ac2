// Loops, switch with loose comparison, match, break and continue over several levels, alternative syntax.
import {
  PHP_EOL,
  UnhandledMatchError,
  array_count_values,
  echo,
  json_encode,
  looseEq,
  mod,
  unhandledMatch,
} from 'swoole-ts-php';

let i: number;
let j: number;
for (i = 0, j = 10; i < j; i += 3, j--) {
  echo(`${i}-${j} `);
}
echo('\n');
loop: for (const a of [1, 2, 3]) {
  for (const b of [1, 2, 3]) {
    if (a === b) {
      continue loop;
    }
    if (a * b === 6) {
      break loop;
    }
    echo(`${a}${b} `);
  }
}
echo('\n');
for (const value of ['1', 1, 'one', null, true, 1.0]) {
  switch (true) {
    case looseEq(value, 1):
      echo('int one ');
      break;

    case looseEq(value, 'one'):
      echo('word ');
      break;

    default:
      echo('other ');
  }
}
echo('\n');
let n = 3;
while (n > 0) {
  switch (n) {
    case 2:
      n--;
      continue;
  }
  echo(n--);
}
echo('\n');
do {
  n++;
} while (n < 5);
echo(n, '\n');
const size = (n: number): string => (n < 3 ? 'small' : n < 10 || n === 100 ? 'middle' : 'large');
echo(size(1), size(5), size(100), size(50), '\n');
try {
  echo(n === 1 || n === 2 ? 'low' : n === 3 ? 'three' : unhandledMatch(n));
} catch (e) {
  if (!(e instanceof UnhandledMatchError)) throw e;
  echo(e.getMessage(), '\n');
}
if (looseEq(n, '5')) {
  echo('five\n');
} else if (n > 5) {
  echo('more\n');
} else {
  echo('less\n');
}
i = 0;
while (true) {
  if (++i % 2) {
    continue;
  }
  if (i > 6) {
    break;
  }
  echo(i);
}
echo(PHP_EOL);

// A remainder and a negation of ints are never JavaScript's -0.
function signs(n: number): string {
  const rest = mod(n, 3);
  const minus = 0 - (n - 6);
  return `${rest} ${json_encode([rest, minus, mod(0 - n, 2), n % 3 === 0])}`;
}
echo(signs(-6), ' ', signs(6), '\n');
const counts = array_count_values([-4]);
counts.push('next' as any);
echo(json_encode(counts), '\n');
