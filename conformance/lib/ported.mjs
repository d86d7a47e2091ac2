// @ts-check
// Ports the scenarios' PHP with the tool, and compiles all of it in one program of TypeScript.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** @typedef {import('swoole-ts-port').Finding} Finding */
/**
 * A scenario's port.
 * @typedef {object} Ported
 * @property {string} program the compiled program
 * @property {readonly Finding[]} findings
 * @property {readonly string[]} errors what TypeScript says against it
 * @property {string | null} crash why the tool made nothing of it
 */

/** What a ported project's tsconfig.json has. */
const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  rewriteRelativeImportExtensions: true,
};

/**
 * @param {readonly { name: string, php: string }[]} programs the name of each and its PHP file
 * @param {string} out the folder for the ports; it is emptied
 * @param {string} root a folder from which swoole-ts is found
 * @returns {Promise<Map<string, Ported>>}
 */
export async function portAll(programs, out, root) {
  const { portProgram } = await import('swoole-ts-port');
  rmSync(out, { recursive: true, force: true });
  /** @type {Map<string, Ported>} */
  const all = new Map();
  /** @type {string[]} */
  const written = [];
  for (const { name, php } of programs) {
    const dir = path.join(out, name);
    mkdirSync(dir, { recursive: true });
    const program = path.join(dir, 'server.js');
    try {
      const source = { path: 'server.php', text: readFileSync(php, 'utf8') };
      const { files, findings } = await portProgram([source], { resolveFrom: root });
      for (const file of files) {
        const target = path.join(dir, file.path);
        writeFileSync(target, file.text);
        written.push(target);
      }
      all.set(name, { program, findings, errors: [], crash: null });
    } catch (error) {
      const crash = error instanceof Error ? (error.stack ?? error.message) : String(error);
      all.set(name, { program, findings: [], errors: [], crash });
    }
  }
  const errors = compile(written);
  for (const [name, ported] of all)
    ported.errors = errors
      .filter(({ file }) => path.dirname(file) === path.join(out, name))
      .map(({ text }) => text);
  return all;
}

/** Compiles files beside themselves. @param {readonly string[]} files */
function compile(files) {
  const program = ts.createProgram([...files], OPTIONS);
  program.emit();
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText, code }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    const message = ts.flattenDiagnosticMessageText(messageText, '\n');
    return { file: file?.fileName ?? '', text: `server.ts:${line} TS${code} ${message}` };
  });
}
