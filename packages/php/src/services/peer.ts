import { RuntimeException } from '../errors/exceptions.js';

/** Loads the package that a service is built on when it is first used. `names` are tried in order. */
export async function loadPeer<T>(
  what: string,
  ...names: [string, ...string[]]
): Promise<{ name: string; module: T }> {
  for (const name of names) {
    try {
      const module = (await import(name)) as { default?: unknown };
      return { name, module: (module.default ?? module) as T };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (
        code !== 'ERR_MODULE_NOT_FOUND' &&
        code !== 'MODULE_NOT_FOUND' &&
        code !== 'ERR_UNKNOWN_BUILTIN_MODULE'
      )
        throw error;
    }
  }
  const install = names.filter((name) => !name.startsWith('node:'));
  throw new RuntimeException(`${what} needs a package that is not installed: npm install ${install[0]}`);
}
