import type { StreamConnection } from '../engine/stream.js';
import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_DATA_LENGTH_TOO_LARGE,
  SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW,
  SWOOLE_ERROR_SESSION_CLOSED,
} from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import { now } from '../session/clock.js';
import type { Session } from '../session/session.js';
import { bufferFull } from './drained.js';
import type { Runtime } from './runtime.js';
import type { Server } from './server.js';

/**
 * Queues bytes for a raw connection, within its limits.
 * @returns false with error 1203 for more than output_buffer_size, 1009 when socket_buffer_size is reached
 */
export function sendBytes(
  runtime: Runtime,
  server: Server,
  session: Session,
  stream: StreamConnection,
  bytes: string | Uint8Array,
): boolean {
  const { resolved, pushLimit } = session.port;
  const waiting = stream.bufferedAmount();
  if (waiting + bytes.length > pushLimit) {
    if (bytes.length > resolved.output_buffer_size) {
      warn(
        `Swoole\\Server::send(): the length of data [${bytes.length}] exceeds the output buffer size[${resolved.output_buffer_size}]`,
      );
      return fail(SWOOLE_ERROR_DATA_LENGTH_TOO_LARGE);
    }
    // A buffer that is empty takes one send of any size, as in Swoole.
    if (waiting > 0 && waiting + bytes.length > resolved.socket_buffer_size)
      return fail(SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW);
  }
  if (!stream.write(bytes)) return fail(SWOOLE_ERROR_SESSION_CLOSED);
  session.lastSent = now();
  runtime.counters.sentBytes += bytes.length;
  if (waiting + bytes.length > resolved.buffer_high_watermark) bufferFull(runtime, server, session);
  return true;
}
