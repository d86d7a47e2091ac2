import path from 'node:path';
import ts from 'typescript';
import { COMPILER_OPTIONS, resolutionBase, typeRoots } from '../api/load.js';
import type { PortedFile } from '../types.js';
import { applyEdits, type Edit } from './edits.js';
import { mend } from './mend.js';

/** How often the program is checked and mended: a mended place may show another behind it. */
const ROUNDS = 6;

/**
 * Checks ported files with TypeScript and puts a `!`, an `as any` or a type where only a type stands in the way of what the
 * program does. What TypeScript still refuses after that is left to be seen.
 * @param format gives a changed text its form
 */
export async function settleTypes(
  files: PortedFile[],
  format: (text: string) => Promise<string>,
  resolveFrom: string | undefined,
): Promise<PortedFile[]> {
  const checker = new Checker(files, resolutionBase(resolveFrom));
  const touched = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const edits = checker.edits();
    if (edits.size === 0) break;
    for (const [name, list] of edits) {
      touched.add(name);
      checker.change(name, applyEdits(checker.text(name), list));
    }
  }
  const settled: PortedFile[] = [];
  for (const file of files) {
    const name = checker.nameOf(file);
    settled.push(touched.has(name) ? { ...file, text: await format(checker.text(name)) } : file);
  }
  return settled;
}

/** The errors that TypeScript still finds, for tests: `path:line message`. */
export function typeErrors(files: readonly PortedFile[], resolveFrom?: string): string[] {
  return new Checker(files, resolutionBase(resolveFrom)).errors();
}

/** A TypeScript program of files that exist in memory only. */
class Checker {
  readonly #root: string;
  readonly #texts = new Map<string, string>();
  readonly #versions = new Map<string, number>();
  readonly #service: ts.LanguageService;

  constructor(files: readonly PortedFile[], base: string) {
    this.#root = path.join(base, '__ported__');
    for (const file of files) this.change(this.nameOf(file), file.text);
    const options = { ...COMPILER_OPTIONS, typeRoots: typeRoots(base) };
    const host: ts.LanguageServiceHost = {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...this.#texts.keys()],
      getScriptVersion: (name) => String(this.#versions.get(name) ?? 0),
      getScriptSnapshot: (name) => {
        const text = this.#texts.get(name) ?? ts.sys.readFile(name);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => base,
      getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
      fileExists: (name) => this.#texts.has(name) || ts.sys.fileExists(name),
      readFile: (name) => this.#texts.get(name) ?? ts.sys.readFile(name),
      directoryExists: (name) => name.startsWith(this.#root) || ts.sys.directoryExists(name),
      getDirectories: ts.sys.getDirectories,
      realpath: (name) => ts.sys.realpath?.(name) ?? name,
    };
    this.#service = ts.createLanguageService(host, registry);
  }

  nameOf(file: PortedFile): string {
    return path.join(this.#root, file.path);
  }

  text(name: string): string {
    return this.#texts.get(name) ?? '';
  }

  change(name: string, text: string): void {
    this.#texts.set(name, text);
    this.#versions.set(name, ++changes);
  }

  #program(): ts.Program {
    const program = this.#service.getProgram();
    if (!program) throw new Error('TypeScript gave no program');
    return program;
  }

  edits(): Map<string, Edit[]> {
    const program = this.#program();
    const all = new Map<string, Edit[]>();
    for (const name of this.#texts.keys()) {
      const source = program.getSourceFile(name);
      if (!source) continue;
      const edits = program
        .getSemanticDiagnostics(source)
        .map((diagnostic) => mend(diagnostic, source, program.getTypeChecker()))
        .filter((edit) => edit !== null);
      if (edits.length > 0) all.set(name, edits);
    }
    return all;
  }

  errors(): string[] {
    const program = this.#program();
    return [...this.#texts.keys()].flatMap((name) => {
      const source = program.getSourceFile(name);
      if (!source) return [];
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
        ({ start, messageText }) => {
          const line = source.getLineAndCharacterOfPosition(start ?? 0).line + 1;
          return `${path.relative(this.#root, name)}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
        },
      );
    });
  }
}

const registry = ts.createDocumentRegistry();
/** Programs of the same process share the registry, and may have files of the same name: no two texts have one version. */
let changes = 0;
