import {
  SWOOLE_WEBSOCKET_FLAG_COMPRESS,
  SWOOLE_WEBSOCKET_FLAG_FIN,
  SWOOLE_WEBSOCKET_OPCODE_CLOSE,
} from '../../constants/websocket.js';
import type { EngineConnection, Exchange } from '../../engine/engine.js';
import { fail } from '../../errors/last-error.js';
import {
  SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW,
  SWOOLE_ERROR_WEBSOCKET_PACK_FAILED,
} from '../../errors/numbers.js';
import type { ResolvedSettings } from '../../server/settings/settings.js';
import { wireCloseCode } from '../../websocket/close-code.js';
import { CloseFrame, Frame } from '../../websocket/frame.js';
import { Inbox } from '../../websocket/inbox.js';
import { keyOf, offeredDeflate } from '../../websocket/offer.js';
import { isControl, outgoingFlags, toPayload, validateOutgoing } from '../../websocket/outgoing.js';
import type { Response } from '../response.js';
import type { ResponsePeer } from '../response-socket.js';

const EBADF = 9;
const MESSAGE_TOO_BIG = 1009;
const RECV_SECONDS = 60;
const WHAT = 'Swoole\\Http\\Response->recv()';
const PUSH = 'Swoole\\Http\\Response::push()';

/** A connection to a coroutine server: requests one after the other, and perhaps a WebSocket. */
export class ServerPeer implements ResponsePeer {
  upgraded = false;
  /** Whether messages may be compressed. */
  compression = false;
  /** The request whose handler has not ended. */
  exchange: Exchange | null = null;
  /** When the last bytes came, in milliseconds since 1970. */
  lastReceived = Date.now();
  readonly inbox: Inbox;
  /** Whether this side has ended the connection, or knows that the other has. */
  #left = false;

  constructor(
    readonly fd: number,
    readonly connection: EngineConnection,
    private readonly settings: ResolvedSettings,
  ) {
    // The engine cannot hold the other side back: what a handler does not receive must end somewhere.
    this.inbox = new Inbox(WHAT, settings.socket_buffer_size, (hold) => {
      if (hold) connection.end(MESSAGE_TOO_BIG, 'too many messages wait');
    });
  }

  /** Shakes hands. @returns false when the client has not asked for a WebSocket */
  upgrade(response: Response): boolean {
    const { exchange } = this;
    const key = exchange === null ? null : keyOf(exchange);
    if (exchange === null || key === null) return false;
    response.header('Upgrade', 'websocket');
    response.header('Connection', 'Upgrade');
    response.header('Sec-WebSocket-Version', '13', false);
    const protocol = response.headerText('sec-websocket-protocol');
    const extensions = this.settings.websocket_compression ? offeredDeflate(exchange) : '';
    this.upgraded = exchange.upgrade(key, response.handshakeHeaders(), protocol, extensions);
    this.compression = this.upgraded && extensions !== '';
    return this.upgraded;
  }

  push(data: string | Uint8Array | Frame, opcode: number, flags: number): boolean {
    if (!this.connection.open) return fail(EBADF);
    const own = data instanceof Frame ? data : null;
    const kind = own?.opcode ?? opcode;
    const bits = own === null ? flags : outgoingFlags(own);
    const payload = toPayload(
      data instanceof CloseFrame ? data.reason : data instanceof Frame ? data.data : data,
    );
    if (!validateOutgoing(payload, kind, PUSH)) return false;
    // RFC 6455 section 5.5.1: nothing may follow a close frame, so it ends the connection.
    if (kind === SWOOLE_WEBSOCKET_OPCODE_CLOSE)
      return this.disconnect(data instanceof CloseFrame ? (data.code ?? 0) : 0, String(payload));
    if (this.connection.bufferedAmount() + payload.length > this.settings.socket_buffer_size)
      return fail(SWOOLE_ERROR_OUTPUT_BUFFER_OVERFLOW);
    const fin = isControl(kind) || (bits & SWOOLE_WEBSOCKET_FLAG_FIN) !== 0;
    const wanted = this.compression || (bits & SWOOLE_WEBSOCKET_FLAG_COMPRESS) !== 0;
    const compress = wanted && fin && !isControl(kind) && payload.length > 0;
    return this.connection.send(payload, kind, fin, compress) || fail(SWOOLE_ERROR_WEBSOCKET_PACK_FAILED);
  }

  async recv(seconds: number): Promise<Frame | CloseFrame | '' | false> {
    if (this.#left) return fail(EBADF);
    const received = await this.inbox.take(seconds || RECV_SECONDS);
    if (received === '') this.close();
    return typeof received === 'number' ? fail(received) : received;
  }

  disconnect(code: number, reason: string): boolean {
    this.#left = true;
    if (!this.connection.open) return fail(EBADF);
    this.connection.end(wireCloseCode(code), reason);
    return true;
  }

  close(): boolean {
    this.#left = true;
    if (!this.connection.open) return fail(EBADF);
    this.connection.close();
    return true;
  }
}
