import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

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
