import {
  SWOOLE_WEBSOCKET_CLOSE_NORMAL,
  SWOOLE_WEBSOCKET_FLAG_FIN,
  SWOOLE_WEBSOCKET_OPCODE_PING,
  SWOOLE_WEBSOCKET_OPCODE_TEXT,
} from '../constants/websocket.js';
import type { EngineConnection, Exchange } from '../engine/engine.js';
import { fail } from '../errors/last-error.js';
import {
  SWOOLE_ERROR_HTTP_CONTEXT_UNAVAILABLE,
  SWOOLE_ERROR_PHP_FATAL_ERROR,
  SWOOLE_ERROR_SESSION_NOT_EXIST,
} from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import type { CloseFrame, Frame } from '../websocket/frame.js';

/** @internal The connection of a response, where a program may make it a WebSocket and wait for its frames. */
export interface ResponsePeer {
  /** Whether it is a WebSocket, or was one. */
  readonly upgraded: boolean;
  push(data: string | Uint8Array | Frame, opcode: number, flags: number): boolean;
  /** @param seconds 0 for the usual limit, less for none */
  recv(seconds: number): Promise<Frame | CloseFrame | '' | false>;
  disconnect(code: number, reason: string): boolean;
  /** Ends the connection, whatever it is. */
  close(): boolean;
}

/** @internal The connection of a response that never becomes a WebSocket: it can be closed. */
export class PlainPeer implements ResponsePeer {
  readonly upgraded = false;

  constructor(private readonly connection: EngineConnection) {}

  push(): boolean {
    return false;
  }

  async recv(): Promise<false> {
    return false;
  }

  disconnect(): boolean {
    return false;
  }

  close(): boolean {
    if (!this.connection.open) return fail(SWOOLE_ERROR_SESSION_NOT_EXIST);
    this.connection.close();
    return true;
  }
}

/** What a response has of a WebSocket: in a `Coroutine.Http.Server` its handler makes the connection one with `upgrade()`. */
export abstract class ResponseSocket {
  abstract fd: number;

  /** Null for a connection that is not there. */
  protected abstract socketPeer(): ResponsePeer | null;
  /** Null for a request that is not there. */
  protected abstract ownExchange(): Exchange | null;
  abstract isWritable(): boolean;

  /**
   * Sends a message, or another frame, on the WebSocket.
   * @param data text, bytes, or a Frame whose own fields count instead
   * @returns false, with a warning when the connection never was a WebSocket
   * @see Swoole\Http\Response::push
   */
  push(
    data: string | Uint8Array | Frame,
    opcode: number = SWOOLE_WEBSOCKET_OPCODE_TEXT,
    flags: number = SWOOLE_WEBSOCKET_FLAG_FIN,
  ): boolean {
    return this.#webSocket('push')?.push(data, opcode, flags) ?? false;
  }

  /**
   * Waits for a message of the WebSocket.
   * @param timeout in seconds; 0 for 60, less for no limit
   * @returns a Frame; '' at the end of the connection; false when the time is over, with a warning when it never was a WebSocket
   * @see Swoole\Http\Response::recv
   */
  async recv(timeout = 0): Promise<Frame | CloseFrame | '' | false> {
    return (await this.#webSocket('recv')?.recv(timeout)) ?? false;
  }

  /** Ends the WebSocket with a close frame. @see Swoole\Http\Response::disconnect */
  disconnect(code: number = SWOOLE_WEBSOCKET_CLOSE_NORMAL, reason = ''): boolean {
    return this.#webSocket('disconnect')?.disconnect(code, reason) ?? false;
  }

  /** Sends a ping on the WebSocket, or on a connection of HTTP/2. @see Swoole\Http\Response::ping */
  ping(data = ''): boolean {
    const peer = this.socketPeer();
    const exchange = this.ownExchange();
    if (exchange?.ping !== undefined) return exchange.ping();
    if (peer?.upgraded) return peer.push(data, SWOOLE_WEBSOCKET_OPCODE_PING, SWOOLE_WEBSOCKET_FLAG_FIN);
    return mistake('ping', 'only supports websocket or http2 client');
  }

  /**
   * Tells the client that no more requests are wanted on its connection of HTTP/2.
   * @param error_code one of `SWOOLE_HTTP2_ERROR_*`
   * @returns false, with a warning when it does not speak HTTP/2; false after the end
   * @see Swoole\Http\Response::goaway
   */
  goaway(error_code = 0, debug_data = ''): boolean {
    if (!this.isWritable()) return fail(SWOOLE_ERROR_HTTP_CONTEXT_UNAVAILABLE);
    const exchange = this.ownExchange();
    if (exchange?.goaway !== undefined) return exchange.goaway(error_code, debug_data);
    return mistake('goaway', `fd[${this.fd}] is not a HTTP2 conncetion`);
  }

  /** Ends the connection: with HTTP and WebSocket at once, what was sent still goes out. @see Swoole\Http\Response::close */
  close(): boolean {
    return this.socketPeer()?.close() ?? false;
  }

  #webSocket(method: string): ResponsePeer | null {
    const peer = this.socketPeer();
    if (peer?.upgraded) return peer;
    mistake(method, `fd[${this.fd}] is not a websocket conncetion`);
    return null;
  }
}

function mistake(method: string, what: string): false {
  warn(`Swoole\\Http\\Response::${method}(): ${what}`);
  return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
}
