import {
  SWOOLE_WEBSOCKET_CLOSE_NORMAL,
  SWOOLE_WEBSOCKET_FLAG_COMPRESS,
  SWOOLE_WEBSOCKET_FLAG_FIN,
  SWOOLE_WEBSOCKET_OPCODE_BINARY,
  SWOOLE_WEBSOCKET_OPCODE_CLOSE,
  SWOOLE_WEBSOCKET_OPCODE_PING,
  SWOOLE_WEBSOCKET_OPCODE_TEXT,
} from '../constants/websocket.js';
import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_DATA_LENGTH_TOO_LARGE,
  SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW,
  SWOOLE_ERROR_PHP_FATAL_ERROR,
  SWOOLE_ERROR_WEBSOCKET_PACK_FAILED,
} from '../errors/numbers.js';
import { warn, warnQuietly } from '../errors/warnings.js';
import { HttpServer } from '../http/server.js';
import { bufferFull } from '../server/drained.js';
import type { ServerSettings } from '../server/settings/settings.js';
import { type Session, WebSocketStatus } from '../session/session.js';
import { Field } from '../session/shared-sessions.js';
import { wireCloseCode } from './close-code.js';
import { decodeFrames, pack, unpack } from './codec.js';
import { CloseFrame, Frame } from './frame.js';
import { isControl, outgoingFlags, toPayload, validateOutgoing } from './outgoing.js';

const OWN_NAME = 'Swoole\\WebSocket\\Server';
const MAX_REASON = 123;

/** What push() sends: text, bytes, or a Frame. Other scalars are sent as PHP writes them. */
export type Message = string | Uint8Array | Frame | number | boolean | null;

export interface BroadcastOptions {
  /** fds to leave out. */
  except?: number | Iterable<number>;
  /** Only fds for which this is true. */
  filter?: (fd: number) => boolean;
  /** SWOOLE_WEBSOCKET_OPCODE_TEXT or _BINARY; by default binary for bytes and text for strings. */
  opcode?: number;
}

/**
 * A WebSocket server, which also serves HTTP when it has a request callback.
 * @see Swoole\WebSocket\Server
 */
export class WebSocketServer extends HttpServer {
  static override readonly phpName: string = OWN_NAME;

  /**
   * Sends a message to a client.
   * @param data text or bytes, or a Frame whose own opcode and flags count
   * @param opcode WEBSOCKET_OPCODE_*; bytes sent as text must be UTF-8
   * @param flags SWOOLE_WEBSOCKET_FLAG_*: without FIN the message goes on with opcode 0
   * @returns false with an error number: 503 for an fd that is no open WebSocket, 8505 for a frame that cannot be, 1009 when the
   *   client reads too slowly and its buffer (socket_buffer_size) is full
   * @throws TypeError without data, or with an fd that is no number
   * @see Swoole\WebSocket\Server::push
   */
  push(
    fd: number,
    data: Message,
    opcode: number = SWOOLE_WEBSOCKET_OPCODE_TEXT,
    flags: number = SWOOLE_WEBSOCKET_FLAG_FIN,
  ): boolean {
    const session = this.runtime.sessions.alive(fd);
    if (
      session !== undefined &&
      session.websocketStatus === WebSocketStatus.ACTIVE &&
      typeof data === 'string' &&
      opcode === SWOOLE_WEBSOCKET_OPCODE_TEXT &&
      flags === SWOOLE_WEBSOCKET_FLAG_FIN &&
      data.length <= session.port.pushLimit &&
      session.engine.answer(data, session.compression)
    ) {
      session.told();
      return true;
    }
    return this.pushAny(session, fd, data, opcode, flags);
  }

