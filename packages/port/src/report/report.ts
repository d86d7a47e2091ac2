import type { Project } from '../project/project.js';
import type { Finding, PortedProgram } from '../types.js';
import { type Status, statusOf } from './status.js';

/** A name of Swoole that a file uses. */
export interface UsedApi extends Status {
  name: string;
  /** The lines that use it. */
  lines: number[];
}

/** What became of one PHP file. */
export interface FileReport {
  source: string;
  /** The TypeScript file; null when the source could not be read as PHP. */
  target: string | null;
  /** How many lines the PHP has. */
  lines: number;
  findings: Finding[];
  uses: UsedApi[];
}

/** What a run of the tool did. */
export interface Report {
  source: string;
  files: FileReport[];
  /** How many files and lines of PHP there are, and how many places and lines of them need a person, are worth a note, are no PHP. */
  total: {
    files: number;
    ported: number;
    lines: number;
    person: number;
    personLines: number;
    notes: number;
    syntax: number;
  };
  /** Packages of composer that the program requires: they are not ported with it. */
  packages: string[];
  dependencies: string[];
  assets: string[];
  leftOut: Project['leftOut'];
}

const byPlace = (a: Finding, b: Finding) => a.line - b.line || a.column - b.column;

/** Puts together what the tool found, file by file. */
export function makeReport(project: Project, ported: PortedProgram): Report {
  const findings = [...project.findings, ...ported.findings];
  const targets = new Map(ported.files.map(({ source, path }) => [source, path]));
  const files = project.sources.map(
    ({ path, text }): FileReport => ({
      source: path,
      target: targets.get(path) ?? null,
      lines: linesOf(text),
      findings: findings.filter(({ file }) => file === path).sort(byPlace),
      uses: usesOf(ported, path),
    }),
  );
  const known = new Set(files.map(({ source }) => source));
  for (const { file } of findings) {
    if (known.has(file)) continue;
    known.add(file);
    const own = findings.filter((each) => each.file === file);
    files.push({ source: file, target: null, lines: 0, findings: own.sort(byPlace), uses: [] });
  }
  const count = (kind: Finding['kind']) => findings.filter((each) => each.kind === kind).length;
  const person = findings.filter(({ kind }) => kind === 'person').map(({ file, line }) => `${file}:${line}`);
  return {
    source: project.root,
    files,
    total: {
      files: project.sources.length,
      ported: ported.files.length,
      lines: files.reduce((sum, { lines }) => sum + lines, 0),
      person: person.length,
      personLines: new Set(person).size,
      notes: count('note'),
      syntax: count('syntax'),
    },
    packages: project.composer?.packages ?? [],
    dependencies: ported.dependencies,
    assets: project.assets,
    leftOut: project.leftOut,
  };
}

const linesOf = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

function usesOf(ported: PortedProgram, path: string): UsedApi[] {
  const byName = new Map<string, Set<number>>();
  for (const { file, line, name } of ported.uses) {
    if (file !== path) continue;
    const lines = byName.get(name) ?? new Set();
    byName.set(name, lines.add(line));
  }
  return [...byName]
    .map(([name, lines]) => ({ name, lines: [...lines].sort((a, b) => a - b), ...statusOf(name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
