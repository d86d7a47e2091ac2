import type dgram from 'node:dgram';
import type net from 'node:net';
import { fail, swoole_last_error } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_DATA_LENGTH_TOO_LARGE,
  SWOOLE_ERROR_INVALID_PARAMS,
  SWOOLE_ERROR_NO_PAYLOAD,
  SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW,
  SWOOLE_ERROR_PHP_FATAL_ERROR,
  SWOOLE_ERROR_SESSION_NOT_EXIST,
  SWOOLE_ERROR_SYSTEM_CALL_FAIL,
} from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import type { Session } from '../session/session.js';
import { Field } from '../session/shared-sessions.js';
import { LetterKind } from '../worker/letters.js';
import type { Letter } from '../worker/mailbox.js';
import { isUnixDatagram } from './address.js';
import { filePart } from './file-part.js';
import type { Port } from './port.js';
import type { Runtime } from './runtime.js';
import { sendDatagram } from './send-datagram.js';

/** In milliseconds: how often a send that waits for another thread's buffer looks at it. */
const LOOK_MS = 10;

/** The methods of a server that move bytes as they are: over TCP, Unix sockets and UDP. */
export abstract class RawMethods {
  /** @internal */
  abstract readonly runtime: Runtime;
  abstract readonly ports: readonly Port<never>[];

  /**
   * Sends bytes as they are: text is sent as UTF-8; to a path, a datagram over a Unix socket. On a WebSocket they must be whole frames made by pack(), on an HTTP connection a whole raw
   * response. What is sent in one turn of the event loop leaves together.
   * @returns false with error 1005 for an unknown or closed fd, 1009 when the client reads too slowly and its buffer (socket_buffer_size) is full,
   *   1203 for more than output_buffer_size, 550 for nothing
   * @see Swoole\Server::send
   */
  send(fd: number | string, send_data: string | Uint8Array): boolean {
    if (!this.runs('send') || !payload('send', send_data)) return false;
    if (typeof fd === 'string') {
      if (fd.startsWith('/') && this.ports.some((port) => isUnixDatagram(port.type)))
        return sendDatagram(this.ports, fd, 0, send_data, -1);
      return this.send(Number(fd), send_data);
    }
    if (this.isFar(fd)) return this.sendFar(fd, send_data);
    const session = this.writable('send', fd);
    return session !== null && this.sendRaw(session, send_data);
  }

  /**
   * Sends bytes as send() does, but where the client's buffer is full it waits until there is room. (In Swoole send() itself waits in a coroutine.)
   * @returns a promise of true when the bytes are queued; of false with the errors of send(), or when the connection ends before
   * @see Swoole\Server::sendwait
   */
  async sendwait(conn_fd: number, send_data: string | Uint8Array): Promise<boolean> {
    if (!this.runs('sendwait') || !payload('sendwait', send_data)) return false;
    if (this.isFar(conn_fd)) return this.sendFarLater(conn_fd, send_data);
    const session = this.writable('sendwait', conn_fd);
    if (session === null) return false;
    return session.output === null ? this.sendRaw(session, send_data) : session.output.sendLater(send_data);
  }

  /**
   * Sends a file, or a part of it, in order with what send() has queued, and no faster than the client reads.
   * @param offset in bytes
   * @param length in bytes; 0 for all that follows
   * @returns false with error 502 for a file that is missing or has nothing behind the offset, 9013 for what is no file, 1005 for an unknown fd;
   *   true, and nothing is sent, for a part that goes beyond the end
   * @see Swoole\Server::sendfile
   */
  sendfile(conn_fd: number, filename: string, offset = 0, length = 0): boolean {
    if (!this.runs('sendfile')) return false;
    const size = filePart(filename, offset, length);
    if (size === null) return false;
    const session = this.runtime.sessions.alive(Number(conn_fd));
    if (session === undefined)
      return this.tellOwner(conn_fd, size === 0 ? null : [LetterKind.FILE, conn_fd, filename, offset, size]);
    if (session.stream === null) return fail(SWOOLE_ERROR_INVALID_PARAMS);
    return (
      size === 0 || session.stream.writeFile(filename, offset, size) || fail(SWOOLE_ERROR_SYSTEM_CALL_FAIL)
    );
  }

