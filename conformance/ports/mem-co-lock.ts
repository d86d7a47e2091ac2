// Coroutine\Lock: one coroutine at a time (the order of those who wait is not promised), the form that does not wait, and a Channel of
// one used for the same, which keeps the order.
import { Coroutine } from 'swoole-ts';
import { echo, jsonEncode, LOCK_EX, LOCK_NB, printf } from '../lib/php.ts';

const { Lock, go, run } = Coroutine;

await run(async () => {
  const lock = new Lock();
  let inside = 0;
  const order: string[] = [];
  for (const [i, name] of ['a', 'b', 'c'].entries()) {
    go(async () => {
      const got = await lock.lock();
      inside++;
      await Coroutine.sleep(0.02 - i * 0.005);
      order.push(`${name} got it ${jsonEncode(got)}${inside === 1 ? '' : ' together with another'}`);
      inside--;
      lock.unlock();
    });
  }
  printf('try while held: %s\n', jsonEncode(await lock.lock(LOCK_EX | LOCK_NB)));
  await Coroutine.sleep(0.3);
  order.sort();
  echo(order.join(', '), '\n');
  printf(
    'try when free: %s, unlock %s\n',
    jsonEncode(await lock.lock(LOCK_EX | LOCK_NB)),
    jsonEncode(lock.unlock()),
  );

  const mutex = new Coroutine.Channel(1);
  const log: string[] = [];
  const section = async (name: string) => {
    await mutex.push(true);
    try {
      log.push(`${name} in`);
      await Coroutine.sleep(0.005);
      log.push(`${name} out`);
    } finally {
      await mutex.pop();
    }
  };
  await Coroutine.map(['x', 'y', 'z'], (name) => section(name));
  echo(log.join(', '), '\n');
});
