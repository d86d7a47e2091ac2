// An HTTP client that asks as fast as it can, on connections that are kept: node http-client.mjs CLIENT PORT CONNECTIONS WARMUP SECONDS.
// Prints `RESULT requests-per-second cpu-microseconds-per-request what-it-is`.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [name, port, connections, warmup, seconds] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const PATH = '/?name=bench';

/** Each makes one connection, and gives what asks on it and reads the answer. */
const clients = {
  async 'swoole-ts'() {
    const { Coroutine } = await import('swoole-ts');
    const client = new Coroutine.Http.Client('127.0.0.1', port);
    const ask = async () => {
      if (!(await client.get(PATH)) || client.statusCode !== 200) throw new Error(client.errMsg);
      return client.body;
    };
    return { ask, close: () => client.close(), about: 'Coroutine.Http.Client' };
  },
  async undici() {
    const { Client } = await import('undici');
    const client = new Client(`http://127.0.0.1:${port}`);
    const ask = async () => {
      const { statusCode, body } = await client.request({ path: PATH, method: 'GET' });
      if (statusCode !== 200) throw new Error(`status ${statusCode}`);
      return Buffer.from(await body.arrayBuffer());
    };
    const file = createRequire(import.meta.url).resolve('undici/package.json');
    return {
      ask,
      close: () => client.close(),
      about: `undici ${JSON.parse(readFileSync(file, 'utf8')).version}`,
    };
  },
};

const all = await Promise.all(Array.from({ length: connections }, () => clients[name]()));
const measure = async (limit) => {
  const until = performance.now() + limit * 1000;
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  let asked = 0;
  await Promise.all(
    all.map(async ({ ask }) => {
      for (; performance.now() < until; asked++) await ask();
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  return { rate: (asked * 1000) / (performance.now() - began), cost: (user + system) / asked };
};

await measure(warmup);
const { rate, cost } = await measure(seconds);
console.log(`RESULT ${rate} ${cost} ${all[0].about} on Node ${process.versions.node}`);
for (const { close } of all) await close();
