import { constants, type Http2Session, type ServerHttp2Stream } from 'node:http2';
import type { Bytes, EngineConnection, Exchange, RequestHead } from '../engine.js';
import { headersOf, responseHead } from './http2-head.js';
import { type Outlet, pump } from './pump.js';

/** One request of HTTP/2 and its response: a stream. A response ends its stream, and never the connection. */
export class Http2Exchange implements Exchange, Outlet {
  open = true;
  started = false;
  owner: unknown = null;
  /** True once the request's body has arrived whole. */
  bodyDone = false;
  private readonly session: Http2Session | undefined;
  private trailers: readonly string[] = [];
  private wake: (() => void) | null = null;

  constructor(
    readonly connection: EngineConnection,
    private readonly native: ServerHttp2Stream,
    readonly head: RequestHead,
  ) {
    this.session = native.session;
    native.on('drain', () => this.wakeUp()).on('wantTrailers', () => this.sendTrailers());
  }

  respond(status: string, headers: readonly string[], body: Bytes): void {
    if (!this.open) return;
    const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
    if (!this.sendHead(status, [...headers, 'Content-Length', String(length)], length === 0)) return;
    if (length > 0) this.native.end(body);
    this.end();
  }

  respondHead(status: string, headers: readonly string[], length: number | null): void {
    if (!this.open) return;
    this.sendHead(status, length === null ? headers : [...headers, 'Content-Length', String(length)], true);
    this.end();
  }

  start(status: string, headers: readonly string[]): void {
    if (!this.open || this.started) return;
    this.started = true;
    this.sendHead(status, headers, false);
  }

  write(chunk: Bytes): boolean {
    if (!this.open || chunk.length === 0) return this.open;
    return this.native.write(chunk);
  }

  finish(chunk?: Bytes, _close?: boolean, trailers: readonly string[] = []): void {
    if (!this.open) return;
    this.trailers = trailers;
    if (chunk !== undefined && chunk.length > 0) this.native.end(chunk);
    else this.native.end();
    this.end();
  }

  ping(): boolean {
    return this.session?.destroyed === false && this.session.ping(() => {});
  }

  goaway(code: number, data: string): boolean {
    if (this.session?.destroyed !== false) return false;
    this.session.goaway(code, this.head.stream, Buffer.from(data));
    return true;
  }

  async stream(
    status: string,
    headers: readonly string[],
    length: number,
    body: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    if (length === 0) return this.respond(status, headers, '');
    if (!this.open) return;
    this.started = true;
    if (!this.sendHead(status, [...headers, 'Content-Length', String(length)], false)) return;
    try {
      await pump(length, body, this);
    } catch (error) {
      // The peer was promised more.
      if (this.open) this.native.close(constants.NGHTTP2_INTERNAL_ERROR);
      throw error;
    }
    this.native.end();
    this.end();
  }

  /** WebSockets over HTTP/2 (RFC 8441) are not offered. */
  upgrade(): boolean {
    return false;
  }

  push(piece: Uint8Array): boolean {
    return this.native.write(piece);
  }

  writable(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  /** The stream is gone. */
  aborted(): void {
    this.open = false;
    this.wakeUp();
  }

  /** @returns false when there can be no such head: the stream is reset */
  private sendHead(status: string, headers: readonly string[], endStream: boolean): boolean {
    try {
      this.native.respond(responseHead(status, headers), { endStream, waitForTrailers: !endStream });
      return true;
    } catch {
      this.native.close(constants.NGHTTP2_INTERNAL_ERROR);
      this.open = false;
      return false;
    }
  }

  private sendTrailers(): void {
    try {
      this.native.sendTrailers(headersOf(this.trailers));
    } catch {
      this.native.close(constants.NGHTTP2_INTERNAL_ERROR);
    }
  }

  private end(): void {
    this.open = false;
    if (this.bodyDone) return;
    // A body that nobody wants any more is not waited for (RFC 9113, section 8.1), once the response has left.
    const { native } = this;
    const reset = (): void => void setImmediate(() => native.close(constants.NGHTTP2_NO_ERROR));
    if (native.writableFinished) reset();
    else native.once('finish', reset);
  }

  private wakeUp(): void {
    this.wake?.();
    this.wake = null;
  }
}
