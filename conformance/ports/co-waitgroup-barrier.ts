// WaitGroup: count, wait with and without a time limit, misuse; Barrier: waits until every coroutine that holds it has let go.
import { Coroutine } from 'swoole-ts';
import { className, echo, jsonEncode, printf } from '../lib/php.ts';

const { Barrier, WaitGroup, go, run } = Coroutine;

await run(async () => {
  const group = new WaitGroup();
  const results: string[] = [];
  for (const [name, ms] of Object.entries({ slow: 30, quick: 5, middle: 15 })) {
    group.add();
    go(async () => {
      await Coroutine.sleep(ms / 1000);
      results.push(name);
      await group.done();
    });
  }
  printf('count %d\n', group.count());
  printf(
    'wait %s, results %s, count %d\n',
    jsonEncode(await group.wait()),
    jsonEncode(results),
    group.count(),
  );
  printf('wait on an empty one %s\n', jsonEncode(await group.wait()));

  // used again, with a limit that is too short
  group.add(2);
  go(async () => {
    await Coroutine.sleep(0.03);
    await group.done();
    await group.done();
  });
  printf('wait 10 ms: %s, count %d\n', jsonEncode(await group.wait(0.01)), group.count());
  printf('wait on: %s, count %d\n', jsonEncode(await group.wait(1)), group.count());

  const started = new WaitGroup(1);
  printf('a delta in the constructor: %d\n', started.count());
  await started.done();
  for (const [what, call] of Object.entries({
    'done too often': () => started.done(),
    'a negative count': () => started.add(-5),
  })) {
    try {
      await call();
      echo(`${what}: fine\n`);
    } catch (e) {
      printf('%s: %s: %s\n', what, className(e as Error), (e as Error).message);
    }
  }
  const busy = new WaitGroup();
  busy.add();
  go(async () => {
    try {
      await busy.wait();
    } catch (e) {
      echo('unexpected ', (e as Error).message, '\n');
    }
    echo('the first waiter goes on\n');
  });
  for (const [what, call] of Object.entries({
    'a second wait': () => busy.wait(0.01),
    'add while somebody waits': () => busy.add(),
  })) {
    try {
      printf('%s: %s\n', what, jsonEncode(await call()));
    } catch (e) {
      printf('%s: %s: %s\n', what, className(e as Error), (e as Error).message);
    }
  }
  await busy.done();

  let barrier: Coroutine.Barrier | null = Barrier.make();
  let n = 0;
  for (let i = 1; i <= 3; i++) {
    go(async () => {
      await Coroutine.sleep(0.01 * i);
      n += i;
    });
  }
  printf('before the barrier %d\n', n);
  barrier = await Barrier.wait(barrier);
  printf('after the barrier %d, the variable is %s\n', n, jsonEncode(barrier));

  // nobody holds it: goes on at once
  const nobody = Barrier.make();
  await Barrier.wait(nobody);
  echo('nobody held it\n');
});
