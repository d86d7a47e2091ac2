import { createRequire } from 'node:module';
import path from 'node:path';
import type { UwsBinding } from './binding.js';

/**
 * Tried in this order: the official build when the user installed it, then the npm mirror. Its newer release has binaries for Node 22
 * and later on glibc 2.38 and later, its older one for Node 18 to 23 on older systems.
 */
const MIRRORS =
  Number(process.versions.node.split('.')[0]) < 22
    ? ['@uwsjs/core-20.51', '@uwsjs/core-20.69']
    : ['@uwsjs/core-20.69', '@uwsjs/core-20.51'];
const CANDIDATES = ['uWebSockets.js', ...MIRRORS];

/** The largest request head accepted, in bytes; uWebSockets.js reads it once from the environment when it loads. */
const MAX_HEAD_BYTES = '65536';

export interface LoadedBinding {
  binding: UwsBinding;
  description: string;
}

let loaded: LoadedBinding | null = null;

/**
 * Loads uWebSockets.js.
 * @returns the binding and a line that says which build runs and why
 * @throws Error naming every build tried, why it did not load, and what to do
 */
export function loadBinding(): LoadedBinding {
  if (loaded) return loaded;
  process.env.UWS_HTTP_MAX_HEADERS_SIZE ??= MAX_HEAD_BYTES;
  const own = createRequire(import.meta.url);
  const program = createRequire(path.join(process.cwd(), 'noop.js'));
  const failures: string[] = [];
  for (const name of CANDIDATES) {
    for (const require of name === 'uWebSockets.js' ? [program, own] : [own]) {
      try {
        const binding = require(name) as UwsBinding;
        // Leaves out the `uWebSockets: 20` response header, which Swoole's answers do not have.
        binding._cfg('999999990007');
        const passed = failures.length ? `; passed over: ${failures.join('; ')}` : '';
        loaded = { binding, description: `engine uws: ${name} on Node ${process.versions.node}${passed}` };
        return loaded;
      } catch (error) {
        const reason = (error as Error).message.split('\n')[0];
        if (!failures.some((failure) => failure.startsWith(`${name} (`)))
          failures.push(`${name} (${reason})`);
      }
    }
  }
  throw new Error(
    `swoole-ts found no uWebSockets.js that runs on Node ${process.versions.node}, ${process.platform} ${process.arch}. Tried: ${failures.join('; ')}. ` +
      'Remedy: install with optional dependencies (`npm install --include=optional`), or install the official build beside swoole-ts: ' +
      '`npm install uNetworking/uWebSockets.js#v20.51.0`.',
  );
}
