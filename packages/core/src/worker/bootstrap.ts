import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ASSIGNMENT_KEY } from './thread.js';

/**
 * What a new thread runs first. tsx leaves threads alone unless it is registered in them. The script is imported like the first
 * thread's, and what it throws ends the thread.
 */
export const BOOTSTRAP = `
const { createRequire } = require('node:module');
const { workerData } = require('node:worker_threads');
const { preload, entry } = workerData['${ASSIGNMENT_KEY}'];
(async () => {
  for (const url of preload) {
    const [, folder, file] = /^(.*\\/tsx\\/dist\\/)(loader\\.mjs|cjs\\/index\\.cjs|esm\\/index\\.mjs)$/.exec(url) ?? [];
    if (file === undefined) await import(url);
    if (file === 'loader.mjs' || file === 'cjs/index.cjs') createRequire(folder)('tsx/cjs/api').register();
    if (file === 'loader.mjs' || file === 'esm/index.mjs') (await import(folder + 'esm/api/index.mjs')).register();
  }
  await import(entry);
})();
`;

/** What NODE_OPTIONS says, word by word; a word in double quotes may have blanks. */
function nodeOptions(): string[] {
  const words = process.env.NODE_OPTIONS?.match(/(?:[^\s"]|"(?:[^"\\]|\\.)*")+/g) ?? [];
  return words.map((word) =>
    word.replace(/"((?:[^"\\]|\\.)*)"/g, (_all, inner: string) => inner.replace(/\\(.)/g, '$1')),
  );
}

/** The modules that the first thread was told to import before the script (`--import`, `--require`), as URLs. */
export function preloads(execArgv: readonly string[] = [...nodeOptions(), ...process.execArgv]): string[] {
  const resolve = createRequire(path.join(process.cwd(), 'noop.js')).resolve;
  const urls: string[] = [];
  for (let i = 0; i < execArgv.length; i++) {
    const [flag, inline] = (execArgv[i] as string).split('=', 2) as [string, string | undefined];
    if (!['--import', '--loader', '--experimental-loader', '--require', '-r'].includes(flag)) continue;
    const name = inline ?? execArgv[++i];
    if (name === undefined || name.endsWith('preflight.cjs')) continue;
    urls.push(/^(file|data|node):/.test(name) ? name : pathToFileURL(resolve(name)).href);
  }
  return urls;
}

/** The script that the program was started with. @throws Error where there is none */
export function entryUrl(): string {
  const script = process.argv[1];
  if (script === undefined)
    throw new Error(
      'several workers need a script to run in each of them, and this program has none (node -e, or the REPL): put it in a file',
    );
  return pathToFileURL(createRequire(path.join(process.cwd(), 'noop.js')).resolve(path.resolve(script))).href;
}
