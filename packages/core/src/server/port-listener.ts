import type {
  CloseInfo,
  EngineConnection,
  EngineListener,
  Exchange,
  MessageBytes,
} from '../engine/engine.js';
import { HttpPipeline } from '../http/pipeline.js';
import { type Session, WebSocketStatus } from '../session/session.js';
import { MessageDelivery } from '../websocket/delivery.js';
import { Handshake } from '../websocket/handshake.js';
import { ConnectionEvents } from './connection-events.js';
import { drained } from './drained.js';
import type { Port } from './port.js';
import type { Runtime } from './runtime.js';
import type { Server } from './server.js';

/** RFC 6455, section 7.1.5. */
const NO_STATUS = 1005;

/** Turns what the engine reports of one port into Swoole's events. */
export class PortListener implements EngineListener {
  private readonly http: HttpPipeline;
  private readonly messages: MessageDelivery;
  private readonly events: ConnectionEvents;
  private readonly handshake: Handshake | null;

  constructor(
    private readonly runtime: Runtime,
    private readonly server: Server,
    port: Port,
  ) {
    this.events = new ConnectionEvents(runtime, server, port);
    this.handshake = port.resolved.open_websocket_protocol ? new Handshake(runtime, server, port) : null;
    this.http = new HttpPipeline(runtime, server, port, this.handshake);
    this.messages = new MessageDelivery(runtime, server, port);
  }

  connect(connection: EngineConnection): void {
    this.events.connect(connection);
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

  message(connection: EngineConnection, data: MessageBytes, binary: boolean, compressed = false): void {
    this.messages.message(connection.owner as Session, data, binary, compressed);
  }

  ping(connection: EngineConnection, data: MessageBytes): void {
    this.messages.ping(connection.owner as Session, data);
  }

  pong(connection: EngineConnection, data: MessageBytes): void {
    this.messages.pong(connection.owner as Session, data);
  }

  drain(connection: EngineConnection): void {
    drained(this.runtime, this.server, connection.owner as Session);
  }

  close(connection: EngineConnection, info: CloseInfo): void {
    const session = connection.owner as Session;
    const { runtime } = this;
    this.handshake?.forget(session);
    // Where the engine has not answered the client's close frame yet, the program may send its last words.
    const early = connection.open && session.free;
    if (early) this.messages.closing(session, info);
    runtime.closed(session, info, () => {
      if (!early) this.messages.closing(session, info);
      this.raiseClose(session, info);
      runtime.sessions.delete(session.fd);
    });
  }

  private raiseClose(session: Session, info: CloseInfo): void {
    const active = session.websocketStatus === WebSocketStatus.ACTIVE;
    const asDisconnect = this.handshake !== null && !active && this.events.tellsDisconnects;
    // A close frame of the server's without a code: what it asked for must not be sent.
    const code = info.wasClean && info.code === 0 ? NO_STATUS : info.code;
    this.events.raiseClose(session, { ...info, code }, asDisconnect);
  }
}
