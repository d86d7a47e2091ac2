import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, SWOOLE_SOCK_UNIX_DGRAM } from 'swoole-ts';
import { expect, it, onTestFinished } from 'vitest';

const docs = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

it('the guide to sockets speaks line by line with a server that does the same', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(docs, 'snippets', 'sockets.ts')], {
    cwd: docs,
    env: { ...process.env, PORT: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 20_000,
  });
  const output = Buffer.concat(await child.stdout.toArray()).toString();
  expect(output).toBe('who are you?\nhello, Ann\n');
}, 25_000);

it('the guide to Unix datagrams answers who can be answered', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'swoole-ts-docs-'));
  const file = path.join(directory, 'log.sock');
  const snippet = path.join(docs, 'snippets', 'unix-datagrams.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', snippet], {
    cwd: docs,
    env: { ...process.env, SOCKET: file },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 20_000,
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  });
  await expect.poll(() => existsSync(file), { timeout: 20_000 }).toBe(true);
  const client = new Client(SWOOLE_SOCK_UNIX_DGRAM);
  expect(await client.connect(file, 0, 5)).toBe(true);
  expect(await client.send('a line')).toBe(6);
  expect(String(await client.recv())).toBe('written');
  const own = client.getsockname();
  client.close();
  await new Client(SWOOLE_SOCK_UNIX_DGRAM).sendto(file, 0, 'another');
  const said: string[] = [];
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    said.push(chunk);
    if (said.join('').includes('another')) break;
  }
  expect(said.join('')).toBe(`${own ? own.host : own}: a line\nsomebody: another\n`);
}, 45_000);
