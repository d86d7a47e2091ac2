import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { portProgram } from '../src/index.js';
import { typeErrors } from '../src/settle/settle.js';

// Each feature of PHP is a program here: NAME.php, what php printed (NAME.out), and what becomes of it (NAME.ts).
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
