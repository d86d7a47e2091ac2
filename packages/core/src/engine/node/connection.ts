import type { ServerHttp2Session } from 'node:http2';
import { TLSSocket } from 'node:tls';
import { agreeOnDeflate } from '../deflate-offer.js';
import type { Bytes, CloseInfo, EngineConnection, MessageBytes } from '../engine.js';
import { Deflate } from './deflate.js';
import type { DuplexSocket } from './duplex-socket.js';
import { encodeClose, encodeFrame } from './frames.js';
import { handshakeText } from './head-text.js';
import { Http1 } from './http1.js';
import { beginsHttp2, type Http2 } from './http2.js';
import type { NodePort } from './port.js';
import { Transport } from './transport.js';
import { WebSocketReader } from './web-socket.js';

/** In milliseconds: how long a connection of HTTP/2 may have nothing to do; those that have work are not ended. */
const HTTP2_IDLE_MS = 120_000;
const MAX_OPCODE = 15;
const CLOSE = 8;
const PONG = 10;
const NO_STATUS = 1005;

const NOTHING: Buffer = Buffer.alloc(0);
const noReason: CloseInfo = { code: 0, reason: '', wasClean: false };
const abnormal: CloseInfo = { code: 1006, reason: '', wasClean: false };

/** A connection, from TCP accept to its end. */
export class NodeConnection implements EngineConnection {
  owner: unknown = null;
  open = true;
  isWebSocket = false;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly transport: Transport;
  /** When the handshake of TLS began that has not ended, in milliseconds since the epoch; 0 for none. */
  private handshakeSince = 0;
  private readonly http: Http1;
  private webSocket: WebSocketReader | null = null;
  private deflate: Deflate | null = null;
  /** True from the decision to upgrade until the open report. */
  private upgrading = false;
  /** True once the close was reported, or is being. */
  private over = false;
  /** Set once the connection speaks HTTP/2. */
  private session: ServerHttp2Session | null = null;

  constructor(
    private readonly port: NodePort,
    private socket: DuplexSocket,
  ) {
    this.remoteAddress = socket.remoteAddress ?? '';
    this.remotePort = socket.remotePort ?? 0;
    this.transport = new Transport(socket);
    this.http = new Http1(this, port.listener);
    this.watch(socket);
  }

  /** Begins to read. @param socket the accepted one, or the TLS that was laid over it */
  begin(socket: DuplexSocket): void {
    if (socket !== this.socket) {
      this.socket = socket;
      this.transport.secure(socket);
      this.watch(socket);
      this.handshakeSince = Date.now();
      socket.once('secure', () => {
        this.handshakeSince = 0;
      });
    }
    this.transport.onDrain = () => {
      if (this.isWebSocket && this.open) this.port.listener.drain(this);
    };
    const { http2 } = this.port;
    if (http2 === null) this.read(socket);
    else if (socket instanceof TLSSocket)
      socket.once('secure', () =>
        socket.alpnProtocol === 'h2' ? this.handOver(http2, null) : this.read(socket),
      );
    else this.sniff(socket, http2, NOTHING);
  }

  /** It speaks HTTP/2 from here on. */
  speaksHttp2(session: ServerHttp2Session): void {
    this.session = session;
    session.on('error', nothing).on('close', () => this.lost());
    // node:http2 waits for ever for a peer that it has told of an error, and for one that has only ended its side.
    session.setTimeout(HTTP2_IDLE_MS, () => session.close());
  }

  /** True when a handshake of TLS takes long, or a request as {@link Http1.dawdles} says. */
  dawdles(now: number, silence: number, longest: number): boolean {
    if (this.handshakeSince > 0) return now - this.handshakeSince > silence;
    return this.webSocket === null && this.http.dawdles(now, silence, longest);
  }

  /** The response has ended. @param close true when the connection ends with it */
  answered(close: boolean): void {
    if (close) this.close();
    else this.http.answered(this.socket);
  }

  upgrade(key: string, headers: readonly string[], protocol: string, extensions: string): void {
    const { options } = this.port;
    this.http.upgrade();
    this.upgrading = true;
    const agreed = options.compression && extensions !== '' ? agreeOnDeflate(extensions) : null;
    if (agreed !== null) this.deflate = new Deflate(agreed.windowBits, options.maxPayload);
    this.transport.write(handshakeText(key, headers, protocol, agreed?.answer ?? ''));
    process.nextTick(opened, this);
  }

  /** The connection is a WebSocket. */
  opened(): void {
    if (this.over) return;
    this.upgrading = false;
    this.isWebSocket = true;
    this.webSocket = new WebSocketReader(this, this.port.options.maxPayload, this.deflate);
    this.port.listener.open(this);
    const rest = this.http.rest(this.socket);
    if (rest.length > 0) this.webSocket.read(rest);
    this.transport.flush();
  }

