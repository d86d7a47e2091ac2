import type { RequestHead } from '../engine.js';
import { atEndOfTurn, type TurnTask } from '../turn.js';
import type { UwsResponse, UwsSocketContext } from './binding.js';
import { enterCork, type UwsConnection } from './connection.js';
import { UwsExchange } from './exchange.js';
import type { HttpPeer } from './peers.js';
import type { UwsPort } from './port.js';

interface Unclaimed {
  res: UwsResponse;
  head: RequestHead;
  context: UwsSocketContext | null;
}

const NO_BYTES = new Uint8Array(0);
function nothing(): void {}

/**
 * Tells which connection a request came from. uWebSockets.js hands out a new object per request and never says whose it is,
 * while a Swoole fd belongs to a connection. But handlers set on the object that the connect filter gave stay with the connection, and
 * the data handler is called for every request right after the request handler. So a request stays unclaimed until the
 * data handler of its connection claims it.
 *
 * - A data handler is used up by its request; it is set again when the next request arrives, whosever that is.
 * - A chunked request whose body has not begun is claimed by nobody, nor is one with Content-Length 0 whose head came in pieces: when only
 *   one connection can have sent it, it is that one's, else it is served as a connection of its own (see peers.ts).
 */
export class Identity implements TurnTask {
  private unclaimed: Unclaimed | null = null;
  /** Those whose data handler was used up since the last request's head: several bodies may end between two heads. */
  private readonly used: HttpPeer[] = [];
  /**
   * True after the first orphan. Its answer takes its abort handler away for good, and when the peer reads slowly it may send more before
   * it is closed: uWebSockets.js would abort the process over a request without such a handler, so every request gets one.
   */
  private guarded = false;
  /** A handshake served at once that has not become a WebSocket (yet): the data handler tells whose it was. */
  private notUpgraded: UwsConnection | null = null;

  constructor(private readonly port: UwsPort) {}

  /** A request's head has been read. */
  head(res: UwsResponse, head: RequestHead, context: UwsSocketContext | null): void {
    this.settle();
    this.rearmUsed();
    if (!hasReadableLength(head.headers)) {
      // uWebSockets.js is about to refuse it, and no data handler will be called; but without an abort handler it would not get that far.
      if (this.guarded) res.close();
      return;
    }
    this.unclaimed = { res, head, context };
    if (this.guarded) this.guard(res);
    else if (sends(head.headers, 'transfer-encoding') || sends(head.headers, 'content-length'))
      atEndOfTurn(this);
  }

  /**
   * The head of a request that asks for a WebSocket has been read. uWebSockets.js upgrades best within this very call, so
   * the request is served at once where there can be no confusion about whose it is.
   */
  upgradeHead(res: UwsResponse, head: RequestHead, context: UwsSocketContext): void {
    this.settle();
    this.rearmUsed();
    const connection = sends(head.headers, 'content-length') ? null : this.port.peers.forHandshake(res);
    if (connection === null) {
      this.head(res, head, context);
      return;
    }
    const exchange = new UwsExchange(connection, res, head, context);
    exchange.bodyDone = true;
    exchange.inUpgradeHandler = true;
    if (this.guarded) this.guard(res);
    connection.exchange = exchange;
    enterCork(connection);
    this.port.listener.request(exchange, NO_BYTES, true);
    enterCork(null);
    exchange.inUpgradeHandler = false;
    if (!exchange.upgraded) this.notUpgraded = connection;
  }

  /** The data handler of a connection was called. */
  data(peer: HttpPeer, chunk: ArrayBuffer, last: boolean): void {
    const begins = !peer.midBody;
    peer.midBody = !last;
    if (last) this.used.push(peer);
    if (this.notUpgraded !== null) {
      this.port.peers.rebind(this.notUpgraded, peer);
      if (this.guarded) peer.rearm();
      this.notUpgraded = null;
      return;
    }
    const connection = this.port.peers.claim(peer);
    if (this.guarded) peer.rearm();
    enterCork(connection);
    if (begins) this.begin(connection, chunk.byteLength === 0 ? NO_BYTES : new Uint8Array(chunk), last);
    else if (connection.exchange !== null && !connection.exchange.bodyDone) {
      // The rest of a body that was answered before its end goes nowhere.
      connection.exchange.bodyDone = last;
      this.port.listener.body(connection.exchange, new Uint8Array(chunk), last);
    }
    enterCork(null);
  }

  private begin(connection: UwsConnection, bytes: Uint8Array, last: boolean): void {
    const claim = this.unclaimed;
    this.unclaimed = null;
    // What is pipelined behind a response that ends the connection is not served; the connection closes at the end of the turn.
    if (connection.over) connection.close();
    if (claim === null || !connection.open) return;
    const exchange = new UwsExchange(connection, claim.res, claim.head, claim.context);
    exchange.bodyDone = last;
    connection.exchange = exchange;
    this.port.listener.request(exchange, bytes, last);
  }

  endOfTurn(): void {
    this.settle();
  }

  /** Finds a connection for a request that no data handler has claimed: its body has not begun. */
  settle(): void {
    const claim = this.unclaimed;
    if (claim === null) return;
    this.unclaimed = null;
    // Only the next request of an orphan gets here with a body, whose beginning nobody has heard: it is to be closed anyway.
    if (hasBytesToCome(claim.head.headers)) {
      claim.res.close();
      return;
    }
    const connection = this.port.peers.onlyOne() ?? this.orphan(claim.res);
    connection.peer?.rearm();
    if (connection.peer !== null) connection.peer.midBody = sends(claim.head.headers, 'transfer-encoding');
    const exchange = new UwsExchange(connection, claim.res, claim.head, claim.context);
    connection.exchange = exchange;
    exchange.bodyDone = !sends(claim.head.headers, 'transfer-encoding');
    this.port.listener.request(exchange, NO_BYTES, exchange.bodyDone);
  }

  private guard(res: UwsResponse): void {
    res.onAborted(nothing);
    atEndOfTurn(this);
  }

  private orphan(res: UwsResponse): UwsConnection {
    this.guarded = true;
    const connection = this.port.peers.orphan(res);
    this.port.listener.connect(connection);
    return connection;
  }

  private rearmUsed(): void {
    this.notUpgraded = null;
    // Setting the length of a list costs V8 more than taking its last.
    for (let peer = this.used.pop(); peer !== undefined; peer = this.used.pop()) peer.rearmData();
  }
}

function sends(headers: readonly string[], name: string): boolean {
  for (let i = 0; i < headers.length; i += 2) if (headers[i] === name) return true;
  return false;
}

/** Whether a Content-Length other than 0 is announced. */
function hasBytesToCome(headers: readonly string[]): boolean {
  for (let i = 0; i < headers.length; i += 2)
    if (headers[i] === 'content-length') return Number(headers[i + 1]) > 0;
  return false;
}

/** Whether uWebSockets.js can read a request's Content-Length: up to nine digits. */
function hasReadableLength(headers: readonly string[]): boolean {
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i] !== 'content-length') continue;
    const value = headers[i + 1] as string;
    if (value.length > 9) return false;
    for (let j = 0; j < value.length; j++) {
      const code = value.charCodeAt(j);
      if (code < 48 || code > 57) return false;
    }
  }
  return true;
}
