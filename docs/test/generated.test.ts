import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const check = (script: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
};

describe('the committed pages', () => {
  it('have the tables and the tutorial that their sources give', () => {
    expect(check('docs/generate.mjs')).toEqual({ status: 0, output: '' });
  });

  it('list the declared differences', () => {
    expect(check('conformance/list-differences.mjs')).toEqual({ status: 0, output: '' });
  });
});