  /**
   * Ends a WebSocket with a close frame. The close event (or disconnect) runs before this returns.
   * @param code 1000–1014 or 3000–4999
   * @param reason at most 123 bytes
   * @returns false with error 503 for an fd that is no open WebSocket, or 8505 for a longer reason
   * @see Swoole\WebSocket\Server::disconnect
   */
  disconnect(fd: number, code: number = SWOOLE_WEBSOCKET_CLOSE_NORMAL, reason = ''): boolean {
    if (!this.runs('disconnect', OWN_NAME)) return false;
    if (!(fd > 0)) {
      warnQuietly(`${OWN_NAME}::disconnect(): fd[${fd}] is invalid`);
      return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
    }
    const session = this.runtime.sessions.alive(fd);
    if (!this.isEstablished(fd)) return this.noWebSocket('disconnect', fd);
    if (Buffer.byteLength(reason) > MAX_REASON) {
      warn(`${OWN_NAME}::disconnect(): the max length of close reason is ${MAX_REASON}`);
      return fail(SWOOLE_ERROR_WEBSOCKET_PACK_FAILED);
    }
    if (session === undefined)
      return (
        this.runtime.team?.disconnect(fd, wireCloseCode(code), reason) ?? fail(SWOOLE_ERROR_PHP_FATAL_ERROR)
      );
    session.websocketStatus = WebSocketStatus.CLOSING;
    session.closedBy = 'server';
    session.engine.end(wireCloseCode(code), reason);
    return true;
  }

  /**
   * Sends a ping.
   * @param data at most 125 bytes
   * @returns false with error 503 for an fd that is no open WebSocket, 8505 for more data
   * @see Swoole\WebSocket\Server::ping
   */
  ping(fd: number, data: string | Uint8Array = ''): boolean {
    if (!this.runs('ping', OWN_NAME)) return false;
    if (!this.isEstablished(fd)) return this.noWebSocket('ping', fd);
    if (!validateOutgoing(data, SWOOLE_WEBSOCKET_OPCODE_PING, `${OWN_NAME}::ping()`)) return false;
    const session = this.runtime.sessions.alive(fd);
    if (session === undefined)
      return this.pushFar(fd, data, SWOOLE_WEBSOCKET_OPCODE_PING, SWOOLE_WEBSOCKET_FLAG_FIN);
    return this.transmit(session, data, SWOOLE_WEBSOCKET_OPCODE_PING, true, false);
  }

  /** Whether an fd is an open WebSocket. @see Swoole\WebSocket\Server::isEstablished */
  isEstablished(fd: number): boolean {
    const { sessions, team } = this.runtime;
    const session = sessions.alive(fd);
    if (session !== undefined) return session.websocketStatus === WebSocketStatus.ACTIVE;
    return this.runtime.far(fd) && team?.sessions.get(fd, Field.WEBSOCKET) === WebSocketStatus.ACTIVE;
  }

  /**
   * Sends a message to all open WebSockets, encoded once. An addition: Swoole has no such method.
   * @returns how many took it
   */
  broadcast(data: string | Uint8Array, options: BroadcastOptions = {}): number {
    const opcode =
      options.opcode ??
      (typeof data === 'string' ? SWOOLE_WEBSOCKET_OPCODE_TEXT : SWOOLE_WEBSOCKET_OPCODE_BINARY);
    const { except, filter } = options;
    const left = except === undefined ? null : new Set(typeof except === 'number' ? [except] : except);
    const { sessions } = this.runtime;
    let taken = 0;
    for (const fd of sessions.fds()) {
      if (!this.isEstablished(fd)) continue;
      if (left?.has(fd) || (filter !== undefined && !filter(fd))) continue;
      const session = sessions.alive(fd);
      const sent =
        session === undefined
          ? this.pushFar(fd, data, opcode, SWOOLE_WEBSOCKET_FLAG_FIN)
          : this.transmit(session, data, opcode, true, session.compression && data.length > 0);
      if (sent) taken++;
    }
    return taken;
  }

