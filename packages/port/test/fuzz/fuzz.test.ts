import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portProgram } from '../../src/index.js';
import { bySeed, generate } from './program.js';
import recorded from './recorded.json' with { type: 'json' };

const seeds = Object.keys(recorded).map(Number);
/** Beside the packages, so that what the program imports is found. */
const dir = path.join(import.meta.dirname, '../../node_modules/.fuzz');

describe('random programs', () => {
  let printed = new Map<number, string>();

  beforeAll(async () => {
    const { files, findings } = await portProgram([{ path: 'program.php', text: generate(seeds) }], {
      check: false,
    });
    expect(findings.filter(({ kind }) => kind === 'syntax')).toEqual([]);
    const { outputText } = ts.transpileModule(files[0]?.text ?? '', {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    mkdirSync(dir, { recursive: true });
    writeFileSync(path.join(dir, 'program.mjs'), outputText);
    const { stdout, stderr, status, signal } = spawnSync(process.execPath, [path.join(dir, 'program.mjs')], {
      encoding: 'utf8',
      timeout: 120_000,
    });
    expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
    printed = bySeed(stdout);
  }, 180_000);
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('print what PHP printed for them', () => {
    const wrong = seeds.filter((seed) => printed.get(seed) !== recorded[`${seed}` as keyof typeof recorded]);
    expect(wrong).toEqual([]);
  });
});
