import { keepsAlive } from '../../http/keep-alive.js';
import type { Bytes, Exchange, RequestHead } from '../engine.js';
import type { NodeConnection } from './connection.js';
import { dateText, headText } from './head-text.js';
import { type Outlet, pump } from './pump.js';
import type { Transport } from './transport.js';

/** One request of HTTP/1 and its response, written as one piece where it is small. */
export class NodeExchange implements Exchange, Outlet {
  open = true;
  started = false;
  owner: unknown = null;
  /** True once the request's body has arrived whole. */
  bodyDone = false;
  private chunked = false;
  private readonly out: Transport;

  constructor(
    readonly connection: NodeConnection,
    readonly head: RequestHead,
  ) {
    this.out = connection.transport;
  }

  /** True while the client holds its body back until it is told to go on. */
  get awaitsContinue(): boolean {
    if (!this.open || this.started) return false;
    const { headers } = this.head;
    for (let i = 0; i < headers.length; i += 2)
      if (headers[i] === 'expect') return (headers[i + 1] as string).toLowerCase() === '100-continue';
    return false;
  }

  respond(status: string, headers: readonly string[], body: Bytes, close = false): void {
    if (!this.open) return;
    const text = headText(status, headers);
    // What a server refuses, it refuses in a line: the end of the connection ends the answer (RFC 9112, section 6.3).
    if (close && body.length === 0 && headers.length === 0) this.out.write(`${text}\r\n`);
    else this.sendWhole(`${text}${dateText(headers)}`, body);
    this.end(close);
  }

  respondHead(status: string, headers: readonly string[], length: number | null, close = false): void {
    if (!this.open) return;
    const announced = length === null ? '' : `Content-Length: ${length}\r\n`;
    this.out.write(`${headText(status, headers)}${dateText(headers)}${announced}\r\n`);
    this.end(close);
  }

  start(status: string, headers: readonly string[]): void {
    if (!this.open || this.started) return;
    this.started = true;
    // A peer of HTTP/1.0 knows no chunks: its body ends with the connection (RFC 9112, section 6.1).
    this.chunked = this.head.version !== '1.0';
    const framing = this.chunked ? 'Transfer-Encoding: chunked\r\n' : '';
    this.out.write(`${headText(status, headers)}${dateText(headers)}${framing}\r\n`);
  }

  write(chunk: Bytes): boolean {
    if (!this.open || chunk.length === 0) return this.open;
    const { out } = this;
    if (!this.chunked) return out.write(chunk);
    const length = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length;
    out.write(`${length.toString(16)}\r\n`);
    out.write(chunk);
    return out.write('\r\n');
  }

  finish(chunk?: Bytes, close = false, trailers: readonly string[] = []): void {
    if (!this.open) return;
    if (chunk !== undefined && chunk.length > 0) this.write(chunk);
    if (this.chunked) {
      let end = '0\r\n';
      for (let i = 0; i < trailers.length; i += 2) end += `${trailers[i]}: ${trailers[i + 1]}\r\n`;
      this.out.write(`${end}\r\n`);
    }
    this.end(close || !this.chunked);
  }

  async stream(
    status: string,
    headers: readonly string[],
    length: number,
    body: AsyncIterable<Uint8Array>,
    close = false,
  ): Promise<void> {
    if (length === 0) return this.respond(status, headers, '', close);
    if (!this.open) return;
    this.started = true;
    this.out.write(`${headText(status, headers)}${dateText(headers)}Content-Length: ${length}\r\n\r\n`);
    try {
      await pump(length, body, this);
    } catch (error) {
      // The peer was promised more.
      if (this.open) this.connection.close();
      throw error;
    }
    this.end(close);
  }

  upgrade(key: string, headers: readonly string[], protocol: string, extensions: string): boolean {
    // RFC 6455, section 4.2.1.
    if (!this.open || this.started || this.head.version === '1.0') return false;
    this.open = false;
    this.connection.upgrade(key, headers, protocol, extensions);
    return true;
  }

  push(piece: Uint8Array): boolean {
    return this.out.write(piece);
  }

  writable(): Promise<void> {
    return this.out.writable();
  }

  /** The connection is gone. */
  aborted(): void {
    this.open = false;
  }

  private sendWhole(head: string, body: Bytes): void {
    if (typeof body === 'string') {
      this.out.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      return;
    }
    this.out.write(`${head}Content-Length: ${body.length}\r\n\r\n`);
    if (body.length > 0) this.out.write(body);
  }

  private end(close: boolean): void {
    this.open = false;
    // RFC 9112, section 9.6: who was asked to close does.
    this.connection.answered(close || !keepsAlive(this.head));
  }
}