  /**
   * Sends a datagram, from a UDP port or over a Unix socket.
   * @param ip an IPv4 or IPv6 address, or the path of a Unix socket; the server needs a port for datagrams of that family
   * @param port ignored for a path
   * @param server_socket the `server_socket` of a packet, to answer from the port it came to; by default the port of the family that was added last
   * @returns false for nothing (550), for more than fits a datagram (90), for what is no address (722), for a path that is too long (504),
   *   where nobody receives (the system's number), when too much waits (1009)
   * @see Swoole\Server::sendto
   */
  sendto(ip: string, port: number, send_data: string | Uint8Array, server_socket = -1): boolean {
    if (!this.runs('sendto') || !payload('sendto', send_data)) return false;
    return sendDatagram(this.ports, ip, port, send_data, server_socket);
  }

  /**
   * What a raw TCP or UDP port listens with, as Node has it: for what only the socket can do, such as joining a multicast group.
   * @param port the place in `ports`
   * @returns false before the start, and for HTTP and WebSocket ports
   * @see Swoole\Server::getSocket
   */
  getSocket(port = 0): net.Server | dgram.Socket | false {
    return this.ports[port]?.getSocket() ?? false;
  }

  /**
   * Stops reading from a connection; what its client sends meanwhile waits.
   * @returns false with error 1005 for an unknown fd
   * @see Swoole\Server::pause
   */
  pause(fd: number): boolean {
    if (!this.runs('pause')) return false;
    const stream = this.streamOf(fd);
    stream?.pause();
    return stream !== null || this.tellOwner(fd, [LetterKind.PAUSE, fd]);
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
    if (!this.runs(method)) return false;
    const stream = this.streamOf(fd);
    stream?.resume();
    return stream !== null || this.tellOwner(fd, [LetterKind.RESUME, fd]);
  }

  private streamOf(fd: number) {
    return this.runtime.sessions.alive(Number(fd))?.stream ?? null;
  }

  /** Whether bytes for an fd go to another thread. In SWOOLE_BASE nobody knows whether there is such a connection. */
  private isFar(fd: number): boolean {
    const { sessions, team } = this.runtime;
    if (team === null || !(Number(fd) > 0) || sessions.get(fd) !== undefined) return false;
    return !team.wide || team.sessions.alive(fd);
  }

  private sendFar(fd: number, bytes: string | Uint8Array): boolean {
    const { team, counters } = this.runtime;
    if (team === null) return false;
    const settings = this.ports[team.sessions.get(fd, Field.PORT)]?.resolved;
    if (settings === undefined) return fail(SWOOLE_ERROR_SESSION_NOT_EXIST);
    if (bytes.length > settings.output_buffer_size) {
      warn(
        `Swoole\\Server::send(): the length of data [${bytes.length}] exceeds the output buffer size[${settings.output_buffer_size}]`,
      );
      return fail(SWOOLE_ERROR_DATA_LENGTH_TOO_LARGE);
    }
    if (!team.send(fd, bytes, settings.socket_buffer_size)) return false;
    counters.sentBytes += bytes.length;
    return true;
  }

  /** Another thread's buffer tells nobody here when it empties. */
  private async sendFarLater(fd: number, bytes: string | Uint8Array): Promise<boolean> {
    while (this.runtime.running && this.isFar(fd)) {
      if (this.sendFar(fd, bytes)) return true;
      if (swoole_last_error() !== SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW) return false;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return fail(SWOOLE_ERROR_SESSION_NOT_EXIST);
  }

  /** @param letter null when there is nothing to do */
  private tellOwner(fd: number, letter: Letter | null): boolean {
    const { team } = this.runtime;
    const alive = team?.sessions.alive(fd) === true;
    if (team === null || !alive || this.ports[team.sessions.get(fd, Field.PORT)]?.resolved.open_http_protocol)
      return fail(SWOOLE_ERROR_SESSION_NOT_EXIST);
    return letter === null || team.toOwner(fd, letter);
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
