// The order in which coroutines run: go() starts at once and comes back at the first wait; run() returns when all have ended;
// ids, parents, defer() in reverse order, exists(), list(), stats(), yield() and resume().
import * as Swoole from 'swoole-ts';
import { Coroutine } from 'swoole-ts';
import { defer, go } from 'swoole-ts/shortnames';
import { echo, jsonEncode, printf } from '../lib/php.ts';

const { run } = Coroutine;

printf('outside: cid %d, pcid %s\n', Coroutine.getCid(), jsonEncode(Coroutine.getPcid()));

const result = await run(async () => {
  const main = Coroutine.getCid();
  printf('run: cid %d, pcid %d\n', main, Coroutine.getPcid());
  const first = Number(
    go(async () => {
      printf(
        'first starts, cid counts up %s, its parent is the main one %s\n',
        jsonEncode(Coroutine.getCid() === main + 1),
        jsonEncode(Coroutine.getPcid() === main),
      );
      Coroutine.defer(() => echo('first: deferred first\n'));
      defer(() => echo('first: deferred second\n'));
      await Coroutine.sleep(0.03);
      echo('first ends\n');
    }),
  );
  echo('after go(first)\n');
  const second = Number(
    Coroutine.create(
      (greeting: string, times: number) => {
        echo(greeting.repeat(times), '\n');
        go(async () => {
          echo('child of second starts\n');
          await Coroutine.sleep(0.01);
          printf(
            'child of second: its parent has ended, getPcid %s\n',
            jsonEncode(Coroutine.exists(Number(Coroutine.getPcid()))),
          );
        });
        echo('second ends\n');
        return 'a value that go() does not give back';
      },
      'hey ',
      2,
    ),
  );
  printf('go gives ids: %s %s\n', jsonEncode(Number.isInteger(first)), jsonEncode(second === first + 1));
  printf(
    'exists: first %s, second %s\n',
    jsonEncode(Coroutine.exists(first)),
    jsonEncode(Coroutine.exists(second)),
  );
  const ids = [...Coroutine.list()];
  ids.sort((a, b) => a - b);
  printf(
    'list: %s, coroutine_num %d\n',
    jsonEncode(ids.map((id) => id - main)),
    Coroutine.stats().coroutine_num,
  );

  const waiting = Number(
    go(async () => {
      echo('waiting yields\n');
      const back = await Coroutine.yield();
      printf('waiting resumed, yield gave %s\n', jsonEncode(back));
      await Coroutine.suspend();
      echo('waiting resumed again\n');
    }),
  );
  echo('before resume\n');
  await Coroutine.resume(waiting);
  echo('between resumes\n');
  printf('resume: %s\n', jsonEncode(await Coroutine.resume(waiting)));
  for (const ms of [30, 10, 20]) {
    go(async () => {
      await Coroutine.sleep(ms / 1000 + 0.03);
      echo(`slept ${ms}\n`);
    });
  }
  echo('main ends\n');
  defer(() => echo('main: deferred\n'));
});
printf('run returned %s, cid %d\n', jsonEncode(result), Coroutine.getCid());

// go() outside of run(): at once too, and the waiting happens in Event::wait() or at the end of the program
go(async () => {
  echo('outside: starts at once\n');
  await Coroutine.sleep(0.01);
  echo('outside: after its sleep\n');
});
echo('after go() outside\n');
await Swoole.Event.wait();

await run(() => {
  echo('a run() after that\n');
}, 'arguments are allowed');
echo('end\n');
