import { createRequire } from 'node:module';
import path from 'node:path';
import type { UwsBinding } from './binding.js';

/**
 * Tried in this order: the official build when the user installed it, then the npm mirror. Its newer release has binaries for Node 22
 * and later on glibc 2.38 and later, its older one for Node 18 to 23 on older systems.
 */
const OFFICIAL = 'uWebSockets.js';
const MIRRORS =
  Number(process.versions.node.split('.')[0]) < 22
    ? ['@uwsjs/core-20.51', '@uwsjs/core-20.69']
    : ['@uwsjs/core-20.69', '@uwsjs/core-20.51'];

/** The largest request head accepted, in bytes; uWebSockets.js reads it once from the environment when it loads. */
const MAX_HEAD_BYTES = '65536';
/** Leaves out the `uWebSockets: 20` response header, which Swoole's answers do not have. */
const WITHOUT_MARK = '999999990007';

export interface LoadedBinding {
  binding: UwsBinding;
  /** Which build runs and why, in a line. */
  description: string;
}

let loaded: LoadedBinding | null = null;

/** Loads uWebSockets.js, once. @throws Error as {@link firstThatLoads} */
export function loadBinding(): LoadedBinding {
  if (loaded !== null) return loaded;
  process.env.UWS_HTTP_MAX_HEADERS_SIZE ??= MAX_HEAD_BYTES;
  const own = createRequire(import.meta.url);
  const program = createRequire(path.join(process.cwd(), 'noop.js'));
  loaded = firstThatLoads([OFFICIAL, ...MIRRORS], (name) => {
    if (name !== OFFICIAL) return own(name) as UwsBinding;
    try {
      return program(name) as UwsBinding;
    } catch {
      return own(name) as UwsBinding;
    }
  });
  loaded.binding._cfg(WITHOUT_MARK);
  return loaded;
}

/**
 * The first build that loads.
 * @throws Error naming every build tried, why it did not load, and what to do
 */
export function firstThatLoads(names: readonly string[], load: (name: string) => UwsBinding): LoadedBinding {
  const failures: string[] = [];
  for (const name of names) {
    try {
      const binding = load(name);
      const passedOver = failures.length > 0 ? `; passed over: ${failures.join('; ')}` : '';
      return { binding, description: `engine uws: ${name} on Node ${process.versions.node}${passedOver}` };
    } catch (error) {
      failures.push(`${name} (${String((error as Error).message).split('\n')[0]})`);
    }
  }
  throw new Error(
    `swoole-ts found no uWebSockets.js that runs on Node ${process.versions.node}, ${process.platform} ${process.arch}. Tried: ${failures.join('; ')}. ` +
      'Remedy: install with optional dependencies (`npm install --include=optional`), or install the official build beside swoole-ts: ' +
      '`npm install uNetworking/uWebSockets.js#v20.51.0`.',
  );
}
