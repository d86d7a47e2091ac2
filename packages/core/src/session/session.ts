import type { EngineConnection, Exchange } from '../engine/engine.js';
import type { StreamConnection } from '../engine/stream.js';
import type { Port } from '../server/port.js';
import type { Framer } from '../server/protocol/framer.js';
import type { StreamOutput } from '../server/stream-output.js';
import { now, turn } from './clock.js';
import { Field, type SharedSessions } from './shared-sessions.js';

/** What a WebSocket connection is doing. @see WEBSOCKET_STATUS_CONNECTION and its kin */
export const WebSocketStatus = { NONE: 0, CONNECTION: 1, HANDSHAKE: 2, ACTIVE: 3, CLOSING: 4 } as const;

/** Who ended a connection. */
export type CloseInitiator = 'client' | 'server' | 'heartbeat';

/** A connection as the program knows it: an fd and what is told of it. */
export class Session {
  /** True when another thread has the socket. */
  readonly relayed: boolean;
  /** The worker that it belongs to: Swoole's reactor. */
  reactor = 0;
  /** True once the close event is due: the fd no longer exists for the program. */
  closed = false;
  closedBy: CloseInitiator = 'client';
  /** True when permessage-deflate was agreed on. */
  compression = false;
  /** True when the program answers the opening handshake itself, so that no open event is raised. */
  ownHandshake = false;
  /** True when there was no room for it: it is closed and the program never hears of it. */
  refused = false;
  /** True between onBufferFull and onBufferEmpty. */
  bufferFull = false;
  /** True while its close event runs: a raw connection can still be written to. */
  inCloseEvent = false;
  /** The connection when it carries bytes and no protocol. */
  stream: StreamConnection | null = null;
  /** What goes out on a raw connection; null for any other. */
  output: StreamOutput | null = null;
  /** What cuts the bytes of a raw connection into packets; null when they are passed on as they come. */
  framer: Framer | null = null;
  /** The request being answered, or the last one. */
  exchange: Exchange | null = null;
  /** Milliseconds since the epoch. */
  readonly connectTime: number;

  /** Callbacks that later events of this connection wait for (an async open or connect). */
  private holds = 0;
  /** Callbacks that have not settled; the close event of a peer that left comes after them. */
  private running = 0;
  private backlog: Array<() => void> = [];
  private atEnd: (() => void) | null = null;

  private status: number = WebSocketStatus.NONE;
  private address: string;
  private received: number;
  private sent = 0;
  /** The turns in which the two were last set: once in each is enough. */
  private heardIn = -1;
  private toldIn = -1;
  private uidGiven = 0;
  private protection = false;

  /** @param shared where other threads read what is told of the connection; null while there are none */
  constructor(
    readonly fd: number,
    readonly engine: EngineConnection,
    readonly port: Port,
    private readonly shared: SharedSessions | null = null,
  ) {
    this.address = engine.remoteAddress;
    this.relayed = engine.fd !== undefined;
    this.connectTime = this.relayed && shared !== null ? shared.time(fd, Field.CONNECTED) : Date.now();
    this.received = this.connectTime;
    if (this.relayed) return;
    shared?.setTime(fd, Field.CONNECTED, this.connectTime);
    shared?.setTime(fd, Field.RECEIVED, this.connectTime);
  }

  get websocketStatus(): number {
    return this.status;
  }
  set websocketStatus(status: number) {
    this.status = status;
    this.shared?.set(this.fd, Field.WEBSOCKET, status);
  }

  /** The client's address: the peer's, or the one a trusted proxy told. */
  get remoteAddress(): string {
    return this.address;
  }
  set remoteAddress(address: string) {
    this.address = address;
    this.shared?.setAddress(this.fd, address);
  }

  /** When something was last received, in milliseconds since the epoch. */
  get lastReceived(): number {
    return this.relayed && this.shared !== null ? this.shared.time(this.fd, Field.RECEIVED) : this.received;
  }
  set lastReceived(time: number) {
    this.received = time;
    this.shared?.setTime(this.fd, Field.RECEIVED, time);
  }

  get lastSent(): number {
    return this.relayed && this.shared !== null ? this.shared.time(this.fd, Field.SENT) : this.sent;
  }
  set lastSent(time: number) {
    this.sent = time;
    this.shared?.setTime(this.fd, Field.SENT, time);
  }

  /** Something has been received. */
  heard(): void {
    if (this.heardIn !== turn) this.stampReceived();
  }

  /** Something has been sent. */
  told(): void {
    if (this.toldIn !== turn) this.stampSent();
  }

  private stampReceived(): void {
    this.heardIn = turn;
    this.lastReceived = now();
  }

  private stampSent(): void {
    this.toldIn = turn;
    this.lastSent = now();
  }

  /** What bind() gave it. */
  get uid(): number {
    return this.shared === null ? this.uidGiven : this.shared.get(this.fd, Field.UID);
  }
  set uid(uid: number) {
    if (this.shared === null) this.uidGiven = uid;
    else this.shared.set(this.fd, Field.UID, uid);
  }

  /** True while heartbeats leave it alone. */
  get protected(): boolean {
    return this.shared === null ? this.protection : this.shared.get(this.fd, Field.PROTECTED) === 1;
  }
  set protected(on: boolean) {
    if (this.shared === null) this.protection = on;
    else this.shared.set(this.fd, Field.PROTECTED, on ? 1 : 0);
  }

  /** True when nothing has to wait: the common case, checked before anything is allocated. */
  get free(): boolean {
    return this.holds === 0;
  }

  /** True when the close event has been raised although events still wait: they come to nothing. */
  get abandoned(): boolean {
    return this.closed && this.closedBy !== 'client';
  }

  /** Keeps later events waiting until the promise of a callback settles. */
  hold(promise: PromiseLike<unknown>): void {
    this.holds++;
    this.track(promise, () => {
      if (this.holds > 0) this.holds--;
    });
  }

  /** Keeps only the close event waiting until the promise of a callback settles. */
  track(promise: PromiseLike<unknown>, then?: () => void): void {
    this.running++;
    const settled = (): void => {
      if (this.running > 0) this.running--;
      then?.();
      this.advance();
    };
    promise.then(settled, settled);
  }

  /** Delivers an event after what it has to wait for. */
  deliver(event: () => void): void {
    if (this.holds === 0 && this.backlog.length === 0) event();
    else this.backlog.push(event);
  }

  /**
   * Delivers the close event last.
   * @param patience how long it waits for callbacks that do not settle, in seconds
   */
  finish(event: () => void, patience: number): void {
    this.atEnd = event;
    this.advance();
    if (this.atEnd === null) return;
    setTimeout(() => {
      this.holds = 0;
      this.running = 0;
      this.advance();
    }, patience * 1000).unref();
  }

  private advance(): void {
    while (this.holds === 0) {
      const event = this.backlog.shift();
      if (event === undefined) break;
      event();
    }
    if (this.running > 0 || this.backlog.length > 0 || this.atEnd === null) return;
    const event = this.atEnd;
    this.atEnd = null;
    event();
  }
}
