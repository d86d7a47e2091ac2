import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Finding, SourceFile } from '../types.js';
import { type Composer, readComposer } from './composer.js';
import { decode } from './decode.js';
import { includesOf, pathsOf } from './mentions.js';
import { type Project, ProjectError } from './project.js';

const PHP = /\.(?:php\d?|inc|phtml)$/i;
/** Folders that are no part of a program's source. */
const FOREIGN = new Set(['vendor', 'node_modules']);
/** What the ported project has its own of, or has no use for. */
const NOT_COPIED =
  /^(?:composer\.(?:json|lock)|package(?:-lock)?\.json|tsconfig\.json|phpunit\.xml.*|PORTING\..*)$/i;
const LARGEST_ASSET = 10 * 1024 * 1024;

const slashed = (file: string): string => file.split(path.sep).join('/');

/**
 * Reads the program to port: a PHP file with what it includes, a folder, or a composer project.
 * @param source a file or a folder
 * @param out the folder that the port goes to: it is no part of the program
 * @throws ProjectError when there is nothing to port
 */
export function readProject(source: string, out: string): Project {
  const absolute = path.resolve(source);
  if (!existsSync(absolute))
    throw new ProjectError(`There is no ${source}. Give a PHP file or the folder of a program.`);
  return statSync(absolute).isDirectory() ? readFolder(absolute, path.resolve(out)) : readFile(absolute);
}

function readFolder(root: string, out: string): Project {
  const files: string[] = [];
  const walk = (dir: string) => {
    const entries = readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const file = path.join(dir, entry.name);
      if (entry.name.startsWith('.') || FOREIGN.has(entry.name) || file === out) continue;
      if (entry.isDirectory()) walk(file);
      else if (entry.isFile()) files.push(slashed(path.relative(root, file)));
    }
  };
  walk(root);
  const php = files.filter((file) => PHP.test(file) || isPhpScript(path.join(root, file)));
  if (php.length === 0)
    throw new ProjectError(
      `There is no PHP file in ${root}. Give the folder that holds the program's source.`,
    );
  const isPhp = new Set(php);
  return project(
    root,
    php,
    files.filter((file) => !isPhp.has(file)),
  );
}

/** A program without an extension, as those in `bin` are. */
function isPhpScript(file: string): boolean {
  if (path.extname(file) !== '' || statSync(file).size > LARGEST_ASSET) return false;
  const [first = ''] = readFileSync(file, 'latin1').split('\n', 1);
  return /^#!.*\bphp\b/.test(first) || first.startsWith('<?php');
}

/** A file, what it includes, and what those mention by a path. */
function readFile(file: string): Project {
  const php = [file];
  const assets = new Set<string>();
  // The list grows while it is walked.
  for (const one of php) {
    const { text } = decode(readFileSync(one));
    const dir = path.dirname(one);
    for (const mentioned of [...includesOf(text), ...pathsOf(text)]) {
      const found = path.resolve(dir, mentioned);
      if (mentioned === '' || !existsSync(found) || slashed(found).includes('/vendor/')) continue;
      if (statSync(found).isDirectory()) for (const asset of filesUnder(found)) assets.add(asset);
      else if (!PHP.test(found)) assets.add(found);
      else if (!php.includes(found)) php.push(found);
    }
  }
  const root = commonFolder(php);
  const relative = (one: string) => slashed(path.relative(root, one));
  const inside = [...assets].map(relative).filter((asset) => !asset.startsWith('../') && !PHP.test(asset));
  return project(root, php.map(relative).sort(), inside.sort());
}

const filesUnder = (dir: string): string[] =>
  readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !/[\\/](?:\.|node_modules[\\/]|vendor[\\/])/.test(file.slice(dir.length)));

function commonFolder(files: readonly string[]): string {
  let folder = path.dirname(files[0] ?? '.');
  while (!files.every((file) => file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep)))
    folder = path.dirname(folder);
  return folder;
}

function project(root: string, php: readonly string[], others: readonly string[]): Project {
  const findings: Finding[] = [];
  const sources = php.map((file): SourceFile => {
    const { text, encoding } = decode(readFileSync(path.join(root, file)));
    if (encoding !== null)
      findings.push({
        file,
        line: 1,
        column: 1,
        php: text.split('\n', 1)[0]?.trim() ?? '',
        kind: 'note',
        reason: `The file is not UTF-8; it was read as ${encoding}, and the TypeScript is UTF-8.`,
        advice:
          'Look whether its texts are right, and whether somebody who gets them expects the old encoding.',
      });
    return { path: file, text };
  });
  const leftOut: Project['leftOut'] = [];
  const assets = others.filter((file) => {
    if (NOT_COPIED.test(file)) return false;
    const large = statSync(path.join(root, file)).size > LARGEST_ASSET;
    if (large) leftOut.push({ path: file, why: 'larger than 10 MB' });
    return !large;
  });
  const composer = composerOf(root, findings);
  return {
    root,
    name: composer?.name?.split('/').at(-1) ?? null,
    sources,
    assets,
    leftOut,
    composer,
    findings,
  };
}

function composerOf(root: string, findings: Finding[]): Composer | null {
  const file = path.join(root, 'composer.json');
  if (!existsSync(file)) return null;
  const composer = readComposer(readFileSync(file, 'utf8'));
  if (composer === null)
    findings.push({
      file: 'composer.json',
      line: 1,
      column: 1,
      php: '',
      kind: 'note',
      reason: 'It is not JSON, and was left aside.',
      advice: 'Run composer validate.',
    });
  return composer;
}
