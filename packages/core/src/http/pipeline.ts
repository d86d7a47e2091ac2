import { workBegun } from '../coroutine/begun-work.js';
import { callInCoroutine } from '../coroutine/lifecycle.js';
import type { Exchange, RequestHead } from '../engine/engine.js';
import type { Port } from '../server/port.js';
import type { Runtime } from '../server/runtime.js';
import type { Server } from '../server/server.js';
import type { Session } from '../session/session.js';
import { Handshake } from '../websocket/handshake.js';
import { badHead } from './bad-head.js';
import { BodyCollector } from './body-collector.js';
import { ForwardedAddress } from './forwarded-address.js';
import { keepsAlive } from './keep-alive.js';
import { Request, type RequestInfo, type RequestSettings } from './request.js';
import { Response, type ResponseContext } from './response.js';
import { BAD_REQUEST_HEADERS, BAD_REQUEST_PAGE } from './server-pages.js';
import { StaticHandler } from './static/static-handler.js';

type RequestCallback = (request: Request, response: Response) => unknown;

const SERVER_NAME = 'swoole-http-server';

/** The way of an HTTP request: its body is collected, the static handler or a handshake may take it, then the request event. */
export class HttpPipeline {
  private readonly onRequest: RequestCallback | null;
  private readonly files: StaticHandler | null;
  private readonly forwarded: ForwardedAddress | null;
  private readonly requestSettings: RequestSettings;
  private readonly context: ResponseContext;
  private readonly bodies: BodyCollector;
  private readonly serverAddress: string;
  /** In bytes: what of a larger upload may be in its fields. */
  private readonly maxPackage: number;

  constructor(
    private readonly runtime: Runtime,
    server: Server,
    private readonly port: Port,
    private readonly handshake: Handshake | null,
  ) {
    const settings = port.resolved;
    this.onRequest = server.callbackFor<RequestCallback>(port, 'request');
    this.files =
      settings.enable_static_handler && settings.document_root !== ''
        ? new StaticHandler({
            documentRoot: settings.document_root,
            locations: settings.static_handler_locations,
            indexFiles: settings.http_index_files,
            autoindex: settings.http_autoindex,
          })
        : null;
    this.forwarded =
      settings.trusted_proxies.length > 0 ? new ForwardedAddress(settings.trusted_proxies) : null;
    this.requestSettings = {
      parsePost: settings.http_parse_post,
      parseCookie: settings.http_parse_cookie,
      parseFiles: settings.http_parse_files,
      uploadDir: settings.upload_tmp_dir,
    };
    this.context = {
      compression: settings.http_compression,
      compressionLevel: settings.http_compression_level,
      compressionMinLength: settings.compression_min_length,
      brotli: true,
      server: SERVER_NAME,
      finished: () => {
        runtime.counters.responses++;
      },
      upgrade: null,
    };
    port.responseContext = this.context;
    this.bodies = new BodyCollector(settings.package_max_length, settings.upload_max_filesize);
    this.serverAddress = port.host;
    this.maxPackage = settings.package_max_length;
  }

  /** A request's head has arrived, with the beginning of its body. */
  begin(exchange: Exchange, session: Session, chunk: Uint8Array, last: boolean): void {
    // It ends soon; what it sent at once may already be here.
    if (session.refused) return;
    session.heard();
    session.exchange = exchange;
    const refusal = badHead(exchange.head) ? '400 Bad Request' : this.bodies.begin(exchange, chunk, last);
    if (refusal !== null) this.refuse(exchange, refusal);
    else if (last) this.handle(exchange, session);
  }

  /** More of the body. */
  more(exchange: Exchange, session: Session, chunk: Uint8Array, last: boolean): void {
    if (session.refused || !exchange.open) return;
    session.heard();
    const refusal = this.bodies.add(exchange, chunk);
    if (refusal !== null) this.refuse(exchange, refusal);
    else if (last) this.handle(exchange, session);
  }

