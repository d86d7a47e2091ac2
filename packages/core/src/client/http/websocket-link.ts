import { createHash, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import {
  SWOOLE_WEBSOCKET_FLAG_COMPRESS,
  SWOOLE_WEBSOCKET_FLAG_FIN,
  SWOOLE_WEBSOCKET_FLAG_MASK,
  SWOOLE_WEBSOCKET_FLAG_RSV1,
  SWOOLE_WEBSOCKET_OPCODE_BINARY,
  SWOOLE_WEBSOCKET_OPCODE_CLOSE,
  SWOOLE_WEBSOCKET_OPCODE_PING,
  SWOOLE_WEBSOCKET_OPCODE_PONG,
  SWOOLE_WEBSOCKET_OPCODE_TEXT,
} from '../../constants/websocket.js';
import { Deflate } from '../../engine/node/deflate.js';
import { ws } from '../../engine/ws.js';
import { pack, packFrame } from '../../websocket/codec.js';
import { CloseFrame, Frame } from '../../websocket/frame.js';
import { Inbox, type Received } from '../../websocket/inbox.js';
import type { HttpClientSettings } from './http-client-settings.js';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const VERSION = '13';
const OFFER = 'permessage-deflate; client_no_context_takeover; server_no_context_takeover';
const WINDOW_BITS = 15;
/** In bytes: how much may wait to be received before the other side has to wait. */
const MOST_WAITING = 1024 * 1024;
/** In bytes. */
const MAX_PAYLOAD = 2 * 1024 * 1024;
/** As `ws` has them by default: each part of a message costs memory, however small it is. */
const MAX_FRAGMENTS = 16 * 1024;
const MAX_BUFFERED_CHUNKS = 256 * 1024;
/** In milliseconds: how long the other side may take to end a connection that has ended here. */
const LINGER_MS = 30_000;
const PUSH = 'Swoole\\Coroutine\\Http\\Client::push()';
const NO_STATUS = 1005;
const PROTOCOL_ERROR = 1002;
const RECEIVE = 'Swoole\\Coroutine\\Http\\Client->recv()';

/** What a client asks for a WebSocket with, and what the answer has to say. */
export class WebSocketOffer {
  readonly key = randomBytes(16).toString('base64');

  constructor(private readonly compression: boolean) {}

  headers(): Record<string, string> {
    return {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': VERSION,
      'Sec-WebSocket-Key': this.key,
      ...(this.compression ? { 'Sec-WebSocket-Extensions': OFFER } : {}),
    };
  }

  /**
   * Whether the answer makes the connection a WebSocket (RFC 6455, section 4.1).
   * @returns whether messages may be compressed; null when the answer is none to this offer
   */
  agreed(header: (name: string) => string): { compression: boolean } | null {
    if (!header('upgrade').toLowerCase().includes('websocket')) return null;
    const accept = createHash('sha1')
      .update(this.key + GUID)
      .digest('base64');
    if (header('sec-websocket-accept') !== accept) return null;
    const extensions = header('sec-websocket-extensions').toLowerCase();
    if (extensions === '') return { compression: false };
    // Each message has to be a deflated text of its own, and nothing else was offered.
    const alone =
      extensions.startsWith('permessage-deflate') && extensions.includes('server_no_context_takeover');
    return this.compression && alone && !extensions.includes(',') ? { compression: true } : null;
  }
}

/** The WebSocket that a client's connection has become. */
export class WebSocketLink {
  /** Whether the other side can still be sent to. */
  open = true;
  readonly #inbox: Inbox;
  readonly #receiver: Writable;
  readonly #deflate: Deflate | null;

  /** @param first what has come behind the answer */
  constructor(
    readonly socket: Socket,
    private readonly settings: HttpClientSettings,
    compression: boolean,
    first: Buffer,
  ) {
    const maxPayload = settings.package_max_length ?? MAX_PAYLOAD;
    this.#deflate = compression ? new Deflate(WINDOW_BITS, maxPayload) : null;
    this.#inbox = new Inbox(RECEIVE, MOST_WAITING, (hold) => (hold ? socket.pause() : socket.resume()));
    this.#receiver = this.#reader(maxPayload);
    const ended = (): void => this.#ended();
    socket
      .on('data', (bytes: Buffer) => this.#read(bytes))
      .on('end', ended)
      .on('close', ended)
      .on('error', ended);
    socket.ref();
    if (first.length > 0) this.#read(first);
    socket.resume();
  }

  #reader(maxPayload: number): Writable {
    const { settings } = this;
    const deflate = this.#deflate;
    const receiver = new (ws().Receiver)({
      isServer: false,
      maxPayload,
      maxFragments: MAX_FRAGMENTS,
      maxBufferedChunks: MAX_BUFFERED_CHUNKS,
      extensions: deflate === null ? {} : { 'permessage-deflate': deflate },
    });
    return receiver
      .on('message', (data: Buffer, binary: boolean) => {
        const flags = deflate?.took() ? SWOOLE_WEBSOCKET_FLAG_COMPRESS | SWOOLE_WEBSOCKET_FLAG_RSV1 : 0;
        const opcode = binary ? SWOOLE_WEBSOCKET_OPCODE_BINARY : SWOOLE_WEBSOCKET_OPCODE_TEXT;
        this.#deliver(new Frame(), binary ? data : data.toString(), opcode, flags);
      })
      .on('ping', (data: Buffer) => {
        if (settings.open_websocket_ping_frame)
          this.#deliver(new Frame(), data, SWOOLE_WEBSOCKET_OPCODE_PING);
        else this.push(data, SWOOLE_WEBSOCKET_OPCODE_PONG, SWOOLE_WEBSOCKET_FLAG_FIN);
      })
      .on('pong', (data: Buffer) => {
        if (settings.open_websocket_pong_frame)
          this.#deliver(new Frame(), data, SWOOLE_WEBSOCKET_OPCODE_PONG);
      })
      .on('conclude', (code: number, reason: Buffer) => this.#concluded(code, reason.toString()))
      .on('error', () => this.#leave(PROTOCOL_ERROR, ''));
  }

  #read(bytes: Buffer): void {
    const receiver = this.#receiver;
    if (!receiver.writableEnded && !receiver.destroyed) receiver.write(bytes);
  }

  #deliver(frame: Frame, data: string | Buffer, opcode: number, flags = 0): void {
    frame.data = data;
    frame.opcode = opcode;
    frame.flags = SWOOLE_WEBSOCKET_FLAG_FIN | flags;
    frame.finish = true;
    this.#inbox.put(frame);
  }

  /** The other side has sent a close frame: it is answered. */
  #concluded(code: number, reason: string): void {
    if (this.settings.open_websocket_close_frame) {
      const frame = new CloseFrame();
      frame.code = code === NO_STATUS ? 1000 : code;
      frame.reason = reason;
      this.#deliver(frame, '', SWOOLE_WEBSOCKET_OPCODE_CLOSE);
    }
    this.#leave(code === NO_STATUS ? 1000 : code, reason);
  }

  #leave(code: number, reason: string): void {
    this.disconnect(code, reason);
    this.#ended();
  }

  #ended(): void {
    this.open = false;
    this.#inbox.end();
    const { socket } = this;
    // The other side has to end its half, too; nobody waits for that.
    socket.end();
    socket.unref();
    socket.setTimeout(LINGER_MS, () => socket.destroy());
  }

  /** @returns false for a frame that cannot be, and when the connection is over */
  push(data: string | Uint8Array | Frame, opcode: number, flags: number): boolean {
    if (!this.open || !this.socket.writable) return false;
    const compress = this.#deflate === null ? 0 : SWOOLE_WEBSOCKET_FLAG_COMPRESS;
    // A message in parts is not compressed, and who agreed on nothing must not get a compressed one.
    const extra = SWOOLE_WEBSOCKET_FLAG_MASK | compress;
    const allowed =
      compress === 0
        ? ~SWOOLE_WEBSOCKET_FLAG_COMPRESS & ~SWOOLE_WEBSOCKET_FLAG_RSV1
        : ~SWOOLE_WEBSOCKET_FLAG_RSV1;
    let bytes: Buffer;
    if (data instanceof Frame) {
      const frame = Object.assign(data instanceof CloseFrame ? new CloseFrame() : new Frame(), data);
      frame.flags = (data.flags & allowed) | extra;
      bytes = packFrame(frame, PUSH);
    } else bytes = pack(data, opcode, (flags & allowed) | extra, PUSH);
    if (bytes.length === 0) return false;
    this.socket.write(bytes);
    return true;
  }

  /** @param seconds no limit from 0 down */
  recv(seconds: number): Received | Promise<Received> {
    return this.#inbox.take(seconds);
  }

  /** Sends a close frame. */
  disconnect(code: number, reason: string): boolean {
    const frame = new CloseFrame();
    frame.code = code;
    frame.reason = reason;
    return this.push(frame, SWOOLE_WEBSOCKET_OPCODE_CLOSE, SWOOLE_WEBSOCKET_FLAG_FIN);
  }

  /** Ends the connection; what has come is forgotten. */
  close(): void {
    this.open = false;
    this.#inbox.clear();
    this.socket.destroySoon();
  }
}
