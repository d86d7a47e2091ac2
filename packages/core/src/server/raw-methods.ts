import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_NO_PAYLOAD,
  SWOOLE_ERROR_PHP_FATAL_ERROR,
  SWOOLE_ERROR_SESSION_NOT_EXIST,
} from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import type { Session } from '../session/session.js';
import type { Runtime } from './runtime.js';

/** The methods of a server that move bytes as they are: over TCP, Unix sockets and UDP. */
export abstract class RawMethods {
  /** @internal */
  abstract readonly runtime: Runtime;

  /**
   * Sends bytes as they are: text is sent as UTF-8. On a WebSocket they must be whole frames made by pack(), on an HTTP connection a whole raw
   * response. What is sent in one turn of the event loop leaves together.
   * @returns false with error 1005 for an unknown or closed fd, 1009 when the client reads too slowly and its buffer (socket_buffer_size) is full,
   *   1203 for more than output_buffer_size, 550 for nothing
   * @see Swoole\Server::send
   */
  send(fd: number, send_data: string | Uint8Array): boolean {
    if (!this.runs('send') || !payload('send', send_data)) return false;
    const session = this.writable('send', fd);
    return session !== null && this.sendRaw(session, send_data);
  }

  /**
   * Stops reading from a connection; what its client sends meanwhile waits.
   * @returns false with error 1005 for an unknown fd
   * @see Swoole\Server::pause
   */
  pause(fd: number): boolean {
    const stream = this.streamOf('pause', fd);
    stream?.pause();
    return stream !== null;
  }

  /**
   * Reads from a connection again. What waited arrives in one piece.
   * @returns false with error 1005 for an unknown fd
   * @see Swoole\Server::resume
   */
  resume(fd: number): boolean {
    return this.resumed('resume', fd);
  }

  /**
   * Begins to read from a new connection, with the setting enable_delay_receive.
   * @returns false with error 1005 for an unknown fd
   * @see Swoole\Server::confirm
   */
  confirm(fd: number): boolean {
    return this.resumed('confirm', fd);
  }

  /** Warns and sets the error when the server does not run. */
  protected abstract runs(method: string, owner?: string): boolean;

  /** Sends bytes in the way of the connection's protocol. */
  protected abstract sendRaw(session: Session, bytes: string | Uint8Array): boolean;

  private resumed(method: string, fd: number): boolean {
    const stream = this.streamOf(method, fd);
    stream?.resume();
    return stream !== null;
  }

  private streamOf(method: string, fd: number) {
    if (!this.runs(method)) return null;
    const stream = this.runtime.sessions.alive(Number(fd))?.stream ?? null;
    if (stream === null) fail(SWOOLE_ERROR_SESSION_NOT_EXIST);
    return stream;
  }

  /** The session that bytes may be sent to, else null with the error. */
  protected writable(method: string, fd: number): Session | null {
    const session = this.runtime.sessions.get(fd) ?? this.runtime.sessions.get(Math.trunc(Number(fd)) || 0);
    if (session !== undefined && (!session.closed || session.inCloseEvent)) return session;
    if (!(Number(fd) > 0)) {
      warn(`Swoole\\Server::${method}(): invalid fd[${Math.trunc(Number(fd)) || 0}]`);
      fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
    } else fail(SWOOLE_ERROR_SESSION_NOT_EXIST);
    return null;
  }
}

/** Whether there is anything to send; warns when there is not. */
function payload(method: string, data: string | Uint8Array): boolean {
  if (data.length > 0) return true;
  warn(`Swoole\\Server::${method}(): the data sent must not be empty`);
  return fail(SWOOLE_ERROR_NO_PAYLOAD);
}
