import net from 'node:net';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { Exception, Process, SWOOLE_IPC_MSGQUEUE, SWOOLE_IPC_UNIXSOCK } from '../../src/index.js';
import { run } from '../server/program.js';
import { temporary } from '../server/temporary.js';

vi.setConfig({ testTimeout: 60_000 });

/** What a client of a pool is answered; null when it is closed without an answer. */
async function ask(socket: string, text: string): Promise<string | null> {
  const client = net.connect(socket);
  client.on('error', () => {});
  const head = Buffer.alloc(4);
  head.writeUInt32BE(Buffer.byteLength(text));
  client.write(head);
  client.write(text);
  const chunks: Buffer[] = [];
  client.on('data', (chunk) => chunks.push(chunk));
  await new Promise((resolve) => client.once('close', resolve));
  const answer = Buffer.concat(chunks);
  if (answer.length === 0) return null;
  expect(answer.readUInt32BE()).toBe(answer.length - 4);
  return answer.subarray(4).toString();
}

test('a pool answers the clients of its socket, replaces who dies, all at SIGUSR1, and ends at SIGTERM', async () => {
  const socket = path.join(temporary(), 'pool.sock');
  const { child, lines, ended } = run('pool-socket', { SOCKET: socket });
  const until = async (wanted: string, times: number) => {
    while (lines.all.filter((line) => line === wanted).length < times) await lines.next();
  };
  await until('worker 0 true', 1);
  await until('worker 1 true', 1);
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((text) => ask(socket, text)));
  expect(answers.map((answer) => answer?.split(' ')[1])).toEqual(['a', 'b', 'c', 'd']);
  const before = new Set(answers.map((answer) => answer?.split(' ')[0]));
  expect(before.size).toBe(2);
  expect(await ask(socket, 'quiet')).toBeNull();
  expect(await ask(socket, 'x'.repeat(101))).toBeNull();
  expect(await ask(socket, 'die')).toBeNull();
  expect(await ask(socket, 'e')).toMatch(/^\d+ e$/);
  // The one that died is there again.
  while (lines.all.filter((line) => line.startsWith('worker ')).length < 3) await lines.next();
  child.kill('SIGUSR1');
  await until('stop 0', 1);
  await until('stop 1', 1);
  const [pid] = (await ask(socket, 'f'))?.split(' ') ?? [];
  expect(before).not.toContain(pid);
  child.kill('SIGTERM');
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(/^master true -1\n/);
  expect(stdout).toMatch(/\nshutdown\n(?:stop \d\n)*over\n$/);
});

test('a worker that is told to end while it begins still comes to its workerStop', async () => {
  const { child, lines, ended } = run('pool-early-signal');
  expect(await lines.next()).toBe('worker');
  expect(await lines.next()).toBe('stop');
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

test('a script may have one pool after the other: with pipes, with a queue, of threads and of processes', async () => {
  const { ended } = run('pools');
  const { code, stdout, stderr } = await ended;
  expect(stderr).toBe('');
  const lines = stdout.split('\n');
  expect(lines.slice(0, 10)).toEqual([
    '  W: Swoole\\Process\\Pool::sendMessage(): process pool is not started.',
    '  W: Swoole\\Process\\Pool::listen(): unsupported ipc type[1]',
    '  W: Swoole\\Process\\Pool::write(): unsupported ipc type[1]',
    'false false false false',
    '  W: Swoole\\Process\\Pool::on(): unknown event type[nothing]',
    'false',
    'by the pipe, false',
    'from the queue one',
    'from the queue two',
    'from the queue three',
  ]);
  expect(lines.slice(10, 13).sort()).toEqual([
    'coroutine 1 true',
    'detached and still here',
    'plain 0 -1 true false',
  ]);
  expect(lines.slice(13)).toEqual(['over after 2 lives', '']);
  expect(code).toBe(0);
});

test('a pool refuses what cannot be', async () => {
  expect(() => new Process.Pool(0)).toThrow('the parameter $worker_num must be greater than 0');
  expect(() => new Process.Pool(1, SWOOLE_IPC_MSGQUEUE, 0, true)).toThrow(
    'the parameter $ipc_type must be SWOOLE_IPC_UNIXSOCK when enable coroutine',
  );
  expect(() => new Process.Pool(1).on('message', () => {})).toThrow(Exception);
  await expect(new Process.Pool(1, SWOOLE_IPC_UNIXSOCK).start()).rejects.toThrow(
    "require 'onMessage' callback",
  );
  const pool = new Process.Pool(1);
  pool.on('workerStart', () => {});
  pool.on('workerExit', () => {});
  await expect(pool.start()).rejects.toThrow('cannot set `onWorkerExit` without enable_coroutine');
  expect(() => pool.shutdown()).toThrow('The process pool is not started');
});