  private refuse(exchange: Exchange, status: string): void {
    exchange.respond(status, [], '', true);
  }

  private handle(exchange: Exchange, session: Session): void {
    this.answer(exchange, session);
    // As in Swoole, a request is counted after its callback, or that one's first wait.
    this.runtime.counters.requests++;
  }

  private answer(exchange: Exchange, session: Session): void {
    const { head } = exchange;
    if (this.files?.handle(exchange, keepsAlive(head) && saysKeepAlive(head))) return;
    const upgrading = this.handshake !== null && Handshake.asked(upgradeOf(head));
    if (!upgrading && this.onRequest === null) {
      exchange.respond(
        '400 Bad Request',
        [...BAD_REQUEST_HEADERS, 'Connection', 'close'],
        BAD_REQUEST_PAGE,
        true,
      );
      return;
    }
    if (this.forwarded !== null)
      session.remoteAddress = this.forwarded.of(head, session.engine.remoteAddress);
    const request = new Request(head, session.fd, this.infoOf(session));
    const body = this.bodies.take(exchange);
    if (body !== null) {
      request.attachBody(body);
      if (request.prepareBody() === 'bad-request') return this.refuse(exchange, '400 Bad Request');
      if (body.length > this.maxPackage && fieldBytes(body, request) > this.maxPackage) {
        request.release();
        return this.refuse(exchange, '503 Service Unavailable');
      }
    }
    if (upgrading) this.handshake?.answer(session, exchange, request, this.context);
    else if (session.free) this.dispatch(session, exchange, request);
    else this.postpone(session, exchange, request);
  }

  private postpone(session: Session, exchange: Exchange, request: Request): void {
    session.deliver(() => this.dispatch(session, exchange, request));
  }

  private dispatch(session: Session, exchange: Exchange, request: Request): void {
    const callback = this.onRequest as RequestCallback;
    const response = new Response(exchange, session.fd, this.context);
    const begun = workBegun();
    let promise: PromiseLike<unknown> | null = null;
    try {
      const result = callInCoroutine(callback, request, response);
      if (result !== undefined) promise = this.runtime.watch('request', session, result);
    } catch (error) {
      this.runtime.failed(error, 'request', session);
    }
    if (promise === null) this.afterwards(request, response, begun);
    else this.awaitAnswer(session, promise, request, response, begun);
  }

  private awaitAnswer(
    session: Session,
    promise: PromiseLike<unknown>,
    request: Request,
    response: Response,
    begun: number,
  ): void {
    session.track(promise);
    const after = (): void => this.afterwards(request, response, begun);
    promise.then(after, after);
  }

  /** @param begun what had been begun before the callback */
  private afterwards(request: Request, response: Response, begun: number): void {
    if (response.isWritable() && workBegun() !== begun)
      return response.leaveOpen(request.holdsUploads() ? () => request.release() : null);
    response.forgotten();
    if (request.holdsUploads()) request.release();
  }

  private infoOf(session: Session): RequestInfo {
    return {
      serverPort: this.port.port,
      serverAddress: this.serverAddress,
      remoteAddress: session.remoteAddress,
      remotePort: session.engine.remotePort,
      masterTime: Math.floor(session.lastReceived / 1000),
      settings: this.requestSettings,
    };
  }
}

function upgradeOf(head: RequestHead): string | null {
  const { headers } = head;
  for (let i = 0; i < headers.length; i += 2) if (headers[i] === 'upgrade') return headers[i + 1] as string;
  return null;
}

/** The static handler keeps a connection only for clients that ask for it in so many words. */
function saysKeepAlive(head: RequestHead): boolean {
  const { headers } = head;
  for (let i = 0; i < headers.length; i += 2)
    if (headers[i] === 'connection') return (headers[i + 1] as string).toLowerCase() === 'keep-alive';
  return false;
}

/** What of an upload is not in its files: fields stay in memory, and have the limit of any other body. */
function fieldBytes(body: Buffer, request: Request): number {
  return body.length - request.uploadedBytes();
}
