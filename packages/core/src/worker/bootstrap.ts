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
    if (url.endsWith('/tsx/dist/loader.mjs')) {
      createRequire(url)('tsx/cjs/api').register();
      (await import(new URL('esm/api/index.mjs', url).href)).register();
    } else await import(url);
  }
  await import(entry);
})();
`;

/** The modules that the first thread was told to import before the script (`--import`, `--require`), as URLs. */
export function preloads(execArgv: readonly string[] = process.execArgv): string[] {
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
