import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { forgottenAwaits } from '../../src/check/forgotten-awaits.js';

const program = fileURLToPath(new URL('../fixtures/check/program.ts', import.meta.url));
const library = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

describe('the checker of forgotten awaits', () => {
  // TypeScript reads all of the library for it.
  it('finds each promise that is ignored, asked, compared or written, and no other', {
    timeout: 90_000,
  }, () => {
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: ['node'],
      paths: { 'swoole-ts': [library] },
    };
    const found = forgottenAwaits(ts.createProgram([program], options)).filter(
      ({ file }) => file === program,
    );
    const kinds = {
      'not awaited': 'ignored',
      compared: 'compared',
      'always true': 'always true',
      Promise: 'in a text',
    };
    const told = found.map(({ line, message }) => {
      const kind = Object.entries(kinds).find(([words]) => message.includes(words))?.[1];
      return `${line} ${kind}`;
    });
    const expected = readFileSync(program, 'utf8')
      .split('\n')
      .flatMap((text, i) => {
        const kind = /\/\/ forgotten: (.+)$/.exec(text)?.[1];
        return kind === undefined ? [] : [`${i + 1} ${kind}`];
      });
    expect(told).toEqual(expected);
    expect(expected.length).toBeGreaterThan(15);
    for (const { column } of found) expect(column).toBeGreaterThan(0);
  });
});
