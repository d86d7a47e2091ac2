import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UnixDatagramSocket } from '../../../src/engine/udp/index.js';
import { run } from '../../server/program.js';
import { Queue } from '../../server/queue.js';
import { temporary } from '../../server/temporary.js';

async function started(mode: string) {
  const directory = temporary();
  const file = path.join(directory, 'server.sock');
  const program = run('unix-datagrams', { FILE: file, MODE: mode });
  for (let i = 0; i < 3; i++) expect(await program.lines.next()).toMatch(/^worker \d starts$/);
  await expect.poll(() => existsSync(file)).toBe(true);
  const socket = new UnixDatagramSocket();
  onTestFinished(() => socket.close());
  expect(socket.bind(path.join(directory, 'peer'))).toBe(0);
  const heard = new Queue<string>();
  const hear = () => {
    for (let got = socket.receive(); typeof got !== 'number'; got = socket.receive())
      heard.put(String(got.data));
  };
  socket.watch(hear);
  const ask = (text: string) => {
    expect(socket.send(text, file)).toBe(0);
    return heard.next();
  };
  return { ...program, file, socket, heard, hear, ask };
}

test.each(['base', 'process'])(
  'workers and task workers answer Unix datagrams by themselves: %s',
  async (mode) => {
    const { ask, file, child, ended } = await started(mode);
    const answers = [await ask('a'), await ask('b'), await ask('c'), await ask('d')];
    expect(answers.map((answer) => answer.slice(3))).toEqual(['a', 'b', 'c', 'd']);
    expect(new Set(answers.map((answer) => answer.slice(0, 2)))).toEqual(new Set(['0:', '1:']));
    expect(await ask('task')).toBe('from a task');
    expect(await ask('nobody')).toBe('false 2');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(file)).toBe(false);
  },
);

test('a worker is told that there is no room, and its server goes on to serve', async () => {
  const { ask, socket, heard, hear, file, lines } = await started('process');
  socket.watch(null);
  expect(socket.send('flood', file)).toBe(0);
  expect(await lines.next()).toBe('no room');
  hear();
  expect(await heard.next()).toBe('0');
  socket.watch(hear);
  for (let i = 0; i < 3; i++) expect(socket.send('still here', file)).toBe(0);
  await expect.poll(() => heard.all.filter((text) => text.endsWith(': still here'))).toHaveLength(3);
  expect(typeof (await ask('x'))).toBe('string');
});

test('a reload, and a worker that dies, lose no socket of the server', async () => {
  const { ask, socket, file, lines } = await started('process');
  expect(socket.send('reload', file)).toBe(0);
  for (let i = 0; i < 3; i++) expect(await lines.next()).toMatch(/^worker \d starts$/);
  // Until then old workers may be asked, and one of them that dies has its successor already.
  expect(await lines.next()).toBe('reloaded');
  expect(await ask('after a reload')).toMatch(/^[01]: after a reload$/);
  expect(socket.send('exit', file)).toBe(0);
  expect(await lines.next()).toMatch(/^worker [01] starts$/);
  expect(await ask('after a death')).toMatch(/^[01]: after a death$/);
});