  message(data: Buffer, binary: boolean, compressed: boolean): void {
    if (!this.over) this.port.listener.message(this, data, binary, compressed);
  }

  pinged(data: Buffer): void {
    if (this.over) return;
    if (this.port.options.answerPings) this.transport.write(encodeFrame(data, PONG, true));
    this.port.listener.ping(this, data);
  }

  ponged(data: Buffer): void {
    if (!this.over) this.port.listener.pong(this, data);
  }

  /** The peer has sent a close frame. What the close report still sends leaves before the answer to it. */
  concluded(code: number, reason: string): void {
    if (this.over) return;
    this.over = true;
    this.port.closed(this, { code, reason, wasClean: true });
    this.open = false;
    this.transport.write(encodeClose(code === NO_STATUS ? 0 : code, reason));
    this.leave();
  }

  /** The peer has broken the protocol: it is told so (RFC 6455, section 7.1.7). */
  violated(info: CloseInfo): void {
    if (this.over) return;
    this.transport.write(encodeClose(info.code, ''));
    this.finish(info);
  }

  send(data: Bytes, opcode: number, fin: boolean, compress: boolean): boolean {
    if (!this.open || !(this.isWebSocket || this.upgrading)) return false;
    if (opcode === CLOSE || opcode > MAX_OPCODE) return false;
    // push() refuses before this is reached.
    if (this.transport.buffered > this.port.options.maxBackpressure) return false;
    const { deflate } = this;
    const deflates = compress && fin && deflate !== null && opcode !== 0;
    const frame = deflates
      ? encodeFrame(deflate.compress(data), opcode, fin, true)
      : encodeFrame(data, opcode, fin);
    this.transport.write(frame);
    return true;
  }

  answer(): boolean {
    return false;
  }

  decode(bytes: MessageBytes): string {
    return ArrayBuffer.isView(bytes) ? bytes.toString() : Buffer.from(bytes).toString();
  }

  bufferedAmount(): number {
    return this.transport.buffered;
  }

  end(code: number, reason: string): void {
    if (this.over) return;
    if (!this.isWebSocket && !this.upgrading) return this.close();
    this.transport.write(encodeClose(code, reason));
    this.finish({ code, reason, wasClean: true });
  }

  close(discard = false): void {
    if (this.over) return;
    if (discard) this.transport.destroy();
    this.finish(this.isWebSocket ? abnormal : noReason);
  }

  private read(socket: DuplexSocket): void {
    socket
      .on('data', (bytes) => this.arrived(bytes))
      .on('end', () => this.lost())
      .on('drain', () => this.transport.drained());
  }

  /** Finds out which HTTP the peer speaks. @param before what has come so far */
  private sniff(socket: DuplexSocket, http2: Http2, before: Buffer): void {
    socket.once('data', (more) => {
      const bytes = Buffer.concat([before, more]);
      const known = beginsHttp2(bytes);
      if (known === null) this.sniff(socket, http2, bytes);
      else if (known) this.handOver(http2, bytes);
      else {
        this.read(socket);
        this.arrived(bytes);
      }
    });
  }

  private handOver(http2: Http2, bytes: Buffer | null): void {
    this.socket.pause();
    if (bytes !== null) this.socket.unshift(bytes);
    http2.take(this, this.socket);
    // A TLSSocket made by hand never says that its handshake is over, for which node:http2 waits.
    if (bytes === null) this.socket.emit('secureConnect');
  }

  private arrived(bytes: Buffer): void {
    if (this.over) return;
    this.transport.hold();
    try {
      if (this.webSocket !== null) this.webSocket.read(bytes);
      else this.http.arrived(bytes, this.socket);
    } finally {
      this.transport.release();
    }
  }

  private watch(socket: DuplexSocket): void {
    socket.on('error', nothing).on('close', () => {
      this.lost();
      this.port.gone(this);
    });
  }

  /** The peer has ended the connection, or it broke. */
  private lost(): void {
    if (this.over) return;
    this.transport.flush();
    this.finish(this.isWebSocket ? abnormal : noReason);
  }

  /** Reports the close, and lets what was sent reach the peer. */
  private finish(info: CloseInfo): void {
    this.over = true;
    this.open = false;
    this.leave();
    this.port.closed(this, info);
  }

  private leave(): void {
    this.http.aborted();
    this.transport.wakeUp();
    // HTTP/2 ends when its streams have: those that are answered still go out.
    if (this.session === null) this.transport.end();
    else if (!this.socket.destroyed) this.session.close();
  }
}

function opened(connection: NodeConnection): void {
  connection.opened();
}

function nothing(): void {}
