import type { UwsResponse } from './binding.js';
import { UwsConnection } from './connection.js';
import type { UwsPort } from './port.js';

/** uWebSockets.js itself closes a connection that has been silent between requests for about 10 seconds; this is safely past that. */
const SURELY_CLOSED_MS = 20_000;

/**
 * The native side of an HTTP connection: the object that the connect filter gave. It stays valid between requests, which the
 * per-request objects do not. An abort handler is always armed on it, so that it is never touched after it has closed.
 */
export class HttpPeer {
  /** Null once the native object is gone. */
  handle: UwsResponse | null;
  /** True while the body of a request goes on, answered or not. */
  midBody = false;
  /** The connection it was found to be; null until its first request. */
  connection: UwsConnection | null = null;
  readonly remoteAddress: string;
  readonly madeAt = Date.now();
  /** True while it counts as one of the silent ones that are really there. */
  pooled = false;
  private readonly onAborted: () => void;
  private readonly onData: (chunk: ArrayBuffer, last: boolean) => void;

  /** @param place what was reported as connected when it was accepted */
  constructor(
    handle: UwsResponse,
    port: UwsPort,
    readonly place: UwsConnection,
  ) {
    this.handle = handle;
    this.remoteAddress = place.remoteAddress;
    this.onAborted = () => {
      this.handle = null;
      port.peers.lost(this);
    };
    this.onData = (chunk, last) => port.identity.data(this, chunk, last);
    handle.onAborted(this.onAborted);
    handle.onData(this.onData);
  }

  /** Sets the abort handler again after a response took it away. */
  rearm(): void {
    this.handle?.onAborted(this.onAborted);
  }

  /** Sets the data handler again, for the next request. */
  rearmData(): void {
    this.handle?.onData(this.onData);
  }
}

/**
 * The HTTP connections of a port. Those that have sent nothing yet are a pool: the program knows no more of them than that they exist,
 * so they may change places. A WebSocket handshake takes the place of the newest (of the same address) and is served at once, before
 * uWebSockets.js tells whose it is; when it was another's, that one finds its place taken and takes the one left over.
 */
export class Peers {
  /** Connections that have sent a request. */
  readonly known = new Set<UwsConnection>();
  /** Places in the pool, in the order of connecting. */
  private readonly places = new Set<UwsConnection>();
  /** Native objects in the pool; after an upgrade out of it, one of them is no more. */
  private readonly silent = new Set<HttpPeer>();
  /** How many of them are really there. */
  private alive = 0;
  /** Requests served as connections of their own because nobody claimed them: as many records stand for no connection. */
  private orphans = 0;

  constructor(private readonly port: UwsPort) {}

  /** A connection was accepted. */
  accept(handle: UwsResponse): UwsConnection {
    const connection = this.connect(handle);
    const peer = new HttpPeer(handle, this.port, connection);
    this.dropGhosts(peer.madeAt - SURELY_CLOSED_MS);
    peer.pooled = true;
    this.silent.add(peer);
    this.places.add(connection);
    this.alive++;
    return connection;
  }

  /** The connection of a peer that has sent something. */
  claim(peer: HttpPeer): UwsConnection {
    if (peer.connection !== null) return peer.connection;
    this.leavePool(peer);
    const connection = this.placeOf(peer) ?? this.late(peer);
    this.bind(connection, peer);
    return connection;
  }

  /** The connection for a handshake that nobody has claimed yet; null when it could be one of several known connections. */
  forHandshake(res: UwsResponse): UwsConnection | null {
    if (this.orphans > 0) return null;
    const idle = this.idleKnown();
    if (idle.length === 0) {
      const connection = this.takePlace(addressOf(res));
      if (connection !== null) this.upgradedFromPool();
      return connection;
    }
    return idle.length === 1 && this.alive === 0 ? (idle[0] as UwsConnection) : null;
  }

  /** A handshake was served as the newest place's and did not become a WebSocket; this is its peer. */
  rebind(connection: UwsConnection, peer: HttpPeer): void {
    this.silent.delete(peer);
    peer.pooled = false;
    this.bind(connection, peer);
    connection.found(peer);
    // A response that has ended took the abort handler with it.
    peer.rearm();
  }

  /** The connection for a request that nobody has claimed yet, if only one can have sent it. */
  onlyOne(): UwsConnection | null {
    if (this.orphans > 0) return null;
    const idle = this.idleKnown();
    if (idle.length === 1 && this.alive === 0) return idle[0] as UwsConnection;
    if (idle.length > 0 || this.alive !== 1 || this.silent.size !== 1) return null;
    const [peer] = this.silent;
    return this.claim(peer as HttpPeer);
  }

