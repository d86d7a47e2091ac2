import { callInCoroutine } from '../coroutine/lifecycle.js';
import type { CloseInfo } from '../engine/engine.js';
import type { StreamListener as EngineStreamListener, StreamConnection } from '../engine/stream.js';
import type { Session } from '../session/session.js';
import { ConnectionEvents } from './connection-events.js';
import { drained } from './drained.js';
import { ServerEvent } from './event-objects.js';
import type { Port } from './port.js';
import { framerOf } from './protocol/create-framer.js';
import type { Framer } from './protocol/framer.js';
import type { Runtime } from './runtime.js';
import type { Server } from './server.js';
import { StreamOutput } from './stream-output.js';

type ReceiveCallback = (
  server: Server,
  fd: number | ServerEvent,
  reactorId?: number,
  data?: Buffer,
) => unknown;

/** Turns what a stream engine reports of one port into connect, receive and close. */
export class StreamListener implements EngineStreamListener {
  protected readonly events: ConnectionEvents;
  private readonly onReceive: ReceiveCallback | null;
  protected readonly makeFramer: (() => Framer) | null;
  /** Calls the program's callback, in the form that event_object asks for. */
  private readonly received: (session: Session, packet: Buffer) => unknown;

  constructor(
    protected readonly runtime: Runtime,
    protected readonly server: Server,
    protected readonly port: Port,
  ) {
    this.events = new ConnectionEvents(runtime, server, port);
    const onReceive = server.receiverOf(port) as ReceiveCallback | null;
    this.onReceive = onReceive;
    this.received = port.resolved.event_object
      ? (session, packet) => onReceive?.(server, eventOf(session, packet))
      : (session, packet) => onReceive?.(server, session.fd, session.reactor, packet);
    this.makeFramer = framerOf(port.resolved);
  }

  connect(connection: StreamConnection): void {
    this.events.connect(connection, (session) => this.prepare(session, connection));
  }

  protected prepare(session: Session, connection: StreamConnection): void {
    session.stream = connection;
    session.output = new StreamOutput(this.runtime, this.server, session, connection);
    session.framer = this.makeFramer === null ? null : this.makeFramer();
  }

  data(connection: StreamConnection, chunk: Buffer): void {
    const session = connection.owner as Session;
    if (session.refused) return;
    // Asking the clock costs less than now(), which pays off where a turn brings many messages.
    session.lastReceived = Date.now();
    this.deliver(session, chunk);
    // As in Swoole, what a callback handles is counted after it.
    this.runtime.counters.receivedBytes += chunk.length;
  }

  protected deliver(session: Session, chunk: Buffer): void {
    if (session.framer === null) this.dispatch(session, chunk);
    else this.cut(session, session.framer, chunk);
  }

  /** Nothing has gone either way for max_idle_time. */
  idle(connection: StreamConnection): void {
    const session = connection.owner as Session;
    session.closedBy = 'heartbeat';
    connection.close();
  }

  drain(connection: StreamConnection): void {
    const session = connection.owner as Session;
    // The program may go on with the next send before it is told.
    if (session.output?.drained()) setImmediate(() => drained(this.runtime, this.server, session));
    else drained(this.runtime, this.server, session);
  }

  close(connection: StreamConnection, info: CloseInfo): void {
    const session = connection.owner as Session;
    const { runtime } = this;
    session.output?.closed();
    runtime.closed(session, info, () => {
      session.inCloseEvent = true;
      this.events.raiseClose(session, info, false);
      session.inCloseEvent = false;
      runtime.sessions.delete(session.fd);
    });
  }

  /** Delivers the packets that are whole now; a stream that breaks the protocol's rules ends. */
  private cut(session: Session, framer: Framer, chunk: Buffer): void {
    try {
      framer.push(chunk);
      for (let packet = framer.next(); packet !== null && !session.closed; packet = framer.next())
        this.dispatch(session, packet);
    } catch (error) {
      // Only a package_length_func of the program's can throw.
      this.giveUp(session);
      this.runtime.failed(error, 'receive', session);
      return;
    }
    if (!framer.broken || session.closed) return;
    this.runtime.logWarning(
      `connection ${session.fd} is closed: ${framer.waiting} bytes that begin no packet within package_max_length`,
    );
    this.giveUp(session);
  }

  /** What the client sends makes no sense. */
  protected giveUp(session: Session): void {
    session.engine.close();
  }

  protected dispatch(session: Session, packet: Buffer): void {
    if (session.free) this.receive(session, packet);
    else this.postpone(session, packet);
  }

  /** Apart from dispatch(), in which the closure would cost every packet an allocation. */
  private postpone(session: Session, packet: Buffer): void {
    session.deliver(() => {
      if (!session.abandoned) this.receive(session, packet);
    });
  }

  private receive(session: Session, packet: Buffer): void {
    const { onReceive, runtime } = this;
    if (onReceive === null) return;
    try {
      // As in Swoole the close event does not wait for it: a callback may well wait for the close event.
      const result = callInCoroutine(this.received, session, packet);
      runtime.counters.requests++;
      if (result !== undefined) runtime.watch('receive', session, result);
    } catch (error) {
      runtime.failed(error, 'receive', session);
    }
  }
}

function eventOf(session: Session, data: Buffer): ServerEvent {
  const event = new ServerEvent();
  event.fd = session.fd;
  event.reactor_id = session.reactor;
  event.dispatch_time = Date.now() / 1000;
  event.data = data;
  return event;
}
