import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import * as php from '../src/index.js';

/** `programs/NAME.php` and `programs/NAME.ts` are the same program; `NAME.txt` is what PHP printed. */
const dir = new URL('programs/', import.meta.url);
const names = readdirSync(dir)
  .filter((file) => file.endsWith('.php'))
  .map((file) => file.slice(0, -4));

afterEach(() => {
  while (php.ob_get_level() > 0) php.ob_end_clean();
});

/** The numbers of objects depend on what was made before. */
const unnumbered = (output: string): string => output.replace(/\)#\d+ \(/g, ')#0 (');

describe('a program prints what its PHP original prints', () => {
  it.each(names)('%s', async (name) => {
    const { main } = (await import(new URL(`${name}.ts`, dir).href)) as { main: () => unknown };
    php.ob_start();
    await main();
    expect(unnumbered(php.ob_get_clean() || '')).toBe(
      unnumbered(readFileSync(new URL(`${name}.txt`, dir), 'utf8')),
    );
  });
});
