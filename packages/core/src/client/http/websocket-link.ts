import { constants } from 'node:os';
import WebSocket from 'ws';
import {
  SWOOLE_HTTP_CLIENT_ESTATUS_CONNECT_FAILED,
  SWOOLE_HTTP_CLIENT_ESTATUS_REQUEST_TIMEOUT,
} from '../../constants/http.js';
import {
  SWOOLE_WEBSOCKET_FLAG_COMPRESS,
  SWOOLE_WEBSOCKET_FLAG_FIN,
  SWOOLE_WEBSOCKET_OPCODE_BINARY,
  SWOOLE_WEBSOCKET_OPCODE_CLOSE,
  SWOOLE_WEBSOCKET_OPCODE_PING,
  SWOOLE_WEBSOCKET_OPCODE_PONG,
  SWOOLE_WEBSOCKET_OPCODE_TEXT,
} from '../../constants/websocket.js';
import { Channel } from '../../coroutine/channel.js';
import { Wait } from '../../coroutine/wait.js';
import { CloseFrame, Frame } from '../../websocket/frame.js';
import { tlsSettings } from '../tls-settings.js';
import type { HttpClientSettings } from './http-client-settings.js';
import type { Failure } from './http-exchange.js';

const ETIMEDOUT = 110;
const NO_STATUS = 1005;
const ABNORMAL = 1006;

/** The WebSocket of a client that has upgraded its connection. */
export class WebSocketLink {
  headers: Record<string, string | string[]> = {};
  readonly #received = new Channel<Frame>(Number.MAX_SAFE_INTEGER);

  private constructor(
    private readonly socket: WebSocket,
    closeFrames: boolean,
  ) {
    socket.on('message', (data: Buffer, binary) => {
      const frame = new Frame();
      frame.opcode = binary ? SWOOLE_WEBSOCKET_OPCODE_BINARY : SWOOLE_WEBSOCKET_OPCODE_TEXT;
      frame.data = binary ? data : data.toString();
      this.#deliver(frame);
    });
    socket.on('close', (code, reason) => {
      if (closeFrames && code !== ABNORMAL) {
        const frame = new CloseFrame();
        frame.code = code === NO_STATUS ? 1000 : code;
        frame.reason = reason.toString();
        this.#deliver(frame);
      }
      void this.#received.close();
    });
    socket.on('error', () => {});
  }

  #deliver(frame: Frame): void {
    frame.flags = SWOOLE_WEBSOCKET_FLAG_FIN;
    frame.finish = true;
    void this.#received.push(frame);
  }

  /** Connects and shakes hands. @returns why not, where it fails; error 0 for a server that refuses */
  static open(
    url: string,
    headers: Record<string, string>,
    settings: HttpClientSettings,
    seconds: number,
  ): Promise<WebSocketLink | Failure> {
    const socket = new WebSocket(url, {
      headers,
      perMessageDeflate: settings.websocket_compression === true,
      maxPayload: settings.package_max_length ?? 2 * 1024 * 1024,
      ...tlsSettings(settings),
    });
    const giveUp = (): Failure => {
      socket.terminate();
      return { status: SWOOLE_HTTP_CLIENT_ESTATUS_REQUEST_TIMEOUT, error: ETIMEDOUT };
    };
    const link = new WebSocketLink(socket, settings.open_websocket_close_frame === true);
    const ends = { canceled: giveUp, timedOut: giveUp };
    const wait = new Wait<WebSocketLink | Failure>(
      'Swoole\\Coroutine\\Http\\Client->upgrade()',
      ends,
      seconds,
    );
    socket.once('upgrade', ({ headers: answer }) => {
      link.headers = answer as Record<string, string | string[]>;
    });
    socket.once('open', () => wait.wake(link));
    socket.once('unexpected-response', (request, response) => {
      wait.wake({ status: response.statusCode ?? 0, error: 0 });
      request.destroy();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const error_ =
        constants.errno[error.code as keyof typeof constants.errno] ?? Math.abs(error.errno ?? 0);
      wait.wake({ status: SWOOLE_HTTP_CLIENT_ESTATUS_CONNECT_FAILED, error: error_ });
    });
    return wait.promise;
  }

  push(data: string | Uint8Array | Frame, opcode: number, flags: number): boolean {
    if (data instanceof Frame) return this.push(data.data, data.opcode, data.flags);
    if (this.socket.readyState !== WebSocket.OPEN) return false;
    const fin = (flags & SWOOLE_WEBSOCKET_FLAG_FIN) !== 0;
    const compress = (flags & SWOOLE_WEBSOCKET_FLAG_COMPRESS) !== 0;
    switch (opcode) {
      case SWOOLE_WEBSOCKET_OPCODE_PING:
        return this.ping(data);
      case SWOOLE_WEBSOCKET_OPCODE_PONG:
        this.socket.pong(data);
        return true;
      case SWOOLE_WEBSOCKET_OPCODE_CLOSE:
        return this.disconnect(1000, Buffer.from(data).toString());
      default:
        this.socket.send(data, { binary: opcode === SWOOLE_WEBSOCKET_OPCODE_BINARY, fin, compress });
        return true;
    }
  }

  ping(data: string | Uint8Array): boolean {
    if (this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.ping(data);
    return true;
  }

  /** @returns a frame, '' at the end, false when the time is over */
  async recv(seconds: number): Promise<Frame | '' | false> {
    const frame = await this.#received.pop(seconds);
    if (frame !== false) return frame;
    return this.socket.readyState === WebSocket.CLOSED ? '' : false;
  }

  disconnect(code: number, reason: string): boolean {
    if (this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.close(code, reason);
    return true;
  }

  close(): void {
    this.socket.terminate();
  }
}
