import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { loadPeer } from '../../src/database/load-peer.js';
import { Exception } from '../../src/errors/exception.js';

const src = path.join(import.meta.dirname, '../../src');
/** The program of the command swoole-ts-check is a file of its own. */
const OF_THE_COMMAND = /^check[/.]/;

/** Whether `import()` is called anywhere in a file. */
function importsLater(file: string): boolean {
  const source = ts.createSourceFile(
    file,
    readFileSync(path.join(src, file), 'utf8'),
    ts.ScriptTarget.ES2022,
  );
  const calls = (node: ts.Node): boolean =>
    (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) ||
    (ts.forEachChild(node, (child) => calls(child) || undefined) ?? false);
  return calls(source);
}

describe('loadPeer()', () => {
  it('gives a package, or a part of it', () => {
    expect(loadPeer<typeof import('pg')>('pg', 'a test').Client).toBeTypeOf('function');
    expect(loadPeer<typeof import('mysql2/promise')>('mysql2/promise', 'a test')).toHaveProperty(
      'createConnection',
    );
  });

  it('says how to install a package that is not there', () => {
    const load = () => loadPeer('not-installed/part', 'A test');
    expect(load).toThrow(Exception);
    expect(load).toThrow('A test needs the package not-installed: npm install not-installed');
  });

  it('stands for import(), with which every start of a program under tsx takes half a second longer', () => {
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !OF_THE_COMMAND.test(file),
    );
    expect(files.length).toBeGreaterThan(300);
    expect(files.filter(importsLater)).toEqual([]);
  });
});
