/** The Markdown of this repository that people read: the site's pages and those beside the code. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.join(import.meta.dirname, '../..');
export const docs = path.join(root, 'docs');

const LEFT_OUT = new Set(['node_modules', '.vitepress', 'snippets', 'test', 'generate', 'dist']);

function markdownIn(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : markdownIn(path.join(dir, entry.name));
    return entry.name.endsWith('.md') ? [path.join(dir, entry.name)] : [];
  });
}

export const sitePages = markdownIn(docs);

const beside = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'packages/core/README.md'];
export const pages = [...sitePages, ...beside.map((file) => path.join(root, file)).filter(existsSync)];

export const read = (file: string): string => readFileSync(file, 'utf8');
export const nameOf = (file: string): string => path.relative(root, file);

/** A page's text without its code, where nothing is a link. */
export const withoutCode = (text: string): string =>
  text.replaceAll(/^(`{3,}).*\n[\s\S]*?^\1.*$/gm, '').replaceAll(/`[^`\n]*`/g, '');
