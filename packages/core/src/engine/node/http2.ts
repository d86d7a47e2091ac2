import http2, { type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { EngineListener, Http2Options } from '../engine.js';
import type { NodeConnection } from './connection.js';
import type { DuplexSocket } from './duplex-socket.js';
import { Http2Exchange } from './http2-exchange.js';
import { requestHead } from './http2-head.js';

const NOTHING = new Uint8Array(0);
/** How a client begins that speaks HTTP/2 without asking (RFC 9113, section 3.4). */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Whether the first bytes of a connection are those of HTTP/2; null while they may become so. */
export function beginsHttp2(bytes: Buffer): boolean | null {
  const length = Math.min(bytes.length, PREFACE.length);
  if (bytes.compare(PREFACE, 0, length, 0, length) !== 0) return false;
  return length === PREFACE.length ? true : null;
}

/** HTTP/2 on node:http2, for connections that a port has accepted. */
export class Http2 {
  private readonly server: http2.Http2Server;
  private taking: NodeConnection | null = null;

  constructor(
    options: Http2Options,
    private readonly listener: EngineListener,
  ) {
    this.server = http2.createServer({ settings: { ...options, enablePush: false } });
    this.server
      .on('session', (session) => this.begin(session))
      // The connection's end is reported by itself.
      .on('sessionError', () => {});
  }

  /** Takes a socket over, with the bytes that were put back into it. */
  take(connection: NodeConnection, socket: DuplexSocket): void {
    this.taking = connection;
    this.server.emit('connection', socket);
    this.taking = null;
  }

  private begin(session: ServerHttp2Session): void {
    const connection = this.taking;
    if (connection === null) return;
    connection.speaksHttp2(session);
    session.on('stream', (stream: ServerHttp2Stream, _headers: unknown, flags: number, raw: string[]) => {
      if (connection.open) this.request(connection, stream, flags, raw);
      else stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
    });
  }

  private request(
    connection: NodeConnection,
    stream: ServerHttp2Stream,
    flags: number,
    raw: readonly string[],
  ): void {
    const { listener } = this;
    const exchange = new Http2Exchange(connection, stream, requestHead(raw, stream.id ?? 0));
    exchange.bodyDone = (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.on('error', () => {}).on('close', () => exchange.aborted());
    listener.request(exchange, NOTHING, exchange.bodyDone);
    if (exchange.bodyDone) {
      stream.resume();
      return;
    }
    stream
      .on('data', (chunk: Buffer) => listener.body(exchange, chunk, false))
      .on('end', () => {
        exchange.bodyDone = true;
        if (!stream.aborted) listener.body(exchange, NOTHING, true);
      });
  }
}
