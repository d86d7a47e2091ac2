import type { Bytes, CloseInfo, EngineConnection, MessageBytes } from '../engine.js';
import { atEndOfTurn } from '../turn.js';
import type { UwsResponse, UwsWebSocket } from './binding.js';
import { broadcast } from './broadcast.js';
import type { UwsExchange } from './exchange.js';
import { BINARY, COMPRESS, FIN, isWhole, PING, PONG } from './kind.js';
import { MessageQueue } from './message-queue.js';
import type { HttpPeer } from './peers.js';
import type { UwsPort } from './port.js';
import { sendMessage } from './send-message.js';

/** How long a closing connection may take to read what was already sent to it, in milliseconds. */
const LINGER_MS = 5_000;

/** The connection whose uWebSockets.js callback is running: what it sends now leaves in that callback's cork. */
let corked: UwsConnection | null = null;
export function corkedConnection(): UwsConnection | null {
  return corked;
}
export function enterCork(connection: UwsConnection | null): void {
  corked = connection;
  receivedBytes = null;
}

/** Several times faster than a Buffer for short texts. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** The message that is being delivered, as text and as bytes: sending it back needs no encoding. */
let receivedText = '';
let receivedBytes: MessageBytes | null = null;

let flushing: UwsConnection | null = null;
function flushCorked(): void {
  flushing?.sendQueue();
}

const noReason: CloseInfo = { code: 0, reason: '', wasClean: false };
export interface SocketData {
  connection: UwsConnection;
}

/** A connection, from TCP accept to its end. */
export class UwsConnection implements EngineConnection {
  owner: unknown = null;
  open = true;
  socket: UwsWebSocket<SocketData> | null = null;
  /** The native side while it speaks HTTP; null before its first request, and after the upgrade. */
  peer: HttpPeer | null = null;
  /** The request being answered. */
  exchange: UwsExchange | null = null;
  /** True when nobody knows which connection the request came from (see peers.ts): it ends with the answer. */
  orphan = false;
  /** True after a response that ends the connection: what was pipelined behind it is not served (RFC 9112 section 9.6). */
  over = false;
  /** When the connection was made or its last request ended, in milliseconds. */
  lastUsed = Date.now();
  /** True after a ping, which uWebSockets.js has answered by itself, until the program sends its own pong for it. */
  pinged = false;
  /** True from the decision to upgrade until the socket is open: what is sent meanwhile waits in the queue. */
  upgrading = false;
  /** True while it is an open WebSocket. */
  private talks = false;
  /** True when what was sent may not have left at once. */
  congested = false;

  /** How it was ended before it was a WebSocket: with a close frame, or without. */
  private afterUpgrade: { code: number; reason: string } | null = null;
  /** True while all that waits for it is the message on its way to many (see broadcast.ts). */
  private inBroadcast = false;
  /** What waits for the end of the turn; null before the first. */
  private queue: MessageQueue | null = null;
  private queuedBytes = 0;
  private waiting = false;
  /** Set between a close by the server and the moment the native socket is really closed. */
  private closing = false;
  private closingPeer: HttpPeer | null = null;
  private lingerTimer: NodeJS.Timeout | null = null;

  constructor(
    private readonly port: UwsPort,
    readonly remoteAddress: string,
    readonly remotePort: number,
  ) {}

  get isWebSocket(): boolean {
    return this.socket !== null;
  }

  /** It has become known which peer this connection is. */
  found(peer: HttpPeer): void {
    if (this.closing) this.closingPeer = peer;
  }

  /** The response is about to end, which may close the connection at once. */
  ending(): void {
    this.port.beginEnd(this);
  }

  notEnding(): void {
    this.port.beginEnd(null);
  }

  /** The response has ended: its abort handler went with it. */
  responded(close: boolean): void {
    this.port.beginEnd(null);
    const flushed = this.exchange?.flushing === true;
    this.exchange = null;
    this.over ||= close;
    if (this.orphan) {
      // Its native object was the request's own, which the response has used up; uWebSockets.js closes it now.
      if (this.peer !== null) this.peer.handle = null;
      this.lost();
      return;
    }
    if (this.peer === null) return;
    this.peer.rearm();
    this.lastUsed = Date.now();
    if (flushed && this.closing) this.wait();
  }

  /** Forgets the native HTTP object: it is invalid once the socket has become a WebSocket. */
  becomeWebSocket(): void {
    if (this.peer !== null) this.peer.handle = null;
    this.peer = null;
    this.exchange = null;
  }

  /** Another HTTP connection, whose cork can be borrowed. */
  neighbour(): UwsResponse | null {
    return this.port.peers.another(this);
  }

  /** A message has come, whose bytes are taken back when this returns. */
  deliver(bytes: ArrayBuffer, binary: boolean): void {
    if (!this.open) return;
    corked = this;
    this.port.listener.message(this, bytes, binary);
    corked = null;
    receivedBytes = null;
  }

  /** The upgrade is done. */
  opened(socket: UwsWebSocket<SocketData>): void {
    this.socket = socket;
    this.upgrading = false;
    this.talks = this.open;
    this.flush();
    if (this.open) return;
    if (this.afterUpgrade === null) {
      this.closing = true;
      this.wait();
    } else socket.end(this.afterUpgrade.code, this.afterUpgrade.reason);
  }

  // Small and by itself: V8 then compiles it into the callback that a message is given to.
  answer(text: string, compress: boolean): boolean {
    if (corked !== this || !this.talks || this.waiting || this.inBroadcast || this.congested) return false;
    const what = text === receivedText && receivedBytes !== null ? receivedBytes : text;
    const left = (this.socket as UwsWebSocket<SocketData>).send(what, false, compress && text !== '');
    if (left !== 1) this.congested = true;
    return true;
  }

