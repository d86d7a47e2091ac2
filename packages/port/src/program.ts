import { format } from 'prettier';
import { Analysis } from './analyse/analysis.js';
import type { FileInfo } from './analyse/program-model.js';
import { Symbols } from './analyse/symbols.js';
import { loadApi } from './api/load.js';
import { isOldClass, LEGACY_METHODS } from './api/swoole-names.js';
import { emitFile } from './emit/file.js';
import { type ParsedFile, parse } from './parse/parse.js';
import { walk } from './parse/walk.js';
import { settleTypes } from './settle/settle.js';
import type { Finding, PortedFile, PortedProgram, PortOptions, SourceFile } from './types.js';

/**
 * Ports a PHP program to TypeScript.
 * @param files all files of the program: what one declares is known in the others
 * @param options where to look packages up, and whether the result is checked
 * @returns a TypeScript file for each PHP file, and what somebody has to look at
 */
export async function portProgram(files: SourceFile[], options: PortOptions = {}): Promise<PortedProgram> {
  const ordered = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const findings: Finding[] = [];
  const read = ordered.map((file, i) => {
    options.progress?.('reading', i, ordered.length);
    const one = parse(file);
    findings.push(...mistakes(one));
    return one;
  });
  // What the parser makes of a file with mistakes has holes in it.
  const parsed = read.filter((file) => file.mistakes.length === 0);
  const api = loadApi(options.resolveFrom);
  const analysis = new Analysis(new Symbols(parsed), api);
  options.progress?.('analysing', 0, 1);
  analysis.run();
  const library = needsLegacy(parsed, analysis) ? 'swoole-ts/legacy' : 'swoole-ts';
  const packages = new Set<string>();
  const written: PortedFile[] = [];
  for (const [i, file] of analysis.symbols.files.entries()) {
    options.progress?.('writing', i, analysis.symbols.files.length);
    try {
      const emitted = safely(analysis, file, findings, library);
      if (!emitted) continue;
      for (const name of emitted.packages) packages.add(name);
      written.push({ path: file.target, text: await formatted(emitted.text), source: file.path });
    } catch (error) {
      findings.push(fault(file.path, error));
    }
  }
  options.progress?.('checking', 0, 1);
  const settled =
    options.check === false ? written : await settleTypes(written, formatted, options.resolveFrom);
  findings.sort((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column,
  );
  return {
    files: settled,
    findings,
    uses: [...analysis.uses.values()].sort((a, b) =>
      a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line,
    ),
    dependencies: [...packages].sort(),
  };
}

/** Prettier's form of a text; a text that it cannot read stays as it is. */
export async function formatted(text: string): Promise<string> {
  try {
    return await format(text, {
      parser: 'typescript',
      singleQuote: true,
      printWidth: 110,
      trailingComma: 'all',
    });
  } catch (error) {
    if (process.env.SWOOLE_TS_PORT_DEBUG)
      console.error((error as Error).message.split('\n').slice(0, 8).join('\n'));
    return text;
  }
}

/** Writes a file; what the tool itself cannot do is a finding, and the file is left out. */
function safely(
  analysis: Analysis,
  file: FileInfo,
  findings: Finding[],
  library: string,
): ReturnType<typeof emitFile> | null {
  try {
    return emitFile(analysis, file, findings, library);
  } catch (error) {
    if (process.env.SWOOLE_TS_PORT_DEBUG) console.error(error);
    findings.push({
      file: file.path,
      line: 1,
      column: 1,
      php: '',
      kind: 'person',
      reason: `swoole-ts-port could not port this file: ${(error as Error).message}`,
      advice: 'Port it by hand, and tell the makers of the tool.',
    });
    return null;
  }
}

function mistakes(file: ParsedFile): Finding[] {
  const lines = file.text.split('\n');
  return file.mistakes.map(({ line, column, message }) => ({
    file: file.path,
    line,
    column: column + 1,
    php: (lines[line - 1] ?? '').trim(),
    kind: 'syntax',
    reason: message,
    advice: 'Mend it in the PHP source: nothing was made of this file.',
  }));
}

/** The tool failed at a file. The others are ported all the same. */
const fault = (file: string, error: unknown): Finding => ({
  file,
  line: 1,
  column: 1,
  php: '',
  kind: 'person',
  reason: `swoole-ts-port failed at this file: ${error instanceof Error ? error.message : String(error)}.`,
  advice: 'This is a fault of the tool: please report it with the file. Until then, port it by hand.',
});

/** Whether the program uses what left Swoole after version 4. */
function needsLegacy(parsed: readonly ParsedFile[], analysis: Analysis): boolean {
  let found = false;
  for (const file of parsed) {
    walk(file.program, (node) => {
      if (node.kind === 'name' && isOldClass(node.name.replace(/^\\/, ''))) found = true;
      if (
        node.kind === 'call' &&
        node.what.kind === 'propertylookup' &&
        node.what.offset.kind === 'identifier'
      ) {
        const classes = analysis.typeOf(node.what.what).classes.join();
        if (
          LEGACY_METHODS.has(node.what.offset.name) &&
          /Swoole\\(?:Server|Http\\Server|WebSocket\\Server)/.test(classes)
        )
          found = true;
      }
      return !found;
    });
  }
  return found;
}
