// The library's source, for the tables: its modules, and its text.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const src = path.join(root, 'packages/core/src');

export const importSource = (file) => tsImport(path.join(src, file), import.meta.url);
export const readText = (file) => readFileSync(path.join(root, file), 'utf8');

/** Text in a cell of a table: nothing in it is read as HTML, as Vue, or as the cell's end. */
export const cell = (text) =>
  text
    .replace(/[<>|]/g, (c) => `&#${c.charCodeAt(0)};`)
    .replace(/\{\{/g, '&#123;&#123;')
    .replaceAll('\n', ' ');

/** Code in a cell of a table. */
export const code = (text) => `\`${text.replaceAll('|', '\\|')}\``;

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
