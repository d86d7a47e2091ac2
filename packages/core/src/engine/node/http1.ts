import type { EngineListener, RequestHead } from '../engine.js';
import type { NodeConnection } from './connection.js';
import type { DuplexSocket } from './duplex-socket.js';
import { NodeExchange } from './exchange.js';
import { RequestReader, type RequestSink } from './request-reader.js';

/** In bytes: how much of later requests is read while one is being answered. */
const READ_AHEAD = 65_536;
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const MALFORMED = 'HTTP/1.1 400 Bad Request\r\n\r\n';

/** The requests of a connection that speaks HTTP/1, answered one after the other. */
export class Http1 implements RequestSink {
  private readonly requests = new RequestReader(this);
  /** The request that is being read or answered. */
  private exchange: NodeExchange | null = null;
  /** When the head that is arriving began, and when something last came, in milliseconds since the epoch. */
  private headSince = 0;
  private lastReceived = 0;
  private upgraded = false;
  private paused = false;

  constructor(
    private readonly connection: NodeConnection,
    private readonly listener: EngineListener,
  ) {}

  get reading(): boolean {
    return this.connection.open && !this.upgraded;
  }

  get busy(): boolean {
    return this.exchange !== null;
  }

  arrived(bytes: Buffer, socket: DuplexSocket): void {
    const { requests } = this;
    this.lastReceived = Date.now();
    if (!requests.unfinished) this.headSince = this.lastReceived;
    requests.push(bytes);
    // As often as Swoole says it: whenever some of the body has come and the rest is held back.
    if (this.exchange?.awaitsContinue === true && requests.awaitsBody)
      this.connection.transport.write(CONTINUE);
    if (this.busy && requests.waiting > READ_AHEAD) {
      this.paused = true;
      socket.pause();
    }
  }

  head(head: RequestHead, chunk: Uint8Array, last: boolean): void {
    const exchange = new NodeExchange(this.connection, head);
    exchange.bodyDone = last;
    this.exchange = exchange;
    this.listener.request(exchange, chunk, last);
  }

  body(chunk: Uint8Array, last: boolean): void {
    const { exchange } = this;
    if (exchange === null || !this.connection.open) return;
    exchange.bodyDone = last;
    if (last && !exchange.open) this.exchange = null;
    this.listener.body(exchange, chunk, last);
  }

  malformed(): void {
    if (!this.connection.open) return;
    if (this.exchange?.started !== true) this.connection.transport.write(MALFORMED);
    this.connection.close();
  }

  /** The response has ended: the next request is read. */
  answered(socket: DuplexSocket): void {
    if (this.exchange?.bodyDone === true) this.exchange = null;
    this.requests.run();
    if (this.paused && this.requests.waiting < READ_AHEAD) this.resume(socket);
  }

  /** The connection speaks HTTP no more. */
  upgrade(): void {
    this.exchange = null;
    this.upgraded = true;
  }

  /** What has come behind the handshake. */
  rest(socket: DuplexSocket): Buffer {
    if (this.paused) this.resume(socket);
    return this.requests.rest();
  }

  aborted(): void {
    this.exchange?.aborted();
  }

  /** True when a request has begun and nothing has come of it for long, or its head takes for ever. */
  dawdles(now: number, silence: number, longest: number): boolean {
    if (!this.requests.unfinished) return false;
    const waitsForHead = !this.requests.awaitsBody && now - this.headSince > longest;
    return waitsForHead || now - this.lastReceived > silence;
  }

  private resume(socket: DuplexSocket): void {
    this.paused = false;
    socket.resume();
  }
}
