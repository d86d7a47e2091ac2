import type { CloseInfo, EngineConnection } from '../engine/engine.js';
import type { Session } from '../session/session.js';
import { ServerEvent } from './event-objects.js';
import type { CloseReason } from './events.js';
import type { Port } from './port.js';
import type { Runtime } from './runtime.js';
import type { Server } from './server.js';
import { tellsConnections } from './settings/dispatch-modes.js';

type ConnectionCallback = (
  server: Server,
  fd: number | ServerEvent,
  reactorId?: number | CloseReason,
  how?: CloseReason,
) => unknown;

/** Raises connect, close and disconnect for the connections of one port, whatever they speak. */
export class ConnectionEvents {
  private readonly onConnect: ConnectionCallback | null;
  private readonly onClose: ConnectionCallback | null;
  private readonly onDisconnect: ConnectionCallback | null;
  private readonly eventObject: boolean;
  private readonly maxConnection: number;

  constructor(
    private readonly runtime: Runtime,
    private readonly server: Server,
    private readonly port: Port,
  ) {
    this.eventObject = port.resolved.event_object;
    this.maxConnection = port.resolved.max_connection;
    // Where each packet may go to another worker nobody is told, as in Swoole, unless the program wants it all the same.
    const silent = runtime.team !== null && server.wide && !tellsConnections(port.resolved);
    this.onConnect = silent ? null : server.callbackFor<ConnectionCallback>(port, 'connect');
    this.onClose = silent ? null : server.callbackFor<ConnectionCallback>(port, 'close');
    this.onDisconnect = server.callbackFor<ConnectionCallback>(port, 'disconnect');
  }

  /** Whether close becomes disconnect for connections that are no active WebSocket. */
  get tellsDisconnects(): boolean {
    return this.onDisconnect !== null;
  }

  /** Whether there are more connections than max_connection allows. */
  get full(): boolean {
    return this.maxConnection > 0 && this.runtime.sessions.size > this.maxConnection;
  }

  /** Gives a new connection its session and raises connect, unless there is no room for it. */
  connect(connection: EngineConnection, prepare?: (session: Session) => void): void {
    const { runtime, server, onConnect } = this;
    const session = runtime.sessions.create(connection, this.port);
    prepare?.(session);
    if (!session.relayed) {
      runtime.counters.accepted++;
      // A worker that is about to end takes nobody in.
      if (this.full || session.refused || runtime.state === 'over') {
        runtime.refuseConnection(session);
        return;
      }
    }
    if (onConnect === null) return;
    const promise = runtime.call('connect', session, () =>
      this.eventObject
        ? onConnect(server, this.eventOf(session, session.reactor))
        : onConnect(server, session.fd, session.reactor),
    );
    if (promise !== null) session.hold(promise);
  }

  /** Raises close, or disconnect in its place. */
  raiseClose(session: Session, info: CloseInfo, asDisconnect: boolean): void {
    const callback = asDisconnect ? this.onDisconnect : this.onClose;
    if (callback === null) return;
    const reactorId = session.closedBy === 'server' ? -1 : session.reactor;
    const how: CloseReason = { ...info, initiator: session.closedBy };
    const { server } = this;
    this.runtime.call(asDisconnect ? 'disconnect' : 'close', session, () =>
      this.eventObject
        ? callback(server, this.eventOf(session, reactorId), how)
        : callback(server, session.fd, reactorId, how),
    );
  }

  private eventOf(session: Session, reactorId: number): ServerEvent {
    const event = new ServerEvent();
    event.reactor_id = reactorId;
    event.fd = session.fd;
    return event;
  }
}
