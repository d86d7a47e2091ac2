import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { SWOOLE_ERROR_SYSTEM_CALL_FAIL } from '../errors/numbers.js';
import type { ByteStream } from './byte-stream.js';
import { errorNumber } from './error-number.js';

/**
 * Sends a file, or a part of it, no faster than the peer takes it.
 * @param length how many bytes, 0 for the rest of the file
 * @param seconds how long the peer may take nothing; no limit from 0 down
 * @returns an error number, 0 for none
 */
export async function sendFile(
  stream: ByteStream,
  what: string,
  filename: string,
  offset: number,
  length: number,
  seconds: number,
): Promise<number> {
  try {
    const size = (await stat(filename)).size;
    let left = length > 0 ? length : Math.max(0, size - offset);
    if (left === 0) return 0;
    for await (const chunk of createReadStream(filename, { start: offset, end: offset + left - 1 })) {
      const error = await stream.write(what, chunk as Buffer, seconds);
      if (error !== 0) return error;
      left -= (chunk as Buffer).length;
    }
    // The peer was to get more than there is.
    return left === 0 ? 0 : SWOOLE_ERROR_SYSTEM_CALL_FAIL;
  } catch (error) {
    return errorNumber(error as Error);
  }
}
