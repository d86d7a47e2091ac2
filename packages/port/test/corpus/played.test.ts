import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';
import { portProgram } from '../../src/index.js';
import { readProject } from '../../src/project/read-project.js';

const examples = path.join(import.meta.dirname, '../../../../examples');
const lounge = path.join(examples, 'ported-chat');
/** Beside the packages, so that what the programs import is found. */
const out = path.join(import.meta.dirname, '../../node_modules/.played');
const run = promisify(execFile);

afterAll(() => rmSync(out, { recursive: true, force: true }));

it('ports the lounge without a hand edit, and its clients see what Swoole answered', {
  timeout: 90_000,
}, async () => {
  const { files, findings } = await portProgram(
    readProject(path.join(lounge, 'php'), path.join(out, 'lounge')).sources,
  );
  expect(findings.filter(({ kind }) => kind !== 'note')).toEqual([]);
  for (const file of files) {
    const target = path.join(out, 'lounge', file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.text);
  }
  const { playLounge } = await import(pathToFileURL(path.join(lounge, 'recorded/play.mjs')).href);
  const tsx = import.meta.resolve('tsx');
  const { got } = await playLounge([process.execPath, '--import', tsx, path.join(out, 'lounge/server.ts')]);
  expect(got).toBe(readFileSync(path.join(lounge, 'recorded/expected.txt'), 'utf8'));
});

// Each has a test of its own, which plays its PHP with Swoole when it is told to: here it plays what the tool makes of that.
it('ports the tutorial and the chat without a hand edit, and they pass the tests of the ports made by hand', {
  timeout: 90_000,
}, async () => {
  const quiet = { write: () => true };
  for (const name of ['tutorial', 'chat']) {
    const args = [path.join(examples, name), '-o', path.join(out, name), '--force', '--strict'];
    expect(await main(args, { stdout: quiet, stderr: quiet })).toBe(0);
  }
  const vitest = path.join(
    path.dirname(import.meta.resolve('vitest').slice('file://'.length)),
    '../vitest.mjs',
  );
  const tests = ['test/tutorial.test.ts', 'test/chat.test.ts'];
  // Of the tutorial the transcript is enough.
  const names = '^(?!the tutorial server (?!plays the transcript))';
  const env: NodeJS.ProcessEnv = { ...process.env, SWOOLE_PORTED: out, NO_COLOR: '1', FORCE_COLOR: '' };
  for (const name of Object.keys(env)) if (name.startsWith('VITEST')) delete env[name];
  const { stdout } = await run(process.execPath, [vitest, 'run', ...tests, '-t', names], {
    cwd: examples,
    env,
  });
  expect(stdout).toMatch(/Test Files {2}2 passed/);
});
