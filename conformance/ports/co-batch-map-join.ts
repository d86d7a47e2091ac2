// Helpers over coroutines: batch() with keys and a time limit, parallel(), map(), join() of ids, with results in the order of the
// input whatever finishes first.
import * as Swoole from 'swoole-ts';
import { Coroutine } from 'swoole-ts';
import { jsonEncode, ksort, printf } from '../lib/php.ts';

const { batch, go, map, parallel, run } = Coroutine;

await run(async () => {
  const task = (ms: number, value: unknown) => async () => {
    await Coroutine.sleep(ms / 1000);
    return value;
  };
  const started = performance.now();
  const results = await batch({ slow: task(40, 1), quick: task(1, 'two'), nothing: () => {} });
  printf(
    'batch: %s, together %s\n',
    jsonEncode(results),
    jsonEncode((performance.now() - started) / 1000 < 0.08),
  );
  const limited = await batch({ 'in time': task(1, 'yes'), late: task(80, 'no') }, 0.03);
  printf('batch with a limit: %s\n', jsonEncode(ksort(limited)));
  printf('batch of nothing: %s\n', jsonEncode(await batch([])));

  let n = 0;
  await parallel(4, async () => {
    const mine = ++n;
    await Coroutine.sleep(0.01);
    n += 10 * mine;
  });
  printf('parallel: %d\n', n);

  printf(
    'map: %s\n',
    jsonEncode(
      await map([30, 10, 20], async (ms: number) => {
        await Coroutine.sleep(ms / 1000);
        return ms * 2;
      }),
    ),
  );
  printf(
    'map of names: %s\n',
    jsonEncode(await map({ a: 'x', b: 'y' }, (value, key) => `${key} is ${value}`)),
  );

  const order: number[] = [];
  const ids: number[] = [];
  for (const ms of [20, 5]) {
    ids.push(
      Number(
        go(async () => {
          await Coroutine.sleep(ms / 1000);
          order.push(ms);
        }),
      ),
    );
  }
  printf('join: %s %s\n', jsonEncode(await Coroutine.join(ids)), jsonEncode(order));
  printf('join of ended ones: %s\n', jsonEncode(await Coroutine.join(ids)));
  const long = Number(go(() => Coroutine.sleep(0.06)));
  Swoole.swoole_clear_error();
  printf(
    'join with a limit: %s, timed out %s\n',
    jsonEncode(await Coroutine.join([long], 0.01)),
    jsonEncode(Swoole.swoole_last_error() === Swoole.SWOOLE_ERROR_CO_TIMEDOUT),
  );
  printf('join of both: %s\n', jsonEncode(await Coroutine.join([long, Number(go(() => null))])));
});
