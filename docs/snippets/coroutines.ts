import { setTimeout as sleep } from 'node:timers/promises';
import * as Swoole from 'swoole-ts';
import { chan, defer, go } from 'swoole-ts/shortnames';

const { Coroutine } = Swoole;

// #region run
await Coroutine.run(async () => {
  const channel = new chan<string>(10);
  go(async () => {
    await Coroutine.sleep(0.02);
    await channel.push('slow');
  });
  go(async () => {
    await Coroutine.sleep(0.01);
    await channel.push('quick');
  });
  console.log(await channel.pop(), await channel.pop()); // quick slow
});
// #endregion run

const server = new Swoole.Http.Server('127.0.0.1', Number(process.env.PORT || 9501));
server.set({ log_level: Swoole.SWOOLE_LOG_WARNING });

// #region context
const currentUser = () => Coroutine.getContext()?.user ?? 'nobody';

server.on('request', async (request, response) => {
  Coroutine.getContext()!.user = request.get?.user;
  defer(() => console.log(`done for ${currentUser()}`));
  await sleep(5); // any promise: fetch, a database, a file
  response.end(`hello, ${currentUser()}`);
});
// #endregion context

// #region waitgroup
async function pages(names: string[]): Promise<string[]> {
  const group = new Coroutine.WaitGroup();
  const results: string[] = [];
  for (const name of names) {
    group.add();
    go(async () => {
      await Coroutine.sleep(0.001 * name.length);
      results.push(name);
      await group.done();
    });
  }
  await group.wait();
  return results;
}
// #endregion waitgroup

// #region batch
const both = await Coroutine.batch({ user: async () => 'Ann', cart: async () => [1, 2] }, 0.5);
console.log(both.user, both.cart); // Ann [ 1, 2 ]; what takes longer than half a second is null
// #endregion batch
console.log(await pages(['three', 'one']));

// #region cancel
const worker = go(async () => {
  while (!Coroutine.isCanceled()) await Coroutine.sleep(60);
  console.log('told to stop');
});
if (worker !== false) await Coroutine.cancel(worker);
// #endregion cancel

await server.start();