  /** Packs a frame into its bytes; none, with a warning, when there can be no such frame. @see Swoole\WebSocket\Server::pack */
  static pack(
    data: Frame | string | Uint8Array,
    opcode: number = SWOOLE_WEBSOCKET_OPCODE_TEXT,
    flags: number = SWOOLE_WEBSOCKET_FLAG_FIN,
  ): Buffer {
    return pack(data, opcode, flags, `${OWN_NAME}::pack()`);
  }

  /** Unpacks the frame that begins the bytes; false with error 508 when it is not whole or not valid. @see Swoole\WebSocket\Server::unpack */
  static unpack(data: string | Uint8Array): Frame | CloseFrame | false {
    return unpack(data, `${OWN_NAME}::unpack()`);
  }

  protected override protocolSettings(): ServerSettings {
    return { open_http_protocol: true, open_websocket_protocol: true };
  }

  /** Frames packed by hand go out frame by frame; a string has a character per byte, as String(frame) gives it. */
  protected override sendRaw(session: Session, bytes: string | Uint8Array): boolean {
    if (session.websocketStatus !== WebSocketStatus.ACTIVE) return super.sendRaw(session, bytes);
    const frames = decodeFrames(bytes);
    if (frames === false) return fail(SWOOLE_ERROR_WEBSOCKET_PACK_FAILED);
    for (const { opcode, payload, flags } of frames) {
      if (opcode === SWOOLE_WEBSOCKET_OPCODE_CLOSE) {
        const code = payload.length < 2 ? 0 : payload.readUInt16BE(0);
        return this.disconnect(session.fd, code, payload.toString('utf8', 2));
      }
      const fin = (flags & SWOOLE_WEBSOCKET_FLAG_FIN) !== 0;
      if (!this.transmit(session, payload, opcode, fin, session.compression)) return false;
    }
    return true;
  }

  /** @internal Sends what another thread has pushed to connections of this one. */
  override deliverPush(
    fds: readonly number[],
    data: string | Uint8Array,
    opcode: number,
    flags: number,
  ): void {
    const fin = (flags & SWOOLE_WEBSOCKET_FLAG_FIN) !== 0;
    const shared = this.runtime.team?.sessions;
    for (const fd of fds) {
      shared?.add(fd, Field.PENDING, -data.length);
      const session = this.runtime.sessions.get(fd);
      if (session === undefined || session.closed) continue;
      const wanted = session.compression || (flags & SWOOLE_WEBSOCKET_FLAG_COMPRESS) !== 0;
      session.engine.send(data, opcode, fin, wanted && fin && !isControl(opcode) && data.length > 0);
      session.told();
      shared?.set(fd, Field.BACKLOG, session.engine.bufferedAmount());
    }
  }

  /** push() to a connection of another thread's. */
  private pushFar(fd: number, data: Message, opcode: number, flags: number): boolean {
    const { team } = this.runtime;
    const what = this.outgoing(data, opcode, flags);
    if (team === null || !this.isEstablished(fd)) return this.noWebSocket('push', fd);
    if (what === null) return false;
    if (what.opcode === SWOOLE_WEBSOCKET_OPCODE_CLOSE)
      return this.disconnect(fd, what.code, String(what.payload));
    const limit = this.ports[team.sessions.get(fd, Field.PORT)]?.resolved.socket_buffer_size ?? 0;
    return team.push(fd, what.payload, what.opcode, what.flags, limit);
  }

