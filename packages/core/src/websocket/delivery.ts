import {
  SWOOLE_WEBSOCKET_FLAG_COMPRESS,
  SWOOLE_WEBSOCKET_FLAG_RSV1,
  SWOOLE_WEBSOCKET_OPCODE_BINARY,
  SWOOLE_WEBSOCKET_OPCODE_PING,
  SWOOLE_WEBSOCKET_OPCODE_PONG,
  SWOOLE_WEBSOCKET_OPCODE_TEXT,
} from '../constants/websocket.js';
import { callInCoroutine } from '../coroutine/lifecycle.js';
import type { CloseInfo, MessageBytes } from '../engine/engine.js';
import type { Port } from '../server/port.js';
import type { Runtime } from '../server/runtime.js';
import type { Server } from '../server/server.js';
import { now } from '../session/clock.js';
import { type Session, WebSocketStatus } from '../session/session.js';
import { CloseFrame, type Frame, receivedFrame } from './frame.js';

type MessageCallback = (server: Server, frame: Frame) => unknown;

/** Several times faster than a Buffer for short texts; a byte order mark stays, as in PHP. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
/** The flags of a message that came compressed. */
const COMPRESSED = SWOOLE_WEBSOCKET_FLAG_COMPRESS | SWOOLE_WEBSOCKET_FLAG_RSV1;
const NO_STATUS = 1005;
const ABNORMAL = 1006;
const NORMAL = 1000;

/** Brings what arrives on a WebSocket to the message event. */
export class MessageDelivery {
  private readonly onMessage: MessageCallback | null;
  private readonly pingFrames: boolean;
  private readonly pongFrames: boolean;
  private readonly closeFrames: boolean;

  constructor(
    private readonly runtime: Runtime,
    private readonly server: Server,
    port: Port,
  ) {
    this.onMessage = server.callbackFor<MessageCallback>(port, 'message');
    const settings = port.resolved;
    this.pingFrames = settings.open_websocket_ping_frame;
    this.pongFrames = settings.open_websocket_pong_frame;
    this.closeFrames = settings.open_websocket_close_frame;
  }

  message(session: Session, data: MessageBytes, binary: boolean, compressed: boolean): void {
    // The bytes are taken back when this returns: text is decoded, bytes are copied.
    const frame = binary
      ? receivedFrame(session.fd, Buffer.from(new Uint8Array(data)), SWOOLE_WEBSOCKET_OPCODE_BINARY)
      : receivedFrame(session.fd, this.decode(session, data), SWOOLE_WEBSOCKET_OPCODE_TEXT);
    if (compressed) frame.flags |= COMPRESSED;
    const { byteLength } = data;
    this.dispatch(session, frame);
    this.runtime.counters.request(byteLength);
  }

  private decode(session: Session, data: MessageBytes): string {
    // Both keep a byte order mark; on a Buffer its own method is the faster one. (The name Buffer alone costs a call: it is a getter.)
    const text = ArrayBuffer.isView(data) ? data.toString() : utf8.decode(data);
    session.engine.received(text, data);
    return text;
  }

  ping(session: Session, data: MessageBytes): void {
    session.lastReceived = now();
    if (this.pingFrames) this.control(session, data, SWOOLE_WEBSOCKET_OPCODE_PING);
  }

  pong(session: Session, data: MessageBytes): void {
    session.lastReceived = now();
    if (this.pongFrames) this.control(session, data, SWOOLE_WEBSOCKET_OPCODE_PONG);
  }

  /** With open_websocket_close_frame the client's close frame is the last message before the close event. */
  closing(session: Session, info: CloseInfo): void {
    if (!this.closeFrames || session.closedBy !== 'client' || !info.wasClean || info.code === ABNORMAL)
      return;
    if (session.websocketStatus !== WebSocketStatus.ACTIVE || this.onMessage === null) return;
    const frame = new CloseFrame();
    frame.fd = session.fd;
    frame.flags = receivedFrame(0, '', 0).flags;
    frame.finish = true;
    frame.code = info.code === NO_STATUS ? NORMAL : info.code;
    frame.reason = info.reason;
    this.invoke(session, frame);
    this.runtime.counters.request(0);
  }

  private control(session: Session, data: MessageBytes, opcode: number): void {
    const payload = Buffer.from(new Uint8Array(data));
    this.dispatch(session, receivedFrame(session.fd, payload, opcode));
    this.runtime.counters.request(0);
  }

  private dispatch(session: Session, frame: Frame): void {
    session.lastReceived = now();
    if (session.free) this.invoke(session, frame);
    else this.postpone(session, frame);
  }

  /** Apart from dispatch(), in which the closure would cost every message an allocation. */
  private postpone(session: Session, frame: Frame): void {
    session.deliver(() => {
      if (!session.abandoned) this.invoke(session, frame);
    });
  }

  private invoke(session: Session, frame: Frame): void {
    const { onMessage, runtime } = this;
    if (onMessage === null) return;
    try {
      const result = callInCoroutine(onMessage, this.server, frame);
      if (result === undefined) return;
      const promise = runtime.watch('message', session, result);
      if (promise !== null) session.track(promise);
    } catch (error) {
      runtime.failed(error, 'message', session);
    }
  }
}
