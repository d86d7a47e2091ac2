import type { Bytes, CloseInfo, EngineConnection } from '../engine.js';
import { atEndOfTurn } from '../turn.js';
import type { UwsResponse, UwsWebSocket } from './binding.js';
import { encodeOnce } from './encode-once.js';
import type { UwsExchange } from './exchange.js';
import type { HttpPeer } from './peers.js';
import type { UwsPort } from './port.js';

/** How long a closing connection may take to read what was already sent to it, in milliseconds. */
const LINGER_MS = 5_000;

/** The longest queue whose arrays are used again. */
const KEPT = 128;

const CONTINUATION = 0;
const TEXT = 1;
const BINARY = 2;
const PING = 9;
const PONG = 10;

/** The reasons uWebSockets.js gives when it drops a peer, and the code of RFC 6455 section 7.4.1 for each. */
const PROTOCOL_FAILURES: ReadonlyArray<readonly [text: string, code: number]> = [
  ['Received invalid UTF-8', 1007],
  ['Received too big message', 1009],
  ['Received invalid close payload', 1002],
];

/** The connection whose uWebSockets.js callback is running: what it sends now leaves in that callback's cork. */
let corked: UwsConnection | null = null;
export function corkedConnection(): UwsConnection | null {
  return corked;
}
export function enterCork(connection: UwsConnection | null): void {
  corked = connection;
  receivedBytes = null;
}

/** The message that is being delivered, as text and as bytes, for programs that send it back. */
let receivedText = '';
let receivedBytes: ArrayBuffer | null = null;

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

  /** How it was ended before it was a WebSocket: with a close frame, or without. */
  private afterUpgrade: { code: number; reason: string } | null = null;
  private queue: Bytes[] = [];
  private queueKinds: number[] = [];
  /** How many of the queue's entries count. */
  private queued = 0;
  private queuedBytes = 0;
  private waiting = false;
  private congested = false;
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

  /** The upgrade is done. */
  opened(socket: UwsWebSocket<SocketData>): void {
    this.socket = socket;
    this.upgrading = false;
    this.flush();
    if (this.open) return;
    if (this.afterUpgrade === null) {
      this.closing = true;
      this.wait();
    } else socket.end(this.afterUpgrade.code, this.afterUpgrade.reason);
  }

  send(data: Bytes, opcode: number, fin: boolean, compress: boolean): boolean {
    if (opcode > BINARY && opcode !== PING) return opcode === PONG && this.pongWasSent();
    if (!this.open || (this.socket === null && !this.upgrading)) return false;
    const kind = opcode | (fin ? 16 : 0) | (compress ? 32 : 0);
    if (corked === this && this.queued === 0 && this.socket !== null) {
      const same = receivedBytes !== null && data === receivedText;
      this.sendNow(this.socket, same ? (receivedBytes as ArrayBuffer) : data, kind);
      return true;
    }
    this.queue[this.queued] = typeof data === 'string' ? encodeOnce(data) : data;
    this.queueKinds[this.queued++] = kind;
    this.queuedBytes += data.length;
    this.wait();
    return true;
  }

  received(text: string, bytes: ArrayBuffer): void {
    receivedText = text;
    receivedBytes = bytes;
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
    const { queue, queueKinds } = this;
    for (let i = 0; i < this.queued && this.socket !== null; i++)
      this.sendNow(this.socket, queue[i] as Bytes, queueKinds[i] as number);
  }

  private flush(): void {
    const { socket } = this;
    if (this.queued === 0 || this.upgrading) return;
    if (socket !== null) {
      if (this.queued === 1 || corked === this) this.sendQueue();
      else {
        flushing = this;
        socket.cork(flushCorked);
        flushing = null;
      }
    }
    this.clearQueue();
  }

  private clearQueue(): void {
    // Short lists are kept for the next turn; what they held is not.
    if (this.queued > KEPT) {
      this.queue = [];
      this.queueKinds = [];
    } else for (let i = 0; i < this.queued; i++) this.queue[i] = '';
    this.queued = 0;
    this.queuedBytes = 0;
  }

  private sendNow(socket: UwsWebSocket<SocketData>, data: Bytes | ArrayBuffer, kind: number): void {
    const opcode = kind & 15;
    const fin = (kind & 16) !== 0;
    const compress = (kind & 32) !== 0;
    let status: 0 | 1 | 2;
    // Parts of a message are never compressed, as in Swoole: whether they are is said once, by the first.
    if (opcode === PING) status = socket.ping(data);
    else if (opcode === CONTINUATION)
      status = fin ? socket.sendLastFragment(data, false) : socket.sendFragment(data, false);
    else if (fin) status = socket.send(data, opcode !== TEXT, compress);
    else status = socket.sendFirstFragment(data, opcode !== TEXT, false);
    if (status !== 1) this.congested = true;
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
    // What the program has done with goes on to its end when it is the server that closes.
    const goesOn = this.upgrading || (this.closing && this.exchange?.flushing === true);
    if (!goesOn) this.exchange?.aborted();
    if (!this.closing && !this.upgrading) this.exchange = null;
    this.port.closed(this, info);
  }
}

/** What the WebSocket close handler of uWebSockets.js tells, in the terms of RFC 6455. */
export function closeInfo(code: number, message: ArrayBuffer): CloseInfo {
  const reason = Buffer.from(message).toString();
  if (code !== 1006) return { code, reason, wasClean: true };
  for (const [text, number] of PROTOCOL_FAILURES)
    if (reason.startsWith(text)) return { code: number, reason, wasClean: false };
  return { code: 1006, reason: '', wasClean: false };
}
