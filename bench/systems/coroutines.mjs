// swoole-ts: one operation on coroutines, in one thread. Prints `RESULT per-second what-it-is`.
import { Coroutine } from 'swoole-ts';

const [name, warmup, seconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const { Channel, go, run } = Coroutine;
const BATCH = 10_000;

/** Each does a batch. */
const operations = {
  async pair() {
    const channel = new Channel(1);
    for (let i = 0; i < BATCH; i++) {
      await channel.push(i);
      await channel.pop();
    }
  },
  async switch() {
    const channel = new Channel(1);
    go(async () => {
      for (let i = 0; i < BATCH; i++) await channel.push(i);
    });
    for (let i = 0; i < BATCH; i++) await channel.pop();
  },
  async go() {
    const done = new Channel(1);
    for (let i = 0; i < BATCH; i++) {
      go(async () => {
        await done.push(i);
      });
      await done.pop();
    }
  },
  async start() {
    for (let i = 0; i < BATCH; i++) go(() => i);
  },
};

const batch = operations[name];
const measure = async (limit) => {
  const began = process.hrtime.bigint();
  let batches = 0;
  let elapsed = 0;
  for (; elapsed < limit; elapsed = Number(process.hrtime.bigint() - began) / 1e9) {
    await batch();
    batches++;
  }
  return (batches * BATCH) / elapsed;
};

await run(async () => {
  await measure(warmup);
  console.log(`RESULT ${await measure(seconds)} swoole-ts on Node ${process.versions.node}`);
});
