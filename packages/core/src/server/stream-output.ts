import type { StreamConnection } from '../engine/stream.js';
import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_DATA_LENGTH_TOO_LARGE,
  SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW,
  SWOOLE_ERROR_SESSION_CLOSED,
} from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import type { Session } from '../session/session.js';
import { bufferFull } from './drained.js';
import type { Runtime } from './runtime.js';
import type { Server } from './server.js';

type Bytes = string | Uint8Array;

/** What goes out on a raw connection, within its limits. */
export class StreamOutput {
  /** Sends that wait for room, in order. */
  private readonly waiters: Array<{ bytes: Bytes; settle: (sent: boolean) => void }> = [];

  constructor(
    private readonly runtime: Runtime,
    private readonly server: Server,
    private readonly session: Session,
    private readonly stream: StreamConnection,
  ) {}

  /** Queues bytes. Returns false with error 1203 for more than output_buffer_size, 1009 when socket_buffer_size is reached. */
  send(bytes: Bytes): boolean {
    const { stream, session } = this;
    const { resolved, pushLimit } = session.port;
    const { length } = bytes;
    const waiting = stream.bufferedAmount();
    if (waiting + length > pushLimit) {
      if (length > resolved.output_buffer_size) {
        warn(
          `Swoole\\Server::send(): the length of data [${length}] exceeds the output buffer size[${resolved.output_buffer_size}]`,
        );
        return fail(SWOOLE_ERROR_DATA_LENGTH_TOO_LARGE);
      }
      if (!this.hasRoom(length)) return fail(SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW);
    }
    if (!stream.write(bytes)) return fail(SWOOLE_ERROR_SESSION_CLOSED);
    session.lastSent = Date.now();
    this.runtime.counters.sentBytes += length;
    if (waiting + length > resolved.buffer_high_watermark) {
      stream.expectDrain();
      bufferFull(this.runtime, this.server, session);
    }
    return true;
  }

  /** Queues bytes once there is room for them. The promise is of false when the connection ends before. */
  sendLater(bytes: Bytes): Promise<boolean> {
    if (this.waiters.length === 0 && this.hasRoom(bytes.length)) return Promise.resolve(this.send(bytes));
    return new Promise((settle) => {
      this.waiters.push({ bytes, settle });
      this.stream.expectDrain();
    });
  }

  /** Whether sends wait for room. */
  get sendsWait(): boolean {
    return this.waiters.length > 0;
  }

  /** Something has left. Returns whether a send had waited for that. */
  drained(): boolean {
    const { waiters } = this;
    if (waiters.length === 0) return false;
    for (
      let first = waiters[0];
      first !== undefined && this.hasRoom(first.bytes.length);
      first = waiters[0]
    ) {
      waiters.shift();
      first.settle(this.send(first.bytes));
    }
    if (waiters.length > 0) this.stream.expectDrain();
    return true;
  }

  /** The connection is over: nobody waits any more. */
  closed(): void {
    for (const { settle } of this.waiters.splice(0)) settle(fail(SWOOLE_ERROR_SESSION_CLOSED));
  }

  /** A buffer that is empty takes one send of any size, as in Swoole. */
  private hasRoom(length: number): boolean {
    const waiting = this.stream.bufferedAmount();
    return waiting === 0 || waiting + length <= this.session.port.resolved.socket_buffer_size;
  }
}
