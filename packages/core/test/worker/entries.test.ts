import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 30_000 });

// These run the built library, as programs do.
test.each<[string, string[], string, string?]>([
  ['an ES module', [], 'server.mjs'],
  ['a CommonJS module', [], 'server.cjs'],
  ['TypeScript under the halves of tsx', ['--require', 'tsx/cjs', '--import', 'tsx/esm'], 'server.ts'],
  ["TypeScript under tsx's own command", [createRequire(import.meta.url).resolve('tsx/cli')], 'server.ts'],
  ['TypeScript under NODE_OPTIONS', [], 'server.ts', '--import "tsx"'],
])('workers and task workers run a script again that is %s', async (_what, flags, file, options = '') => {
  const script = fileURLToPath(new URL(`../fixtures/entries/${file}`, import.meta.url));
  const child = spawn(process.execPath, [...flags, script], {
    env: { ...process.env, NODE_OPTIONS: options },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(output).toBe('once\na task from 0 in 2\nover\n');
  expect(code).toBe(0);
});
