import {
  SWOOLE_WEBSOCKET_FLAG_COMPRESS,
  SWOOLE_WEBSOCKET_FLAG_RSV1,
  SWOOLE_WEBSOCKET_OPCODE_BINARY,
  SWOOLE_WEBSOCKET_OPCODE_PING,
  SWOOLE_WEBSOCKET_OPCODE_PONG,
  SWOOLE_WEBSOCKET_OPCODE_TEXT,
} from '../../constants/websocket.js';
import { create } from '../../coroutine/lifecycle.js';
import type {
  CloseInfo,
  EngineConnection,
  EngineListener,
  Exchange,
  MessageBytes,
} from '../../engine/engine.js';
import type { ResolvedSettings } from '../../server/settings/settings.js';
import { CloseFrame, receivedFrame } from '../../websocket/frame.js';
import { badHead } from '../bad-head.js';
import { BodyCollector } from '../body-collector.js';
import { Request, type RequestSettings } from '../request.js';
import { Response, type ResponseContext } from '../response.js';
import { ServerPeer } from './peer.js';
import type { Handler, Routes } from './routes.js';

const WHAT = 'Swoole\\Coroutine\\Http\\Server->start()';
const SERVER_NAME = 'swoole-http-server';
const COMPRESSED = SWOOLE_WEBSOCKET_FLAG_COMPRESS | SWOOLE_WEBSOCKET_FLAG_RSV1;
const NO_STATUS = 1005;
const NORMAL = 1000;

/** Brings requests to their handlers, each in a coroutine, and frames to those who wait for them. */
export class CoroutineListener implements EngineListener {
  readonly #peers = new Set<ServerPeer>();
  readonly #bodies: BodyCollector;
  readonly #requestSettings: RequestSettings;
  readonly #context: ResponseContext;
  #made = 0;
  #stopping = false;

  constructor(
    private readonly routes: Routes,
    private readonly settings: ResolvedSettings,
    private readonly where: { host: string; port: number },
  ) {
    this.#bodies = new BodyCollector(settings.package_max_length, settings.upload_max_filesize);
    this.#requestSettings = {
      parsePost: settings.http_parse_post,
      parseCookie: settings.http_parse_cookie,
      parseFiles: settings.http_parse_files,
      uploadDir: settings.upload_tmp_dir,
    };
    this.#context = {
      compression: settings.http_compression,
      compressionLevel: settings.http_compression_level,
      compressionMinLength: settings.compression_min_length,
      brotli: true,
      server: SERVER_NAME,
      finished: () => {},
      upgrade: null,
    };
  }

  /** Ends the connections that wait for a request, and the others when theirs are answered; WebSockets go on. */
  shutdown(): void {
    this.#stopping = true;
    for (const peer of [...this.#peers]) if (peer.exchange === null && !peer.upgraded) peer.close();
  }

  connect(connection: EngineConnection): void {
    const peer = new ServerPeer(++this.#made, connection, this.settings);
    connection.owner = peer;
    this.#peers.add(peer);
  }

  request(exchange: Exchange, chunk: Uint8Array, last: boolean): void {
    const peer = exchange.connection.owner as ServerPeer;
    peer.lastReceived = Date.now();
    const refusal = badHead(exchange.head) ? '400 Bad Request' : this.#bodies.begin(exchange, chunk, last);
    if (refusal !== null) exchange.respond(refusal, [], '', true);
    else if (last) this.#handle(peer, exchange);
  }

  body(exchange: Exchange, chunk: Uint8Array, last: boolean): void {
    if (!exchange.open) return;
    const peer = exchange.connection.owner as ServerPeer;
    peer.lastReceived = Date.now();
    const refusal = this.#bodies.add(exchange, chunk);
    if (refusal !== null) exchange.respond(refusal, [], '', true);
    else if (last) this.#handle(peer, exchange);
  }

  open(): void {
    // The handler knows: it has asked for the WebSocket.
  }

  message(connection: EngineConnection, data: MessageBytes, binary: boolean, compressed = false): void {
    const peer = connection.owner as ServerPeer;
    const bytes = Buffer.from(new Uint8Array(data));
    const frame = binary
      ? receivedFrame(peer.fd, bytes, SWOOLE_WEBSOCKET_OPCODE_BINARY)
      : receivedFrame(peer.fd, bytes.toString(), SWOOLE_WEBSOCKET_OPCODE_TEXT);
    if (compressed) frame.flags |= COMPRESSED;
    peer.inbox.put(frame);
  }

  ping(connection: EngineConnection, data: MessageBytes): void {
    if (this.settings.open_websocket_ping_frame)
      this.#control(connection, data, SWOOLE_WEBSOCKET_OPCODE_PING);
  }

  pong(connection: EngineConnection, data: MessageBytes): void {
    if (this.settings.open_websocket_pong_frame)
      this.#control(connection, data, SWOOLE_WEBSOCKET_OPCODE_PONG);
  }

  drain(): void {
    // push() tells by its result when too much waits.
  }

  close(connection: EngineConnection, { code, reason, wasClean }: CloseInfo): void {
    const peer = connection.owner as ServerPeer;
    this.#peers.delete(peer);
    if (peer.upgraded && wasClean && this.settings.open_websocket_close_frame) {
      const frame = new CloseFrame();
      frame.fd = peer.fd;
      frame.flags = receivedFrame(0, '', 0).flags;
      frame.finish = true;
      frame.code = code === NO_STATUS ? NORMAL : code;
      frame.reason = reason;
      peer.inbox.put(frame);
    }
    peer.inbox.end();
  }

  #control(connection: EngineConnection, data: MessageBytes, opcode: number): void {
    const peer = connection.owner as ServerPeer;
    peer.inbox.put(receivedFrame(peer.fd, Buffer.from(new Uint8Array(data)), opcode));
  }

  #handle(peer: ServerPeer, exchange: Exchange): void {
    const request = new Request(exchange.head, peer.fd, {
      serverPort: this.where.port,
      serverAddress: this.where.host,
      remoteAddress: peer.connection.remoteAddress,
      remotePort: peer.connection.remotePort,
      masterTime: Math.floor(peer.lastReceived / 1000),
      settings: this.#requestSettings,
    });
    const body = this.#bodies.take(exchange);
    if (body !== null) {
      request.attachBody(body);
      if (request.prepareBody() === 'bad-request') return exchange.respond('400 Bad Request', [], '', true);
    }
    peer.exchange = exchange;
    const response = new Response(exchange, peer.fd, { ...this.#context, peer });
    const handler = this.routes.find(exchange.head.path);
    if (handler === null) {
      response.status(404);
      response.end();
      this.#afterwards(peer, request, response);
      return;
    }
    const started = create(WHAT, () => this.#run(handler, peer, request, response), []);
    if (started === false) {
      response.status(503);
      response.end();
      this.#afterwards(peer, request, response);
    }
  }

  #run(handler: Handler, peer: ServerPeer, request: Request, response: Response): unknown {
    const after = (): void => this.#afterwards(peer, request, response);
    let result: unknown;
    try {
      result = handler(request, response);
    } catch (error) {
      after();
      throw error;
    }
    if (!(result instanceof Promise)) return after();
    return result.finally(after);
  }

  /** The handler has ended: an answer is due, a WebSocket is over. */
  #afterwards(peer: ServerPeer, request: Request, response: Response): void {
    response.forgotten();
    if (request.holdsUploads()) request.release();
    if (peer.upgraded) {
      if (peer.connection.open) peer.disconnect(NORMAL, '');
      return;
    }
    peer.exchange = null;
    if (this.#stopping && peer.connection.open) peer.close();
  }
}
