import type { CloseInfo } from '../../engine/engine.js';
import type { StreamConnection } from '../../engine/stream.js';
import type { Port } from '../../server/port.js';
import type { Runtime } from '../../server/runtime.js';
import type { Server } from '../../server/server.js';
import { StreamListener } from '../../server/stream-listener.js';
import type { Session } from '../../session/session.js';
import type { Relay } from './relay.js';

/** Cuts what comes on a raw port into packets, as every raw port does, and gives them to workers. */
export class RelayListener extends StreamListener {
  constructor(
    runtime: Runtime,
    server: Server,
    port: Port,
    private readonly relay: Relay,
  ) {
    super(runtime, server, port);
  }

  override connect(connection: StreamConnection): void {
    const { runtime } = this;
    const session = runtime.sessions.create(connection, this.port);
    session.stream = connection;
    session.framer = this.makeFramer === null ? null : this.makeFramer();
    runtime.counters.accepted++;
    if (this.events.full || session.refused || runtime.state !== 'running') runtime.refuseConnection(session);
    else this.relay.connected(session, connection);
  }

  override data(connection: StreamConnection, chunk: Buffer): void {
    const session = connection.owner as Session;
    if (session.refused || session.closed) return;
    session.heard();
    // Counted before the worker has it, but for what makes packets: the worker counts those, once it has looked at them.
    this.runtime.counters.receivedBytes += chunk.length;
    this.deliver(session, chunk);
  }

  override drain(connection: StreamConnection): void {
    this.relay.drained(connection.owner as Session);
  }

  override idle(connection: StreamConnection): void {
    this.relay.askToClose(connection.owner as Session, 'heartbeat');
  }

  /** What the worker still answers must reach a client that has sent its end. */
  ended(connection: StreamConnection): boolean {
    return this.relay.askToClose(connection.owner as Session, 'client');
  }

  override close(connection: StreamConnection, info: CloseInfo): void {
    this.relay.gone(connection.owner as Session, info);
  }

  protected override giveUp(session: Session): void {
    this.relay.askToClose(session, 'client');
  }

  protected override dispatch(session: Session, packet: Buffer): void {
    this.runtime.counters.receivedBytes -= packet.length;
    this.relay.received(session, packet);
  }
}
