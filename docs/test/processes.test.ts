// The code that the guide to processes shows, run.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import WebSocket from 'ws';
import { docs } from './pages.ts';

vi.setConfig({ testTimeout: 40_000 });

function start(name: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(docs, 'snippets', `${name}.ts`)], {
    cwd: docs,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = once(child, 'close').then(() => output);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, ended };
}

it('a process answers, ends with its code, is asked to end, and becomes another program', async () => {
  const hash = createHash('sha256').update('work').digest('hex');
  expect(await start('processes').ended).toBe(`${hash}\ntrue 3 0\nI was asked to end\nI am a shell\n`);
});

it('the workers of a pool send each other messages', async () => {
  expect(await start('processes-pool').ended).toBe('worker 1 got: hello from worker 0\nthe pool is over\n');
});

it('a process of a server pushes to everybody', async () => {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as net.AddressInfo;
  probe.close();
  const { child, ended } = start('processes-server', { PORT: String(port) });
  let client: WebSocket | null = null;
  for (let tries = 0; client === null && tries < 500; tries++) {
    const attempt = new WebSocket(`ws://127.0.0.1:${port}`);
    client = await new Promise((resolve) => {
      attempt.once('open', () => resolve(attempt)).once('error', () => resolve(null));
    });
    if (client === null) await sleep(20);
  }
  if (client === null) throw new Error('the server does not listen');
  client.send('news');
  const [message] = await once(client, 'message');
  expect(String(message)).toBe('for everybody: news');
  child.kill('SIGTERM');
  await ended;
});
