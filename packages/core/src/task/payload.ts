import { deserialize, serialize } from 'node:v8';
import { warn } from '../errors/warnings.js';

/** @internal Data on its way to another thread: copied at once, so that what the program does with it later does not matter. */
export type Payload = Uint8Array;

/**
 * @internal Copies data for another thread. Everything that can be cloned goes: plain objects, arrays, Map, Set, Date, bytes, bigint. An
 * object of a class arrives as a plain object with its properties.
 * @param caller for the warning, for example `Swoole\Server::task()`
 * @returns null with a warning for what cannot be cloned: functions, symbols, promises
 */
export function pack(data: unknown, caller: string): Payload | null {
  try {
    return new Uint8Array(serialize(data));
  } catch (error) {
    warn(`${caller}: data cannot be sent to another worker: ${(error as Error).message}`);
    return null;
  }
}

/** @internal */
export function unpack(payload: Payload): unknown {
  const value: unknown = deserialize(payload);
  // Buffers come as bare arrays of bytes, and as views of the whole letter.
  return value instanceof Uint8Array && !Buffer.isBuffer(value) ? Buffer.from(value) : value;
}
