import {
  SWOOLE_WEBSOCKET_FLAG_COMPRESS,
  SWOOLE_WEBSOCKET_FLAG_RSV1,
  SWOOLE_WEBSOCKET_OPCODE_BINARY,
  SWOOLE_WEBSOCKET_OPCODE_PING,
  SWOOLE_WEBSOCKET_OPCODE_PONG,
  SWOOLE_WEBSOCKET_OPCODE_TEXT,
} from '../constants/websocket.js';
import { enterSlot, leaveUnmade, type Slot } from '../coroutine/current.js';
import { callbacksHaveSlots, callInCoroutine, leave, leaveThrowing } from '../coroutine/lifecycle.js';
import type { CloseInfo, MessageBytes } from '../engine/engine.js';
import type { Counters } from '../server/counters.js';
import type { Port } from '../server/port.js';
import type { Runtime } from '../server/runtime.js';
import type { Server } from '../server/server.js';
import { type Session, WebSocketStatus } from '../session/session.js';
import { CloseFrame, type Frame, receivedFrame } from './frame.js';

type MessageCallback = (server: Server, frame: Frame) => unknown;

/** The flags of a message that came compressed. */
const COMPRESSED = SWOOLE_WEBSOCKET_FLAG_COMPRESS | SWOOLE_WEBSOCKET_FLAG_RSV1;
const TEXT = SWOOLE_WEBSOCKET_OPCODE_TEXT;
const NO_STATUS = 1005;
const ABNORMAL = 1006;
const NORMAL = 1000;

/** Brings what arrives on a WebSocket to the message event. */
export class MessageDelivery {
  private readonly onMessage: MessageCallback | null;
  private readonly pingFrames: boolean;
  private readonly pongFrames: boolean;
  private readonly closeFrames: boolean;
  private readonly counters: Counters;

  constructor(
    private readonly runtime: Runtime,
    private readonly server: Server,
    port: Port,
  ) {
    this.onMessage = server.callbackFor<MessageCallback>(port, 'message');
    this.counters = runtime.counters;
    const settings = port.resolved;
    this.pingFrames = settings.open_websocket_ping_frame;
    this.pongFrames = settings.open_websocket_pong_frame;
    this.closeFrames = settings.open_websocket_close_frame;
  }

  /** The bytes are taken back when this returns: text is decoded, bytes are copied. */
  message(session: Session, data: MessageBytes, binary: boolean, compressed: boolean): void {
    const { onMessage } = this;
    if (binary || compressed || onMessage === null || !session.free || !callbacksHaveSlots())
      return this.anyMessage(session, data, binary, compressed);
    // The common case is small and by itself, and calls the callback from here: V8 then compiles the callback into it.
    const { byteLength } = data;
    session.heard();
    const frame = receivedFrame(session.fd, session.engine.decode(data), TEXT);
    const before = enterSlot();
    let result: unknown;
    try {
      result = onMessage(this.server, frame);
    } catch (error) {
      this.counters.request(byteLength);
      return this.threw(session, before, error);
    }
    if (!leaveUnmade(before) || result !== undefined) this.returned(session, before, result);
    this.counters.request(byteLength);
  }

  private anyMessage(session: Session, data: MessageBytes, binary: boolean, compressed: boolean): void {
    const frame = binary
      ? receivedFrame(session.fd, Buffer.from(new Uint8Array(data)), SWOOLE_WEBSOCKET_OPCODE_BINARY)
      : receivedFrame(session.fd, session.engine.decode(data), TEXT);
    if (compressed) frame.flags |= COMPRESSED;
    const { byteLength } = data;
    this.dispatch(session, frame);
    this.counters.request(byteLength);
  }

  ping(session: Session, data: MessageBytes): void {
    session.heard();
    if (this.pingFrames) this.control(session, data, SWOOLE_WEBSOCKET_OPCODE_PING);
  }

  pong(session: Session, data: MessageBytes): void {
    session.heard();
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
    session.heard();
    if (session.free) this.invoke(session, frame);
    else
      session.deliver(() => {
        if (!session.abandoned) this.invoke(session, frame);
      });
  }

  private invoke(session: Session, frame: Frame): void {
    const { onMessage } = this;
    if (onMessage !== null) this.settle(session, () => callInCoroutine(onMessage, this.server, frame));
  }

  private threw(session: Session, before: Slot, error: unknown): void {
    this.settle(session, () => leaveThrowing(before, error));
  }

  private returned(session: Session, before: Slot, result: unknown): void {
    this.settle(session, () => leave(before, result));
  }

  /** What a callback has thrown is reported, and what goes on is waited for. */
  private settle(session: Session, outcome: () => unknown): void {
    try {
      const promise = this.runtime.watch('message', session, outcome());
      if (promise !== null) session.track(promise);
    } catch (error) {
      this.runtime.failed(error, 'message', session);
    }
  }
}