  /** A request nobody has claimed becomes a connection of its own, which ends with the answer. */
  orphan(res: UwsResponse): UwsConnection {
    const connection = this.connect(res);
    const peer = new HttpPeer(res, this.port, connection);
    connection.orphan = true;
    this.bind(connection, peer);
    this.orphans++;
    setTimeout(() => this.dropStale(Date.now() - SURELY_CLOSED_MS), SURELY_CLOSED_MS).unref();
    return connection;
  }

  /** The peer to close for a connection; null when it is not known for certain, and uWebSockets.js will close it soon. */
  closable(connection: UwsConnection): HttpPeer | null {
    if (this.places.delete(connection)) {
      if (this.orphans > 0 || this.silent.size !== this.alive) return null;
      const peer = this.silentPeerOf(connection);
      if (peer === null) return null;
      this.leavePool(peer);
      this.bind(connection, peer);
    }
    if (this.orphans > 0 && connection.exchange === null) return null;
    return connection.peer;
  }

  /** Any other connection whose cork can be borrowed. */
  another(than: UwsConnection): UwsResponse | null {
    if (this.orphans > 0) return null;
    for (const connection of this.known) {
      const handle = connection === than || !connection.open ? null : (connection.peer?.handle ?? null);
      if (handle !== null) return handle;
    }
    if (this.silent.size !== this.alive) return null;
    for (const peer of this.silent) if (peer.handle !== null) return peer.handle;
    return null;
  }

  /** uWebSockets.js has closed a peer. */
  lost(peer: HttpPeer): void {
    let { connection } = peer;
    if (connection === null) {
      this.leavePool(peer);
      connection = this.placeOf(peer);
    }
    connection?.lost();
  }

  forget(connection: UwsConnection): void {
    this.known.delete(connection);
    this.places.delete(connection);
  }

  all(): UwsConnection[] {
    return [...this.known, ...this.places];
  }

  private bind(connection: UwsConnection, peer: HttpPeer): void {
    connection.peer = peer;
    peer.connection = connection;
    if (connection.open) this.known.add(connection);
  }

  private leavePool(peer: HttpPeer): void {
    this.silent.delete(peer);
    if (peer.pooled) this.alive--;
    peer.pooled = false;
    this.tidy();
  }

  private upgradedFromPool(): void {
    this.alive--;
    this.tidy();
  }

  /** Drops what is left of upgraded peers while there is always somebody silent: one so old that is there would have been closed. */
  private dropGhosts(time: number): void {
    for (const peer of this.silent) {
      if (peer.madeAt > time || this.silent.size === this.alive) return;
      this.silent.delete(peer);
    }
  }

  private tidy(): void {
    if (this.alive === 0) this.silent.clear();
  }

  private connect(handle: UwsResponse): UwsConnection {
    return new UwsConnection(this.port, addressOf(handle), handle.getRemotePort?.() ?? 0);
  }

  /** A place's own peer, or another with which it may have changed places. */
  private silentPeerOf(connection: UwsConnection): HttpPeer | null {
    let other: HttpPeer | null = null;
    for (const peer of this.silent) {
      if (peer.place === connection) return peer;
      if (peer.remoteAddress === connection.remoteAddress && !this.places.has(peer.place)) other = peer;
    }
    return other;
  }

  /** A peer's own place, or the one that was left over. */
  private placeOf(peer: HttpPeer): UwsConnection | null {
    return this.places.delete(peer.place) ? peer.place : this.takePlace(peer.remoteAddress);
  }

  private takePlace(address: string): UwsConnection | null {
    let newest: UwsConnection | null = null;
    for (const connection of this.places) if (connection.remoteAddress === address) newest = connection;
    if (newest !== null) this.places.delete(newest);
    return newest;
  }

  /** A peer speaks whose place the program has closed. */
  private late(peer: HttpPeer): UwsConnection {
    const connection = new UwsConnection(this.port, peer.remoteAddress, peer.place.remotePort);
    this.port.listener.connect(connection);
    return connection;
  }

  /** Up to two known connections that may have sent a request. */
  private idleKnown(): UwsConnection[] {
    const idle: UwsConnection[] = [];
    for (const connection of this.known) {
      if (connection.exchange !== null || connection.orphan) continue;
      idle.push(connection);
      if (idle.length === 2) break;
    }
    return idle;
  }

  /** Drops a record that stands for a connection which uWebSockets.js must have closed. */
  private dropStale(time: number): void {
    this.orphans--;
    for (const connection of this.known) {
      if (connection.exchange !== null || connection.orphan || connection.lastUsed > time) continue;
      return connection.lost();
    }
    for (const peer of this.silent) {
      if (peer.madeAt > time) continue;
      this.lost(peer);
      return;
    }
  }
}

function addressOf(res: UwsResponse): string {
  return Buffer.from(res.getRemoteAddressAsText()).toString('latin1');
}
