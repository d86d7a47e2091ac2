import { warn } from '../errors/raise.js';

const TEXTS: { readonly [code: string]: string } = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EPERM: 'Operation not permitted',
  EEXIST: 'File exists',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  ENOTEMPTY: 'Directory not empty',
  EINVAL: 'Invalid argument',
  ENOSPC: 'No space left on device',
  EROFS: 'Read-only file system',
  ELOOP: 'Too many levels of symbolic links',
  ENAMETOOLONG: 'File name too long',
  EMFILE: 'Too many open files',
  EXDEV: 'Invalid cross-device link',
};

/** The text that the system has for an error. */
export function systemText(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return TEXTS[code] ?? message;
}

/**
 * Runs what may fail in the file system: then PHP's warning is raised and the result is false.
 * @param name how the call looks in the warning: `unlink(file)`
 */
export function attempt<T>(name: string, work: () => T, prefix = ''): T | false {
  try {
    return work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    warn(`${name}: ${prefix}${systemText(error)}`);
    return false;
  }
}

/** Runs what may fail without a warning: then the result is `otherwise`. */
export function quietly<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
