// A closure keeps what its variables were in the round of the loop that made it.
import { array_filter, array_map, array_shift, count, echo, implode, toBool } from 'swoole-ts-php';

const queue: string[] = ['a', 'b', 'c'];
const kept: ((...args: any[]) => any)[] = [];
let item: string | null = null;
while (toBool((item = array_shift(queue)))) {
  const itemThen = item;
  kept.push(() => {
    return itemThen;
  });
}
for (const each of kept) {
  echo(each());
}
echo('\n');

const later: ((...args: any[]) => any)[] = [];
for (let i = 0; i < 3; i++) {
  later.push(() => i);
}
let total = 0;
for (const n of [1, 2, 3]) {
  total += n;
  const totalThen = total;
  later.push(() => totalThen);
  const square = n * n;
  later.push(() => `${n}:${square}`);
}
for (const each of later) {
  echo(each(), ' ');
}
echo('\n');

function pairs(from: number): any[] {
  const made: ((...args: any[]) => any)[] = [];
  do {
    const fromThen = from;
    made.push(() => {
      return fromThen;
    });
    from--;
  } while (from > 0);
  return array_map((each: (...args: any[]) => any) => each(), made);
}
echo(implode(' ', pairs(3)), '\n');

let limit = 0;
while (limit < 3) {
  limit++;
  echo(count(array_filter([1, 2, 3], (x: number) => x > limit)), ' ');
}
echo('\n');
