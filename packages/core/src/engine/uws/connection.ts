import type { Bytes, CloseInfo, EngineConnection } from '../engine.js';
import type { UwsResponse, UwsWebSocket } from './binding.js';
import { encodeOnce } from './encode-once.js';
import type { UwsExchange } from './exchange.js';
import type { UwsPort } from './port.js';
import { atEndOfTurn } from './turn.js';

/** How long a closing connection may take to read what was already sent to it, in milliseconds. */
const LINGER_MS = 5_000;

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
}

let flushing: UwsConnection | null = null;
function flushCorked(): void {
  flushing?.sendQueue();
}

const noReason: CloseInfo = { code: 0, reason: '', wasClean: false };
export interface SocketData {
  connection: UwsConnection;
}

/**
 * A connection, from TCP accept to its end. Before the upgrade `handle` is the native object that the filter callback gave:
 * it stays valid between requests, which the per-request objects do not. An abort handler is always armed on it, so that the
 * connection is never touched after it has closed.
 */
export class UwsConnection implements EngineConnection {
  owner: unknown = null;
  open = true;
  socket: UwsWebSocket<SocketData> | null = null;
  /** The request being answered. */
  exchange: UwsExchange | null = null;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** True while the data handler that tells which connection a request belongs to must be set again. */
  disarmed = false;
  /** When the connection was made or its last request ended, in milliseconds. */
  lastUsed = Date.now();

  private handle: UwsResponse | null;
  private readonly port: UwsPort;
  private queue: Bytes[] = [];
  private queueKinds: number[] = [];
  private queuedBytes = 0;
  /** True after a ping, which uWebSockets.js has answered by itself, until the program sends its own pong for it. */
  pinged = false;
  /** True from the decision to upgrade until the socket is open: what is sent meanwhile waits in the queue. */
  upgrading = false;
  private waiting = false;
  private congested = false;
  /** Set between a close by the server and the moment the native socket is really closed. */
  private closing = false;
  private lingerTimer: NodeJS.Timeout | null = null;
  private readonly onAborted: () => void;
  private readonly onData: (chunk: ArrayBuffer, last: boolean) => void;

  /** @param orphan true for a request whose connection is not known (see identity.ts): `handle` is then good for one request */
  constructor(
    handle: UwsResponse,
    port: UwsPort,
    readonly orphan: boolean,
  ) {
    this.handle = handle;
    this.port = port;
    this.remoteAddress = Buffer.from(handle.getRemoteAddressAsText()).toString('latin1');
    this.remotePort = handle.getRemotePort?.() ?? 0;
    this.onAborted = () => this.lost(noReason);
    this.onData = (chunk, last) => this.port.identity.data(this, chunk, last);
    handle.onAborted(this.onAborted);
    handle.onData(this.onData);
  }

  get isWebSocket(): boolean {
    return this.socket !== null;
  }

  /** Sets the data handler again, for the next request. */
  rearmData(): void {
    this.disarmed = false;
    if (this.handle !== null && !this.orphan) this.handle.onData(this.onData);
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
    this.exchange = null;
    if (this.orphan) {
      if (close) this.lost(noReason);
      return;
    }
    if (this.handle === null) return;
    this.handle.onAborted(this.onAborted);
    this.lastUsed = Date.now();
  }

  /** Forgets the native HTTP object: it is invalid once the socket has become a WebSocket. */
  becomeWebSocket(): void {
    this.handle = null;
    this.exchange = null;
  }

  /** The upgrade is done. */
  opened(socket: UwsWebSocket<SocketData>): void {
    this.socket = socket;
    this.upgrading = false;
    this.flush();
  }

  send(data: Bytes, opcode: number, fin: boolean, compress: boolean): boolean {
    if (opcode > BINARY && opcode !== PING) return opcode === PONG && this.pongWasSent();
    if (!this.open || (this.socket === null && !this.upgrading)) return false;
    const kind = opcode | (fin ? 16 : 0) | (compress ? 32 : 0);
    if (corked === this && this.queue.length === 0 && this.socket !== null) {
      this.sendNow(this.socket, data, kind);
      return true;
    }
    this.queue.push(typeof data === 'string' ? encodeOnce(data) : data);
    this.queueKinds.push(kind);
    this.queuedBytes += data.length;
    this.wait();
    return true;
  }

  bufferedAmount(): number {
    if (!this.congested || this.socket === null) return this.queuedBytes;
    return this.queuedBytes + this.socket.getBufferedAmount();
  }

  end(code: number, reason: string): void {
    if (!this.open || this.socket === null) return this.close();
    this.flush();
    // uWebSockets.js calls the close handler, which is lost(), before this returns.
    this.port.endedByServer(this, code, reason);
    this.socket?.end(code, reason);
  }

  close(discard = false): void {
    if (!this.open) return;
    if (discard) this.clearQueue();
    this.flush();
    this.closing = true;
    const native = this.socket ?? this.handle;
    // Inside a callback the cork still holds what was sent before; closing now would throw that away.
    if (corked === this) this.wait();
    else if (this.socket !== null && this.socket.getBufferedAmount() > 0) this.linger();
    // While a record may stand for a connection that is long gone, an idle native object must not be touched.
    else if (this.socket !== null || this.exchange !== null || this.port.identity.orphans === 0) native?.close();
    this.gone(noReason);
  }

  /** uWebSockets.js has closed the connection. */
  lost(info: CloseInfo): void {
    this.handle = null;
    this.socket = null;
    if (this.lingerTimer) clearTimeout(this.lingerTimer);
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
    if (this.closing && this.lingerTimer === null) {
      if (this.socket !== null && this.socket.getBufferedAmount() > 0) this.linger();
      else (this.socket ?? this.handle)?.close();
    }
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
    for (let i = 0; i < queue.length && this.socket !== null; i++)
      this.sendNow(this.socket, queue[i] as Bytes, queueKinds[i] as number);
  }

  private flush(): void {
    const { socket } = this;
    if (this.queue.length === 0 || this.upgrading) return;
    if (socket !== null) {
      if (this.queue.length === 1 || corked === this) this.sendQueue();
      else {
        flushing = this;
        socket.cork(flushCorked);
        flushing = null;
      }
    }
    this.clearQueue();
  }

  private clearQueue(): void {
    this.queue.length = 0;
    this.queueKinds.length = 0;
    this.queuedBytes = 0;
  }

  private sendNow(socket: UwsWebSocket<SocketData>, data: Bytes, kind: number): void {
    const opcode = kind & 15;
    const fin = (kind & 16) !== 0;
    const compress = (kind & 32) !== 0;
    let status: 0 | 1 | 2;
    if (opcode === PING) status = socket.ping(data);
    else if (opcode === CONTINUATION)
      status = fin ? socket.sendLastFragment(data, compress) : socket.sendFragment(data, compress);
    else if (fin) status = socket.send(data, opcode !== TEXT, compress);
    else status = socket.sendFirstFragment(data, opcode !== TEXT, compress);
    if (status !== 1) this.congested = true;
  }

  private pongWasSent(): boolean {
    const { pinged } = this;
    this.pinged = false;
    return pinged;
  }

  private linger(): void {
    this.lingerTimer = setTimeout(() => (this.socket ?? this.handle)?.close(), LINGER_MS);
    this.lingerTimer.unref();
  }

  /** Tells the server once that the connection is over. */
  private gone(info: CloseInfo): void {
    if (!this.open) return;
    this.open = false;
    this.exchange?.aborted();
    this.exchange = null;
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
