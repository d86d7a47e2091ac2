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
 * name means the one of the file that it includes.
 */
export function preferIncluded(symbols: Symbols, again: readonly SameName[]): void {
  if (again.length === 0) return;
  const includes = new Map(symbols.files.map((file) => [file, includedBy(symbols, file)]));
  for (const file of symbols.files) {
    const scope = symbols.scopes.get(file.parsed.program);
    if (!scope) continue;
    const reached = new Set([file]);
    for (const each of reached) for (const next of includes.get(each) ?? []) reached.add(next);
    reached.delete(file);
    for (const same of again)
      if (reached.has(same.file) && !isOwn(symbols, file, scope, same))
        scope[same.kind].set(same.name.toLowerCase(), same.unique);
  }
}

function isOwn(symbols: Symbols, file: FileInfo, scope: NameScope, { kind, name }: SameName): boolean {
  const lower = name.toLowerCase();
  return scope[kind].has(lower) || symbols[kind].get(lower)?.file === file;
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
