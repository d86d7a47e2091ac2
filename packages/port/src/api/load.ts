import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { Api } from './api.js';

export const COMPILER_OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  allowImportingTsExtensions: true,
};

/** The folder from which the packages of ported programs are looked up. */
export function resolutionBase(resolveFrom: string | undefined): string {
  return resolveFrom ?? path.dirname(fileURLToPath(import.meta.url));
}

let loaded: { base: string; api: Api } | null = null;

/** What swoole-ts and swoole-ts-php export, read from their declarations. Read once. */
export function loadApi(resolveFrom: string | undefined): Api {
  const base = resolutionBase(resolveFrom);
  if (loaded?.base === base) return loaded.api;
  const entry = path.join(base, '__api__.ts');
  const text = [
    "export * as swoole from 'swoole-ts/legacy';",
    "export * as modern from 'swoole-ts';",
    "export * as short from 'swoole-ts/shortnames';",
    "export * as php from 'swoole-ts-php';",
  ].join('\n');
  const host = ts.createCompilerHost(COMPILER_OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, target) =>
    path.resolve(name) === entry
      ? ts.createSourceFile(name, text, target)
      : getSourceFile.call(host, name, target);
  host.fileExists = (name) => path.resolve(name) === entry || fileExists.call(host, name);
  host.readFile = (name) => (path.resolve(name) === entry ? text : readFile.call(host, name));
  const program = ts.createProgram([entry], { ...COMPILER_OPTIONS, typeRoots: typeRoots(base) }, host);
  const api = new Api(program, entry);
  loaded = { base, api };
  return api;
}

/** Where `@types/node` is, also for a program outside of any project. */
export function typeRoots(base: string): string[] {
  for (const from of [path.join(base, 'x.ts'), fileURLToPath(import.meta.url)]) {
    try {
      const found = createRequire(from).resolve('@types/node/package.json');
      return [path.dirname(path.dirname(found))];
    } catch {
      // looked for elsewhere
    }
  }
  return [];
}
