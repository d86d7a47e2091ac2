// The runtime hooks: inside run() the waiting functions of PHP (usleep, streams, files of processes) give way to other coroutines;
// without the hook for sleep they block; the flags can be asked for and set, and stay after run().
import { Coroutine, Runtime, SWOOLE_HOOK_ALL, SWOOLE_HOOK_SLEEP } from 'swoole-ts';
import { echo, jsonEncode, printf, usleep } from '../lib/php.ts';
import { fgets, fwrite, streamSocketPair } from '../lib/streams.ts';

const { System, go, run } = Coroutine;

const both = async (wait: () => unknown): Promise<string> => {
  const order: string[] = [];
  const ids: number[] = [];
  for (const name of ['a', 'b']) {
    ids.push(
      Number(
        go(async () => {
          order.push(`${name} starts`);
          await wait();
          order.push(`${name} ends`);
        }),
      ),
    );
  }
  while (ids.some((id) => Coroutine.exists(id))) {
    await Coroutine.sleep(0.005);
  }
  return order[1] === 'b starts' ? 'a and b take turns' : 'b starts when a has ended';
};

printf('flags before run: %s\n', jsonEncode(Runtime.getHookFlags()));
await run(async () => {
  printf('flags in run: all %s\n', jsonEncode(Runtime.getHookFlags() === SWOOLE_HOOK_ALL));
  echo('usleep: ', await both(() => usleep(30000)), '\n');
  echo('Coroutine::sleep: ', await both(() => Coroutine.sleep(0.03)), '\n');
  echo(
    'streams: ',
    await both(async () => {
      const pair = await streamSocketPair();
      go(async () => {
        await Coroutine.sleep(0.03);
        fwrite(pair[1], 'done\n');
      });
      await fgets(pair[0]);
    }),
    '\n',
  );
  echo('shell_exec: ', await both(() => System.exec('sleep 0.03')), '\n');
  printf(
    'without the sleep hook: %s\n',
    jsonEncode(Runtime.setHookFlags(SWOOLE_HOOK_ALL ^ SWOOLE_HOOK_SLEEP)),
  );
  echo('usleep: ', await both(() => usleep(30000)), '\n');
  echo('Coroutine::sleep: ', await both(() => Coroutine.sleep(0.03)), '\n');
  Runtime.enableCoroutine(SWOOLE_HOOK_ALL);
  echo('usleep again: ', await both(() => usleep(30000)), '\n');
});
printf(
  'flags after run: %s\n',
  jsonEncode(Runtime.getHookFlags() === SWOOLE_HOOK_ALL ? 'all' : Runtime.getHookFlags()),
);
