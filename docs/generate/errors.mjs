// The reference of error numbers, from errors/numbers.ts, errors/swoole-error-texts.ts and the places that set them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cell, code, importSource, src, table } from './source.mjs';

/** The constants that the library sets somewhere. */
function inUse() {
  const used = new Set();
  for (const entry of readdirSync(src, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const isList = file.endsWith('errors/numbers.ts') || file.endsWith('errors/swoole-error-texts.ts');
    if (!entry.isFile() || !file.endsWith('.ts') || isList) continue;
    for (const [name] of readFileSync(file, 'utf8').matchAll(/\bSWOOLE_ERROR_\w+/g)) used.add(name);
  }
  return used;
}

export async function errorBlocks() {
  const numbers = await importSource('errors/numbers.ts');
  const { SWOOLE_ERROR_TEXTS: texts } = await importSource('errors/swoole-error-texts.ts');
  const used = inUse();
  const all = Object.entries(numbers)
    .filter(([, value]) => typeof value === 'number')
    .sort((a, b) => a[1] - b[1]);
  const rows = (wanted) =>
    table(
      ['Number', 'Constant', 'Text'],
      all
        .filter(([name]) => used.has(name) === wanted)
        .map(([name, value]) => [String(value), code(name), cell(texts.get(value) ?? '')]),
    );
  return { 'errors-used': rows(true), 'errors-others': rows(false) };
}
