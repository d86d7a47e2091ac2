// What the head of a for begins with, some of it used after the loop.
import { echo } from 'swoole-ts-php';

let sum: number;
let j: number;
for (j = 0, sum = 1; j < 3; j++) {
  sum *= 2;
}
echo(sum, '\n');
for (let a = 0, b = 10; a < b; a += 3, b--) {}
echo('done\n');
for (let a = 0, b = 4; a < b; a++) {
  echo(a, b, ' ');
}
function f(): number {
  let i: number;
  let n: number;
  for (i = 0, n = 3; i < n; i++) {
    echo(i, '\n');
  }
  let total: number;
  for (i = 0, total = 0; i < 5; i++) {
    total += i;
  }
  return total;
}
echo(f(), '\n');
let key!: string;
for (const [eachKey, each] of Object.entries({ x: 1, y: 2 })) {
  key = eachKey;
  let value = each;
  echo(key, value);
}
echo(key, '\n');
let v!: number;
for (const [eachKey_, each_] of [3, 4].entries()) {
  let k = eachKey_;
  v = each_;
  echo(k);
}
echo(v, '\n');
