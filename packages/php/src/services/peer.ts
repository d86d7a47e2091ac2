import { createRequire } from 'node:module';
import { RuntimeException } from '../errors/exceptions.js';

const load = createRequire(import.meta.url);

/** Loads the package that a service is built on when it is first used. `names` are tried in order. */
export async function loadPeer<T>(
  what: string,
  ...names: [string, ...string[]]
): Promise<{ name: string; module: T }> {
  for (const name of names) {
    try {
      return { name, module: load(name) as T };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const missing =
        code === 'ERR_UNKNOWN_BUILTIN_MODULE' ||
        (code === 'MODULE_NOT_FOUND' && message.includes(`'${name}'`));
      if (!missing) throw error;
    }
  }
  const install = names.filter((name) => !name.startsWith('node:')).map((name) => name.split('/')[0]);
  throw new RuntimeException(`${what} needs a package that is not installed: npm install ${install[0]}`);
}
