import { closeSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_PHP_RUNTIME_NOTICE,
  SWOOLE_ERROR_SERVER_IS_NOT_REGULAR_FILE,
} from '../errors/numbers.js';
import { swoole_strerror } from '../errors/strerror.js';
import { warn, warnQuietly } from '../errors/warnings.js';

/** Part of an open file. Whoever holds it closes the descriptor. */
export interface FilePart {
  readonly descriptor: number;
  readonly offset: number;
  /** In bytes. */
  readonly length: number;
}

const PLACE = 'Swoole\\Http\\Response::sendfile()';

function refuse(reason: string): false {
  fail(SWOOLE_ERROR_PHP_RUNTIME_NOTICE);
  warn(`${PLACE}: ${reason}`);
  return false;
}

/** Files come and go, and their names come from requests: no reason to fill stderr. */
function refuseQuietly(code: number, reason: string): false {
  warnQuietly(`${PLACE}: ${reason}`);
  return fail(code);
}

function systemError(call: string, file: string, error: unknown): false {
  // A name with a NUL byte has no error number: no such file can exist.
  const errno = Math.abs((error as NodeJS.ErrnoException).errno ?? 2);
  return refuseQuietly(errno, `${call}(${file}) failed, Error: ${swoole_strerror(errno)}[${errno}]`);
}

/**
 * Checks the arguments of `Response::sendfile()` and opens the file, so that it may be deleted before it is sent.
 * @param length in bytes; 0 for all from the offset
 * @returns false, with Swoole's warning, for what cannot be sent
 */
export function openFilePart(file: string, offset: number, length: number): FilePart | false {
  if (file === '') return refuse('file name is empty');
  if (offset < 0) return refuse(`parameter $offset[${offset}] must be greater than or equal to 0`);
  if (length < 0) return refuse(`parameter $length[${length}] must be greater than or equal to 0`);
  let stats: Stats;
  try {
    stats = statSync(file);
  } catch (error) {
    return systemError('stat', file, error);
  }
  if (!stats.isFile()) {
    const reason = `parameter $file[${file}] given is not a regular file`;
    return refuseQuietly(SWOOLE_ERROR_SERVER_IS_NOT_REGULAR_FILE, reason);
  }
  if (offset > stats.size) return refuse(`parameter $offset[${offset}] exceeds the file size`);
  if (length > stats.size - offset) return refuse(`parameter $length[${length}] exceeds the file size`);
  try {
    return { descriptor: openSync(file, 'r'), offset, length: length === 0 ? stats.size - offset : length };
  } catch (error) {
    return systemError('open', file, error);
  }
}

/**
 * Reads all of a part and closes its file.
 * @returns fewer bytes when the file has shrunk since; false when it cannot be read
 */
export function readFilePart(part: FilePart, file: string): Buffer | false {
  const bytes = Buffer.allocUnsafe(part.length);
  let filled = 0;
  try {
    while (filled < part.length) {
      const read = readSync(part.descriptor, bytes, filled, part.length - filled, part.offset + filled);
      if (read === 0) break;
      filled += read;
    }
  } catch (error) {
    return systemError('read', file, error);
  } finally {
    closeSync(part.descriptor);
  }
  return filled === part.length ? bytes : bytes.subarray(0, filled);
}
