import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { portProgram } from '../src/index.js';
import { readProject } from '../src/project/read-project.js';
import { typeErrors } from '../src/settle/settle.js';

// Each folder is a program of several files: main.php starts it, expected.txt is what php printed.
const programs = path.join(import.meta.dirname, 'programs');
/** Beside the packages, so that what the programs import is found. */
const out = path.join(import.meta.dirname, '../node_modules/.programs');
const run = promisify(execFile);

afterAll(() => rmSync(out, { recursive: true, force: true }));

describe.each(readdirSync(programs))('%s', (name) => {
  it('becomes TypeScript that is checked and prints what PHP printed', async () => {
    const { files, findings } = await portProgram(readProject(path.join(programs, name), out).sources);
    expect(findings).toEqual([]);
    expect(typeErrors(files)).toEqual([]);
    for (const file of files) {
      const target = path.join(out, name, file.path);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, file.text);
    }
    const { stdout } = await run(process.execPath, ['--import', 'tsx', path.join(out, name, 'main.ts')], {
      cwd: import.meta.dirname,
    });
    expect(stdout).toBe(readFileSync(path.join(programs, name, 'expected.txt'), 'utf8'));
  }, 60_000);
});