  /** push() to any other fd than that of the message being delivered, and in its rarer forms. */
  private pushAny(
    near: Session | undefined,
    fd: number,
    data: Message,
    opcode: number,
    flags: number,
  ): boolean {
    if (near === undefined && this.runtime.far(fd)) return this.pushFar(fd, data, opcode, flags);
    const session = near ?? this.findWebSocket('push', fd, data);
    if (session === null) return false;
    if (session.websocketStatus !== WebSocketStatus.ACTIVE) return this.noWebSocket('push', fd);
    if (
      typeof data === 'string' &&
      opcode === SWOOLE_WEBSOCKET_OPCODE_TEXT &&
      flags === SWOOLE_WEBSOCKET_FLAG_FIN
    )
      return this.transmit(session, data, opcode, true, session.compression && data.length > 0);
    const what = this.outgoing(data, opcode, flags);
    if (what === null) return false;
    // RFC 6455 section 5.5.1: nothing may follow a close frame, so it ends the connection.
    if (what.opcode === SWOOLE_WEBSOCKET_OPCODE_CLOSE)
      return this.disconnect(session.fd, what.code, String(what.payload));
    const fin = (what.flags & SWOOLE_WEBSOCKET_FLAG_FIN) !== 0;
    const wanted = session.compression || (what.flags & SWOOLE_WEBSOCKET_FLAG_COMPRESS) !== 0;
    const compress = wanted && fin && !isControl(what.opcode) && what.payload.length > 0;
    return this.transmit(session, what.payload, what.opcode, fin, compress);
  }

  /** What push() is to send, checked; null for a frame that cannot be. */
  private outgoing(
    data: Message,
    opcode: number,
    flags: number,
  ): { payload: string | Uint8Array; opcode: number; flags: number; code: number } | null {
    if (data === undefined) throw new TypeError(`${OWN_NAME}::push() expects at least 2 arguments, 1 given`);
    let kind = opcode;
    let bits = Number(flags);
    let payload: string | Uint8Array;
    if (data instanceof Frame) {
      kind = data.opcode;
      bits = outgoingFlags(data);
      payload = toPayload(data instanceof CloseFrame ? data.reason : data.data);
    } else payload = toPayload(data);
    if (!validateOutgoing(payload, kind, `${OWN_NAME}::push()`)) return null;
    if (isControl(kind)) bits |= SWOOLE_WEBSOCKET_FLAG_FIN;
    const code = data instanceof CloseFrame ? (data.code ?? SWOOLE_WEBSOCKET_CLOSE_NORMAL) : 0;
    return { payload, opcode: kind, flags: bits, code };
  }

  private transmit(
    session: Session,
    data: string | Uint8Array,
    opcode: number,
    fin: boolean,
    compress: boolean,
  ): boolean {
    const { engine, port } = session;
    const buffered = engine.bufferedAmount() + data.length;
    if (buffered > port.pushLimit && !this.mayBuffer(session, data.length, buffered)) return false;
    session.told();
    return engine.send(data, opcode, fin, compress) || fail(SWOOLE_ERROR_WEBSOCKET_PACK_FAILED);
  }

  /** The client reads too slowly: the program is told once, and refused when the buffer is full. */
  private mayBuffer(session: Session, length: number, buffered: number): boolean {
    const { buffer_high_watermark, output_buffer_size, socket_buffer_size } = session.port.resolved;
    if (length > output_buffer_size) {
      warn(
        `${OWN_NAME}::push(): the length of data [${length}] exceeds the output buffer size[${output_buffer_size}]`,
      );
      return fail(SWOOLE_ERROR_DATA_LENGTH_TOO_LARGE);
    }
    if (buffered > buffer_high_watermark) bufferFull(this.runtime, this, session);
    return buffered <= socket_buffer_size || fail(SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW);
  }

  /** An fd that is not there: PHP's conversions and failures. */
  private findWebSocket(method: string, fd: number, data: unknown): Session | null {
    if (typeof fd === 'string') {
      if (!/^\s*[+-]?\d+\s*$/.test(fd))
        throw new TypeError(`${OWN_NAME}::${method}(): Argument #1 ($fd) must be of type int, string given`);
      return this.find(method, Number(fd), OWN_NAME);
    }
    if (data === undefined)
      throw new TypeError(`${OWN_NAME}::${method}() expects at least 2 arguments, 1 given`);
    return this.find(method, fd, OWN_NAME);
  }

  private noWebSocket(method: string, fd: number): false {
    warnQuietly(
      `${OWN_NAME}::${method}(): the connected client of connection[${fd}] is not a websocket client or closed`,
    );
    return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
  }
}
