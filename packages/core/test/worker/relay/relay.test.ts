import dgram from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { portOf, run } from '../../server/program.js';
import type { Queue } from '../../server/queue.js';
import { RawClient } from '../../server/raw-client.js';

const LINE = '\n'.charCodeAt(0);

async function line(client: RawClient): Promise<string> {
  const bytes: number[] = [];
  for (;;) {
    const [byte] = await client.read(1);
    if (byte === undefined) return `${Buffer.from(bytes)}(the end)`;
    if (byte === LINE) return String(Buffer.from(bytes));
    bytes.push(byte);
  }
}

const ask = (client: RawClient, what: string): Promise<string> => line(client.write(`${what}\n`));

/** The program, once all its workers serve. */
async function started(env: Record<string, string>) {
  const { lines, child } = run('relay', env);
  const port = await portOf(lines);
  const udp = Number((await lines.next()).slice('udp '.length));
  for (let i = 0; i < Number(env.WORKERS ?? 2); i++) await lineLike(lines, /^worker \d starts/);
  return { port, udp, lines, child };
}

async function lineLike(lines: Queue<string>, pattern: RegExp): Promise<string> {
  for (let i = 0; i < 100; i++) {
    const next = await lines.next();
    if (pattern.test(next)) return next;
    if (next.startsWith('(the program')) break;
  }
  throw new Error(`the program did not say ${pattern}`);
}

test('gives connection n to worker n modulo their number, which answers, and can send to the others', async () => {
  const { port } = await started({ MODE: 'process' });
  const a = await RawClient.connect(port);
  expect(await ask(a, 'who')).toMatch(/^1 1 /);
  const b = await RawClient.connect(port);
  expect(await ask(b, 'who')).toMatch(/^2 0 /);
  expect(await ask(a, 'tell 2 hello')).toBe('true');
  expect(await line(b)).toBe('hello');
  expect(await ask(a, 'exist 2')).toBe('true');
  expect(JSON.parse(await ask(a, 'info 2'))).toMatchObject({ remote_port: b.socket.localPort });
  expect(await ask(a, 'shut 2')).toBe('true');
  await b.closed;
  expect(await ask(a, 'exist 2')).toBe('false');
});

test('sends a file to a connection of another worker', async () => {
  const { port } = await started({});
  const a = await RawClient.connect(port);
  const b = await RawClient.connect(port);
  await ask(b, 'who');
  expect(await ask(a, `file 2 ${import.meta.filename}`)).toBe('true');
  expect(await line(b)).toBe("import dgram from 'node:dgram';");
});

test('lets a client that has sent its end have the answers to what it sent before', async () => {
  const { port } = await started({});
  const client = await RawClient.connect(port);
  client.socket.end('say one\nsay two\nsay three\n');
  expect([await line(client), await line(client), await line(client)]).toEqual(['one', 'two', 'three']);
  expect(await line(client)).toBe('(the end)');
});

test('keeps connections over a reload in SWOOLE_PROCESS', async () => {
  const { port, lines } = await started({ MODE: 'process' });
  const client = await RawClient.connect(port);
  // Whoever has answered serves, and is replaced.
  await ask(client, 'who');
  await ask(await RawClient.connect(port), 'who');
  expect(await ask(client, 'reload')).toBe('true');
  for (let i = 0; i < 2; i++) await lineLike(lines, /^worker \d starts/);
  for (let i = 0; i < 20; i++) expect(await ask(client, `say ${i}`)).toBe(String(i));
});

test('closes connections with a close event on a reload without SWOOLE_PROCESS', async () => {
  const { port, lines } = await started({ MODE: 'base' });
  const client = await RawClient.connect(port);
  expect(await ask(client, 'reload')).toBe('true');
  await client.closed;
  await lineLike(lines, /^close 1 by the server/);
});

test('closes only the connections of a worker that dies, and replaces it', async () => {
  const { port, lines } = await started({ MODE: 'base' });
  const [a, b] = [await RawClient.connect(port), await RawClient.connect(port)];
  await ask(a, 'who');
  await ask(b, 'who');
  expect(await ask(a, 'exit')).toBe('(the end)');
  await lineLike(lines, /^worker 1 starts/);
  expect(await ask(b, 'say still here')).toBe('still here');
  const c = await RawClient.connect(port);
  expect(await ask(c, 'who')).toMatch(/^3 1 /);
  expect(JSON.parse(await ask(c, 'stats'))).toMatchObject({
    connection_num: 2,
    accept_count: 3,
    close_count: 1,
  });
});

test('keeps in order what a client sends while its worker is busy, and reads no more than there is room for', async () => {
  const { port } = await started({});
  const client = await RawClient.connect(port);
  const other = await RawClient.connect(port);
  client.write('block 700\n');
  // The kernel's buffers and what the master takes are full long before 32 MB.
  const text = 'x'.repeat(1_000_000);
  for (let i = 0; i < 32; i++) client.write(`length ${text.slice(i)}\n`);
  client.write('say done\n');
  expect(await ask(other, 'later 300')).toBe('later');
  expect(client.socket.writableLength).toBeGreaterThan(0);
  expect(await line(client)).toBe('blocked');
  for (let i = 0; i < 32; i++) expect(await line(client)).toBe(String('length \n'.length + text.length - i));
  expect(await line(client)).toBe('done');
});

test('relays datagrams, and answers from the port they came to', async () => {
  const { udp } = await started({});
  const socket = dgram.createSocket('udp4');
  socket.send('hello', udp, '127.0.0.1');
  const [answer] = await once(socket, 'message');
  socket.close();
  expect(String(answer)).toMatch(/^[01]: hello$/);
});

test.each([
  [{ MODE: 'process' }],
  [{ MODE: 'base' }],
  [{}],
  [{ MODE: 'process', DISPATCH: '1', UNSAFE: '1' }],
])(
  'loses and reorders nothing in a storm of clients that leave at random: %o',
  async (env) => {
    const { port } = await started(env);
    const clients = 60;
    const stateless = 'DISPATCH' in env;
    let seed = 1;
    const random = (below: number): number => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    const storm = async (): Promise<void> => {
      const client = await RawClient.connect(port);
      const lines = 50 + random(50);
      const leaveAfter = random(2) === 0 ? random(lines) : lines;
      const text = Array.from({ length: lines }, (_, i) => `say ${i}\n`).join('');
      for (let at = 0; at < text.length; ) {
        const step = 1 + random(40);
        client.write(text.slice(at, at + step));
        at += step;
        if (random(4) === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      const heard: string[] = [];
      for (let i = 0; i < leaveAfter; i++) heard.push(await line(client));
      const told = Array.from({ length: leaveAfter }, (_, i) => String(i));
      // Packets of one connection go to several workers then: all arrive, in any order.
      if (!stateless) expect(heard).toEqual(told);
      else if (leaveAfter === lines) expect(heard.sort()).toEqual(told.sort());
      if (random(2) === 0) client.socket.resetAndDestroy();
      else client.socket.end();
      await client.closed;
    };
    await Promise.all(Array.from({ length: clients }, storm));
    const last = await RawClient.connect(port);
    await expect
      .poll(async () => JSON.parse(await ask(last, 'stats')))
      .toMatchObject({
        connection_num: 1,
        accept_count: clients + 1,
        close_count: clients,
        connects: clients + 1,
        closes: clients,
      });
  },
  30_000,
);
