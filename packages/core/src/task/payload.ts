import { deserialize, serialize } from 'node:v8';
import { warn } from '../errors/warnings.js';
import { isPlain } from './plain.js';

/**
 * @internal Data on its way to another thread: copied at once, so that what the program does with it later does not matter. A text, number,
 * boolean or null is itself, plain data is JSON in a list, anything else is bytes of V8's.
 */
export type Payload = string | number | boolean | null | readonly [json: string] | Uint8Array;

/**
 * @internal Copies data for another thread. Everything that can be cloned goes: plain objects, arrays, Map, Set, Date, bytes, bigint. An
 * object of a class arrives as a plain object with its properties.
 * @param caller for the warning, for example `Swoole\Server::task()`
 * @returns undefined with a warning for what cannot be cloned: functions, symbols, promises
 */
export function pack(data: unknown, caller: string): Payload | undefined {
  if (typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean' || data === null)
    return data;
  if (isPlain(data)) return [JSON.stringify(data)];
  return packBytes(data, caller);
}

/** @internal */
export function unpack(payload: Payload): unknown {
  if (payload instanceof Uint8Array) return unpackBytes(payload);
  return Array.isArray(payload) ? JSON.parse(payload[0]) : payload;
}

/** @internal {@link pack} into bytes, whatever the data is. */
export function packBytes(data: unknown, caller: string): Uint8Array | undefined {
  try {
    return new Uint8Array(serialize(data));
  } catch (error) {
    warn(`${caller}: data cannot be sent to another worker: ${(error as Error).message}`);
    return undefined;
  }
}

/** @internal @throws Error for bytes that are none of packBytes()'s */
export function unpackBytes(bytes: Uint8Array): unknown {
  const value: unknown = deserialize(bytes);
  // Buffers come as bare arrays of bytes, and as views of the whole letter.
  return value instanceof Uint8Array && !Buffer.isBuffer(value) ? Buffer.from(value) : value;
}
