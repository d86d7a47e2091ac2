import type { CloseInfo, EngineConnection, EngineListener, Exchange } from '../engine/engine.js';
import { HttpPipeline } from '../http/pipeline.js';
import { type Session, WebSocketStatus } from '../session/session.js';
import { MessageDelivery } from '../websocket/delivery.js';
import { drained } from '../websocket/drained.js';
import { Handshake } from '../websocket/handshake.js';
import { ServerEvent } from './event-objects.js';
import type { CloseReason } from './events.js';
import type { Port } from './port.js';
import type { Runtime } from './runtime.js';
import type { Server } from './server.js';

/** RFC 6455, section 7.1.5. */
const NO_STATUS = 1005;

type ConnectionCallback = (
  server: Server,
  fd: number | ServerEvent,
  reactorId?: number | CloseReason,
  how?: CloseReason,
) => unknown;

/** Turns what the engine reports of one port into Swoole's events. */
export class PortListener implements EngineListener {
  private readonly http: HttpPipeline;
  private readonly messages: MessageDelivery;
  private readonly onConnect: ConnectionCallback | null;
  private readonly onClose: ConnectionCallback | null;
  private readonly onDisconnect: ConnectionCallback | null;
  private readonly handshake: Handshake | null;
  private readonly eventObject: boolean;

  constructor(
    private readonly runtime: Runtime,
    private readonly server: Server,
    private readonly port: Port,
  ) {
    this.eventObject = port.resolved.event_object;
    this.onConnect = server.callbackFor<ConnectionCallback>(port, 'connect');
    this.onClose = server.callbackFor<ConnectionCallback>(port, 'close');
    this.onDisconnect = server.callbackFor<ConnectionCallback>(port, 'disconnect');
    this.handshake = port.resolved.open_websocket_protocol ? new Handshake(runtime, server, port) : null;
    this.http = new HttpPipeline(runtime, server, port, this.handshake);
    this.messages = new MessageDelivery(runtime, server, port);
  }

  connect(connection: EngineConnection): void {
    const { runtime, server, onConnect } = this;
    const session = runtime.sessions.create(connection, this.port);
    runtime.counters.accepted++;
    if (this.port.resolved.max_connection > 0 && runtime.sessions.size > this.port.resolved.max_connection) {
      runtime.refuseConnection(session);
      return;
    }
    if (onConnect === null) return;
    const promise = runtime.call('connect', session, () =>
      this.eventObject ? onConnect(server, this.eventOf(session, 0)) : onConnect(server, session.fd, 0),
    );
    if (promise !== null) session.hold(promise);
  }

  request(exchange: Exchange, chunk: Uint8Array, last: boolean): void {
    this.http.begin(exchange, exchange.connection.owner as Session, chunk, last);
  }

  body(exchange: Exchange, chunk: Uint8Array, last: boolean): void {
    this.http.more(exchange, exchange.connection.owner as Session, chunk, last);
  }

  open(connection: EngineConnection): void {
    this.handshake?.opened(connection.owner as Session);
  }

  message(connection: EngineConnection, data: ArrayBuffer, binary: boolean): void {
    this.messages.message(connection.owner as Session, data, binary);
  }

  ping(connection: EngineConnection, data: ArrayBuffer): void {
    this.messages.ping(connection.owner as Session, data);
  }

  pong(connection: EngineConnection, data: ArrayBuffer): void {
    this.messages.pong(connection.owner as Session, data);
  }

  drain(connection: EngineConnection): void {
    drained(this.runtime, this.server, connection.owner as Session);
  }

  close(connection: EngineConnection, info: CloseInfo): void {
    const session = connection.owner as Session;
    const { runtime } = this;
    this.handshake?.forget(session);
    runtime.closed(session, info, () => {
      this.raiseClose(session, info);
      runtime.sessions.delete(session.fd);
    });
  }

  private raiseClose(session: Session, info: CloseInfo): void {
    this.messages.closing(session, info);
    const active = session.websocketStatus === WebSocketStatus.ACTIVE;
    const asDisconnect = this.handshake !== null && !active && this.onDisconnect !== null;
    const callback = asDisconnect ? this.onDisconnect : this.onClose;
    if (callback === null) return;
    const reactorId = session.closedBy === 'server' ? -1 : 0;
    // A close frame of the server's without a code: what it asked for must not be sent.
    const code = info.wasClean && info.code === 0 ? NO_STATUS : info.code;
    const how: CloseReason = { ...info, code, initiator: session.closedBy };
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
