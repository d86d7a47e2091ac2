import type { RequestHead } from '../engine.js';
import type { UwsResponse, UwsSocketContext } from './binding.js';
import { enterCork, UwsConnection } from './connection.js';
import { UwsExchange } from './exchange.js';
import type { UwsPort } from './port.js';
import { atEndOfTurn, type TurnTask } from './turn.js';

interface Unclaimed {
  res: UwsResponse;
  head: RequestHead;
  context: UwsSocketContext | null;
}

/** uWebSockets.js itself closes a connection that has been silent between requests for about 10 seconds; this is safely past that. */
const SURELY_CLOSED_MS = 20_000;
const NO_BYTES = new Uint8Array(0);

/**
 * Tells which connection a request came from. uWebSockets.js hands out a new object per request and never says whose it is,
 * while a Swoole fd belongs to a connection. But handlers set on the object that the connect filter gave stay with the connection, and
 * the data handler is called for every request right after the request handler. So a request stays unclaimed until the
 * data handler of its connection claims it.
 *
 * - A data handler is used up by its request; it is set again when the next request arrives, whosever that is.
 * - A chunked request whose body has not begun is claimed by nobody. When only one connection is free it must be that one's. Otherwise the
 *   request is served as a connection of its own, which is closed after the answer; the record it belonged to is dropped when
 *   uWebSockets.js must have closed it, and no idle native object is touched until then.
 */
export class Identity implements TurnTask {
  /** Requests whose connection is not known, each served as one of its own: so many idle records stand for no connection. */
  orphans = 0;
  private unclaimed: Unclaimed | null = null;
  private used: UwsConnection | null = null;

  constructor(private readonly port: UwsPort) {}

  /** A request's head has been read. */
  head(res: UwsResponse, head: RequestHead, context: UwsSocketContext | null): void {
    this.settle();
    if (this.used !== null) {
      this.used.rearmData();
      this.used = null;
    }
    this.unclaimed = { res, head, context };
    if (isChunked(head.headers)) atEndOfTurn(this);
  }

  /** The data handler of a connection was called. */
  data(connection: UwsConnection, chunk: ArrayBuffer, last: boolean): void {
    enterCork(connection);
    const bytes = new Uint8Array(chunk);
    if (last) {
      connection.disarmed = true;
      this.used = connection;
    }
    const current = connection.exchange;
    if (current !== null && !current.bodyDone) {
      current.bodyDone = last;
      this.port.listener.body(current, bytes, last);
    } else if (this.unclaimed !== null) {
      const { res, head, context } = this.unclaimed;
      this.unclaimed = null;
      const exchange = new UwsExchange(connection, res, head, context);
      exchange.bodyDone = last;
      connection.exchange = exchange;
      this.port.listener.request(exchange, bytes, last);
    }
    enterCork(null);
  }

  endOfTurn(): void {
    this.settle();
  }

  /** Finds a connection for a request that no data handler has claimed: its body has not begun. */
  settle(): void {
    const claim = this.unclaimed;
    if (claim === null) return;
    this.unclaimed = null;
    const connection = this.port.onlyIdle() ?? this.orphan(claim.res);
    const exchange = new UwsExchange(connection, claim.res, claim.head, claim.context);
    connection.exchange = exchange;
    this.port.listener.request(exchange, NO_BYTES, false);
  }

  private orphan(res: UwsResponse): UwsConnection {
    const connection = new UwsConnection(res, this.port, true);
    this.orphans++;
    setTimeout(() => this.port.dropSilentSince(Date.now() - SURELY_CLOSED_MS), SURELY_CLOSED_MS).unref();
    this.port.listener.connect(connection);
    return connection;
  }
}

function isChunked(headers: readonly string[]): boolean {
  for (let i = 0; i < headers.length; i += 2) if (headers[i] === 'transfer-encoding') return true;
  return false;
}
