// cancel(): a coroutine that sleeps, pops, pushes or yields goes on early and can ask isCanceled(); with an exception; what cannot be
// cancelled; time limits on pop as a comparison.
import * as Swoole from 'swoole-ts';
import { Coroutine } from 'swoole-ts';
import { className, echo, jsonEncode, printf } from '../lib/php.ts';

const { Channel, System, go, run } = Coroutine;

await run(async () => {
  const channel = new Channel(1);
  const full = new Channel(1);
  await full.push(1);
  const waits = {
    sleep: () => System.sleep(5),
    pop: async () => [await channel.pop(), channel.errCode],
    push: async () => [await full.push(2), full.errCode],
    yield: () => Coroutine.yield(),
  };
  for (const [name, wait] of Object.entries(waits)) {
    const id = Number(
      go(async () => {
        const result = await wait();
        printf(
          '%s gave %s, isCanceled %s, last error %d\n',
          name,
          jsonEncode(result),
          jsonEncode(Coroutine.isCanceled()),
          Swoole.swoole_last_error(),
        );
      }),
    );
    printf('cancel %s: %s\n', name, jsonEncode(await Coroutine.cancel(id)));
    printf('exists after that %s\n', jsonEncode(Coroutine.exists(id)));
  }

  let id = Number(
    go(async () => {
      try {
        await Coroutine.sleep(5);
        echo('not reached\n');
      } catch (e) {
        if (!(e instanceof Swoole.Coroutine.CanceledException)) throw e;
        printf('exception %s, code %d, message %s\n', className(e), e.getCode(), e.getMessage());
      } finally {
        echo('finally\n');
      }
    }),
  );
  printf('cancel with an exception: %s\n', jsonEncode(await Coroutine.cancel(id, true)));

  id = Number(
    go(async () => {
      await Coroutine.sleep(0.01);
      printf('an ordinary wake up: isCanceled %s\n', jsonEncode(Coroutine.isCanceled()));
    }),
  );
  await Coroutine.sleep(0.03);
  for (const [what, cid] of Object.entries({
    'one that has ended': id,
    'one that never was': 99999,
    itself: Coroutine.getCid(),
  })) {
    Swoole.swoole_clear_error();
    printf(
      'cancel of %s: %s, error %d\n',
      what,
      jsonEncode(await Coroutine.cancel(cid)),
      Swoole.swoole_last_error(),
    );
  }

  // a worker that stops when it is told to
  const worker = Number(
    go(async () => {
      let rounds = 0;
      while (!Coroutine.isCanceled()) {
        rounds++;
        await Coroutine.sleep(0.01);
      }
      printf('worker stopped after some rounds: %s\n', jsonEncode(rounds >= 2));
    }),
  );
  await Coroutine.sleep(0.05);
  await Coroutine.cancel(worker);
  echo('end\n');
});