  send(data: Bytes, opcode: number, fin: boolean, compress: boolean): boolean {
    if (opcode > BINARY && opcode !== PING) return opcode === PONG && this.pongWasSent();
    if (!this.open || (this.socket === null && !this.upgrading)) return false;
    const kind = opcode | (fin ? FIN : 0) | (compress ? COMPRESS : 0);
    const { socket } = this;
    const free = socket !== null && !this.inBroadcast && (this.queue === null || this.queue.length === 0);
    // At once: a close frame behind the message, in what was read with it, ends the connection before the end of the turn.
    if (free && corked === this) {
      if (!sendMessage(socket, data, kind)) this.congested = true;
      return true;
    }
    this.queuedBytes += data.length;
    if (free && isWhole(kind) && broadcast.join(this, data, kind)) {
      this.inBroadcast = true;
      return true;
    }
    this.ownQueue().add(data, kind);
    this.wait();
    return true;
  }

  decode(bytes: MessageBytes): string {
    const text = utf8.decode(bytes);
    receivedText = text;
    receivedBytes = bytes;
    return text;
  }

  bufferedAmount(): number {
    if (!this.congested || this.socket === null) return this.queuedBytes;
    return this.queuedBytes + this.socket.getBufferedAmount();
  }

  end(code: number, reason: string): void {
    if (this.upgrading && this.open) {
      this.afterUpgrade = { code, reason };
      this.gone({ code, reason, wasClean: true });
      return;
    }
    if (!this.open || this.socket === null) return this.close();
    this.flush();
    // uWebSockets.js calls the close handler, which is lost(), before this returns.
    this.port.endedByServer(this, code, reason);
    this.socket?.end(code, reason);
  }

  close(discard = false): void {
    if (!this.open) return;
    if (discard) this.clearQueue();
    if (this.upgrading) {
      this.afterUpgrade = null;
      this.gone(noReason);
      return;
    }
    this.flush();
    this.closing = true;
    if (this.socket === null) this.closingPeer = this.port.peers.closable(this);
    // Inside a callback the cork still holds what was sent before; closing now would throw that away.
    if (corked === this) this.wait();
    else this.closeNative();
    this.gone(noReason);
  }

  /** uWebSockets.js has closed the connection. */
  lost(info: CloseInfo = noReason): void {
    this.peer = null;
    this.socket = null;
    this.talks = false;
    this.upgrading = false;
    if (this.lingerTimer) clearTimeout(this.lingerTimer);
    // Also when the program closed it before: an upgrade or an answer that was to go on has nowhere to go.
    this.exchange?.aborted();
    this.gone(info);
  }

  drained(): void {
    if (this.socket === null) return;
    const left = this.socket.getBufferedAmount();
    if (left === 0) this.congested = false;
    if (this.closing) {
      if (left === 0) this.socket.close();
    } else this.port.listener.drain(this);
  }

  endOfTurn(): void {
    this.waiting = false;
    this.flush();
    if (this.closing && this.lingerTimer === null) this.closeNative();
  }

  /** Asks for {@link endOfTurn}. */
  wait(): void {
    if (this.waiting) return;
    this.waiting = true;
    atEndOfTurn(this);
  }

  /** Sends what is queued, in one cork; called inside it. */
  sendQueue(): void {
    this.queue?.sendTo(this);
  }

  /** The broadcast it is in is about to be sent. @returns where to, null when it got the message in another way or is gone */
  leaveBroadcast(): UwsWebSocket<SocketData> | null {
    if (!this.inBroadcast) return null;
    this.inBroadcast = false;
    this.queuedBytes = 0;
    return this.socket;
  }

  /** The queue, which begins with the message of the broadcast it was in. */
  private ownQueue(): MessageQueue {
    this.queue ??= new MessageQueue();
    if (this.inBroadcast) this.queue.add(broadcast.data, broadcast.kind);
    this.inBroadcast = false;
    return this.queue;
  }

  private flush(): void {
    const queue = this.inBroadcast ? this.ownQueue() : this.queue;
    if (queue === null || queue.length === 0 || this.upgrading) return;
    const { socket } = this;
    if (socket !== null) {
      if (queue.length === 1 || corked === this) this.sendQueue();
      else {
        flushing = this;
        socket.cork(flushCorked);
        flushing = null;
      }
    }
    this.clearQueue();
  }

  private clearQueue(): void {
    this.inBroadcast = false;
    this.queue?.clear();
    this.queuedBytes = 0;
  }

  private pongWasSent(): boolean {
    const { pinged } = this;
    this.pinged = false;
    return pinged;
  }

  private closeNative(): void {
    const { socket } = this;
    if (socket === null) {
      // A large response is finished first: responded() comes back here.
      if (this.exchange?.flushing !== true) this.closingPeer?.handle?.close();
    } else if (socket.getBufferedAmount() === 0) socket.close();
    else {
      this.lingerTimer = setTimeout(() => this.socket?.close(), LINGER_MS);
      this.lingerTimer.unref();
    }
  }

  /** Tells the server once that the connection is over. */
  private gone(info: CloseInfo): void {
    if (!this.open) return;
    this.open = false;
    this.talks = false;
    // What the program has done with goes on to its end when it is the server that closes.
    const goesOn = this.upgrading || (this.closing && this.exchange?.flushing === true);
    if (!goesOn) this.exchange?.aborted();
    if (!this.closing && !this.upgrading) this.exchange = null;
    this.port.closed(this, info);
  }
}
