import { Exception } from '../errors/exception.js';

/**
 * Loads a package that only those install who need it.
 * @throws Exception that says how to install it
 */
export async function loadPeer<Module>(
  load: () => Promise<Module>,
  name: string,
  user: string,
): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Exception(`${user} needs the package ${name}: npm install ${name}`, 0, error);
  }
}
