import { statSync } from 'node:fs';
import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_PHP_RUNTIME_NOTICE,
  SWOOLE_ERROR_SERVER_IS_NOT_REGULAR_FILE,
  SWOOLE_ERROR_SYSTEM_CALL_FAIL,
} from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';

/** What of a file is to be sent, in bytes: 0 for a part that goes beyond the end; null, with the error, for what cannot be sent. */
export function filePart(path: string, offset: number, length: number): number | null {
  if (offset < 0) return negative('offset', offset);
  if (length < 0) return negative('length', length);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return refuse(SWOOLE_ERROR_SYSTEM_CALL_FAIL);
  if (!stat.isFile()) return refuse(SWOOLE_ERROR_SERVER_IS_NOT_REGULAR_FILE);
  if (stat.size <= offset) return refuse(SWOOLE_ERROR_SYSTEM_CALL_FAIL);
  if (length === 0) return stat.size - offset;
  return offset + length > stat.size ? 0 : length;
}

function negative(name: string, value: number): null {
  warn(`Swoole\\Server::sendfile(): parameter $${name}[${value}] must be greater than or equal to 0`);
  return refuse(SWOOLE_ERROR_PHP_RUNTIME_NOTICE);
}

function refuse(code: number): null {
  fail(code);
  return null;
}
