import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { portProgram } from '../../src/index.js';
import { readProject } from '../../src/project/read-project.js';
import { typeErrors } from '../../src/settle/settle.js';

const examples = path.join(import.meta.dirname, '../../../../examples');
/** The examples with a PHP original, and where in their folder it is. */
const programs = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) =>
    readdirSync(path.join(examples, name)).some((file) => file === 'server.php' || file === 'php'),
  )
  .map((name) => (readdirSync(path.join(examples, name)).includes('php') ? path.join(name, 'php') : name));

describe('the PHP of the examples', { timeout: 60_000 }, () => {
  it('is all there', () => {
    expect(programs).toEqual(
      expect.arrayContaining(['chat', 'ported-chat/php', 'tcp-gateway', 'tutorial', 'workers']),
    );
  });

  for (const program of programs)
    it(`is ported to TypeScript that TypeScript accepts: ${program}`, async () => {
      const { sources } = readProject(path.join(examples, program), path.join(examples, 'out'));
      const { files, findings } = await portProgram(sources);
      expect(findings.filter(({ kind }) => kind === 'syntax')).toEqual([]);
      expect(files.map(({ source }) => source).sort()).toEqual(sources.map((source) => source.path).sort());
      expect(typeErrors(files)).toEqual([]);
    });
});
