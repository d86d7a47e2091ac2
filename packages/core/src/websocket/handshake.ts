import { createHash } from 'node:crypto';
import type { Exchange } from '../engine/engine.js';
import type { Request } from '../http/request.js';
import { Response, type ResponseContext } from '../http/response.js';
import { BAD_REQUEST_PAGE } from '../http/server-pages.js';
import type { Port } from '../server/port.js';
import type { Runtime } from '../server/runtime.js';
import type { Server } from '../server/server.js';
import { type Session, WebSocketStatus } from '../session/session.js';
import { headerOf, keyOf, offeredDeflate } from './offer.js';
import { originAllowed } from './origin.js';

type HandshakeCallback = (request: Request, response: Response) => unknown;
type BeforeCallback = (server: Server, request: Request, response: Response) => unknown;
type OpenCallback = (server: Server, request: Request) => unknown;

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The opening handshake: answered by default, or by the program's handshake event. */
export class Handshake {
  private readonly onHandshake: HandshakeCallback | null;
  private readonly onBefore: BeforeCallback | null;
  private readonly onOpen: OpenCallback | null;
  /** Requests whose open event waits for the upgrade. */
  private readonly waiting = new Map<Session, Request>();

  constructor(
    private readonly runtime: Runtime,
    private readonly server: Server,
    private readonly port: Port,
  ) {
    this.onHandshake = server.callbackFor<HandshakeCallback>(port, 'handshake');
    this.onBefore = server.callbackFor<BeforeCallback>(port, 'beforeHandshakeResponse');
    this.onOpen = server.callbackFor<OpenCallback>(port, 'open');
  }

  /** Whether a request asks for a WebSocket: `websocket` in its Upgrade list, in any case. */
  static asked(upgrade: string | null): boolean {
    if (upgrade === null) return false;
    for (const token of upgrade.split(',')) if (token.trim().toLowerCase() === 'websocket') return true;
    return false;
  }

  /** Answers a handshake. */
  answer(session: Session, exchange: Exchange, request: Request, context: ResponseContext): void {
    const allowed = this.port.resolved.allowed_origins;
    if (allowed.length > 0 && !originAllowed(exchange.head, allowed)) {
      exchange.respond('403 Forbidden', ['Server', context.server], '', true);
      return;
    }
    session.websocketStatus = WebSocketStatus.HANDSHAKE;
    if (this.onHandshake !== null) this.byProgram(session, exchange, request, context, this.onHandshake);
    else this.byDefault(session, exchange, request, context);
  }

  /** The engine has made the connection a WebSocket. */
  opened(session: Session): void {
    const request = this.waiting.get(session);
    this.waiting.delete(session);
    // An open WebSocket needs no request any more, which weighs more than the rest of an idle connection.
    session.exchange = null;
    const { onOpen } = this;
    if (request === undefined || onOpen === null || session.ownHandshake) return;
    session.deliver(() => {
      if (session.abandoned) return;
      const promise = this.runtime.call('open', session, () => onOpen(this.server, request));
      if (promise !== null) session.hold(promise);
    });
  }

  /** The connection is gone, perhaps before it became a WebSocket. */
  forget(session: Session): void {
    if (this.waiting.delete(session)) session.websocketStatus = WebSocketStatus.HANDSHAKE;
  }

  private byDefault(session: Session, exchange: Exchange, request: Request, context: ResponseContext): void {
    const key = keyOf(exchange);
    if (key === null) {
      exchange.respond(
        '400 Bad Request',
        ['Server', context.server, 'Connection', 'keep-alive', 'Content-Type', 'text/html'],
        '',
        true,
      );
      return;
    }
    const response = new Response(exchange, session.fd, context);
    response.header('Upgrade', 'websocket');
    response.header('Connection', 'Upgrade');
    // The engine writes it; this one is for who looks at the response before it goes.
    if (this.onBefore !== null) response.header('Sec-WebSocket-Accept', acceptOf(key), false);
    response.header('Sec-WebSocket-Version', '13', false);
    const protocol = this.chooseProtocol(exchange);
    if (protocol !== '') response.header('Sec-WebSocket-Protocol', protocol, false);
    session.websocketStatus = WebSocketStatus.ACTIVE;
    const { onBefore } = this;
    if (onBefore === null) return this.upgrade(session, exchange, request, response, key);
    const promise = this.runtime.call('beforeHandshakeResponse', session, () =>
      onBefore(this.server, request, response),
    );
    if (promise === null) this.upgrade(session, exchange, request, response, key);
    else {
      session.track(promise);
      const after = (): void => this.upgrade(session, exchange, request, response, key);
      promise.then(after, after);
    }
  }

  /** The program answers: with status 101 the connection becomes a WebSocket, with any other it ends. */
  private byProgram(
    session: Session,
    exchange: Exchange,
    request: Request,
    context: ResponseContext,
    callback: HandshakeCallback,
  ): void {
    session.ownHandshake = true;
    const response = new Response(exchange, session.fd, {
      ...context,
      upgrade: (answered) => {
        const key = keyOf(exchange);
        if (key === null) return false;
        session.websocketStatus = WebSocketStatus.ACTIVE;
        this.upgrade(session, exchange, request, answered, key);
        return exchange.open;
      },
    });
    const forgotten = (): void => response.forgotten();
    const promise = this.runtime.call('handshake', session, () => callback(request, response));
    if (promise === null) forgotten();
    else {
      session.track(promise);
      promise.then(forgotten, forgotten);
    }
  }

  private upgrade(
    session: Session,
    exchange: Exchange,
    request: Request,
    response: Response,
    key: string,
  ): void {
    if (!exchange.open) return;
    const extensions = this.port.resolved.websocket_compression ? offeredDeflate(exchange) : '';
    session.compression = extensions !== '';
    this.waiting.set(session, request);
    const protocol = response.headerText('sec-websocket-protocol');
    if (exchange.upgrade(key, response.handshakeHeaders(), protocol, extensions)) return;
    this.waiting.delete(session);
    session.websocketStatus = WebSocketStatus.HANDSHAKE;
    exchange.respond('400 Bad Request', [], BAD_REQUEST_PAGE, true);
  }

  /** The setting websocket_subprotocol, when the client offers it. */
  private chooseProtocol(exchange: Exchange): string {
    const own = this.port.resolved.websocket_subprotocol;
    if (own === '') return '';
    const wanted = own.toLowerCase();
    const offered = headerOf(exchange, 'sec-websocket-protocol');
    for (const name of (offered ?? '').split(',')) if (name.trim().toLowerCase() === wanted) return own;
    return '';
  }
}

function acceptOf(key: string): string {
  return createHash('sha1')
    .update(key + GUID)
    .digest('base64');
}
