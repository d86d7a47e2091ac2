import { createRequire } from 'node:module';
import { Exception } from '../errors/exception.js';

const load = createRequire(import.meta.url);

/**
 * Loads a package that only those install who need it. By `require`: over a module with an `import()` in it tsx goes anew at every start of
 * a program, and swoole-ts is one large module.
 * @param module the package, or the part of it that is used
 * @param user what needs it
 * @throws Exception that says how to install it
 */
export function loadPeer<Module>(module: string, user: string): Module {
  try {
    return load(module) as Module;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    const name = module.split('/')[0];
    throw new Exception(`${user} needs the package ${name}: npm install ${name}`, 0, error);
  }
}
