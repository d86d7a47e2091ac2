import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { portProgram } from '../src/index.js';
import { readProject } from '../src/project/read-project.js';
import { typeErrors } from '../src/settle/settle.js';

// Each feature of PHP is a program here: NAME.php, what php printed (NAME.out), and what becomes of it (NAME.ts). One of several files is
// the folder NAME, which main.php starts.
const folder = path.join(import.meta.dirname, 'features');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.php'))
  .map((file) => file.slice(0, -'.php'.length));
const run = promisify(execFile);

describe.each(names)('%s', (name) => {
  it('becomes TypeScript that is checked and prints what PHP printed', async () => {
    const text = readFileSync(path.join(folder, `${name}.php`), 'utf8');
    const { files, findings } = await portProgram([{ path: `${name}.php`, text }]);
    expect(findings.filter(({ kind }) => kind !== 'note')).toEqual([]);
    expect(typeErrors(files)).toEqual([]);
    await expect(files[0]?.text).toMatchFileSnapshot(`features/${name}.ts`);
    const { stdout } = await run(process.execPath, ['--import', 'tsx', path.join(folder, `${name}.ts`)], {
      cwd: folder,
    });
    expect(stdout).toBe(readFileSync(path.join(folder, `${name}.out`), 'utf8'));
  }, 60_000);
});

describe.each(
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name),
)('%s', (name) => {
  /** Beside the packages, so that what the program imports is found. */
  const out = path.join(import.meta.dirname, '../node_modules/.features', name);
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it('becomes TypeScript that is checked and prints what PHP printed', async () => {
    const { files, findings } = await portProgram(readProject(path.join(folder, name), out).sources);
    expect(findings).toEqual([]);
    expect(typeErrors(files)).toEqual([]);
    for (const file of files) {
      const target = path.join(out, file.path);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, file.text);
    }
    const { stdout } = await run(process.execPath, ['--import', 'tsx', path.join(out, 'main.ts')], {
      cwd: folder,
    });
    expect(stdout).toBe(readFileSync(path.join(folder, `${name}.out`), 'utf8'));
  }, 60_000);
});
