import type * as ast from '../parse/ast.js';
import { walk } from '../parse/walk.js';
import { filesAt, pathParts } from './paths.js';
import type { FileInfo, NameScope } from './program-model.js';
import type { Symbols } from './symbols.js';

/** Between a name and the file that declares it once more. */
const MARK = '\0';

/** A class or function whose name an earlier file has already. */
export interface SameName {
  kind: 'classes' | 'functions';
  /** As other files call it. */
  name: string;
  /** As the analysis calls it. */
  unique: string;
  file: FileInfo;
}

/** A name as PHP has it. */
export const phpName = (name: string): string => name.split(MARK, 1)[0] ?? name;

/** The name by which the analysis knows what another file has declared under this one. */
export const uniqueName = (name: string, file: FileInfo): string => `${name}${MARK}${file.path}`;

/**
 * The scripts of a folder may each be a program of their own, with a `Server` or an `onMessage` of their own: a file that declares no such
 * name means the one of a file that it includes, else the one that is nearest in the folders.
 */
export function preferNear(symbols: Symbols, again: readonly SameName[]): void {
  if (again.length === 0) return;
  const includes = new Map(symbols.files.map((file) => [file, includedBy(symbols, file)]));
  const groups = new Map<string, SameName[]>();
  for (const same of again) {
    const key = `${same.kind} ${same.name.toLowerCase()}`;
    groups.set(key, [...(groups.get(key) ?? []), same]);
  }
  for (const file of symbols.files) {
    const reached = new Set([file]);
    for (const each of reached) for (const next of includes.get(each) ?? []) reached.add(next);
    for (const group of groups.values()) prefer(symbols, file, reached, group);
  }
}

function prefer(
  symbols: Symbols,
  file: FileInfo,
  reached: ReadonlySet<FileInfo>,
  group: readonly SameName[],
): void {
  const [same] = group;
  const first = same && symbols[same.kind].get(same.name.toLowerCase());
  if (!first || first.file === file || group.some((each) => each.file === file)) return;
  const rank = (other: FileInfo): number =>
    (reached.has(other) ? 1000 : 0) + sharedFolders(file.path, other.path);
  let best: SameName | null = null;
  let most = rank(first.file);
  for (const each of group) {
    if (rank(each.file) <= most) continue;
    best = each;
    most = rank(each.file);
  }
  if (best) for (const scope of scopesOf(symbols, file)) rename(scope, best);
}

function rename(scope: NameScope, { kind, name, unique }: SameName): void {
  const names = scope[kind];
  for (const [short, full] of names) if (full.toLowerCase() === name.toLowerCase()) names.set(short, unique);
  const parts = name.split('\\');
  const own = (parts.pop() ?? '').toLowerCase();
  if (parts.join('\\') === scope.namespace && !names.has(own)) names.set(own, unique);
}

function scopesOf(symbols: Symbols, file: FileInfo): NameScope[] {
  const { program } = file.parsed;
  return [program, ...program.children].flatMap((node) => symbols.scopes.get(node) ?? []);
}

function sharedFolders(one: string, other: string): number {
  const others = other.split('/').slice(0, -1);
  const differs = one
    .split('/')
    .slice(0, -1)
    .findIndex((part, i) => part !== others[i]);
  return differs < 0 ? one.split('/').length - 1 : differs;
}

function includedBy(symbols: Symbols, file: FileInfo): FileInfo[] {
  const found: FileInfo[] = [];
  walk(file.parsed.program, (node: ast.Node) => {
    if (node.kind === 'include')
      found.push(...filesAt(symbols.files, file, pathParts(symbols, file.main, node.target)));
    return true;
  });
  return found;
}
