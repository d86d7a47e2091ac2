import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { portProgram } from '../../src/index.js';
import { readProject } from '../../src/project/read-project.js';

const lounge = path.join(import.meta.dirname, '../../../../examples/ported-chat');
/** Beside the packages, so that what the program imports is found. */
const out = path.join(import.meta.dirname, '../../node_modules/.lounge');

afterAll(() => rmSync(out, { recursive: true, force: true }));

it('ports the lounge without a hand edit, and its clients see what Swoole answered', {
  timeout: 90_000,
}, async () => {
  const { files, findings } = await portProgram(readProject(path.join(lounge, 'php'), out).sources);
  expect(findings.filter(({ kind }) => kind !== 'note')).toEqual([]);
  for (const file of files) {
    const target = path.join(out, file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.text);
  }
  const { playLounge } = await import(pathToFileURL(path.join(lounge, 'recorded/play.mjs')).href);
  const tsx = import.meta.resolve('tsx');
  const { got } = await playLounge([process.execPath, '--import', tsx, path.join(out, 'server.ts')]);
  expect(got).toBe(readFileSync(path.join(lounge, 'recorded/expected.txt'), 'utf8'));
});
