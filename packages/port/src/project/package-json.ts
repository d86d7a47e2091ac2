import path from 'node:path';
import { version } from '../version.js';
import type { Project } from './project.js';

/** The versions of what ported programs may import. */
const VERSIONS: Readonly<Record<string, string>> = {
  'swoole-ts': `^${version}`,
  'swoole-ts-php': `^${version}`,
  'better-sqlite3': '^12.0.0',
  ioredis: '^5.4.0',
  mysql2: '^3.11.0',
  pg: '^8.13.0',
  undici: '^7.0.0',
};

/** The name of a package in a folder. */
export const packageName = (out: string): string =>
  path
    .basename(path.resolve(out))
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '') || 'program';

/**
 * The package.json of a ported project.
 * @param name what it is called
 * @param entry the file that starts the program, or null for a library
 */
export function packageJson(
  project: Project,
  name: string,
  dependencies: readonly string[],
  entry: string | null,
): string {
  const names = [...new Set(['swoole-ts', ...dependencies])].sort();
  const scripts = {
    ...(entry === null ? {} : { start: `tsx ${entry}` }),
    types: 'tsc --noEmit',
    build: 'tsc',
  };
  const content = {
    name,
    version: '0.1.0',
    private: true,
    ...(project.composer?.description ? { description: project.composer.description } : {}),
    type: 'module',
    engines: { node: '>=20.11' },
    scripts,
    dependencies: Object.fromEntries(names.map((name) => [name, VERSIONS[name] ?? '*'])),
    devDependencies: { '@types/node': '^20.19.0', tsx: '^4.19.0', typescript: '~5.9.0' },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** The tsconfig.json of a ported project. */
export function tsconfig(): string {
  const content = {
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2023'],
      module: 'NodeNext',
      types: ['node'],
      strict: true,
      skipLibCheck: true,
      rewriteRelativeImportExtensions: true,
      rootDir: '.',
      outDir: 'dist',
      sourceMap: true,
    },
    include: ['**/*.ts'],
    exclude: ['dist', 'node_modules'],
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
