import type { Bytes, EngineConnection, Exchange, RequestHead } from '../../src/engine/engine.js';
import { Response, type ResponseContext } from '../../src/http/response.js';

/** The head of a request, with what a test does not name left at its simplest. */
export function requestHead(changes: Partial<RequestHead> = {}): RequestHead {
  return { method: 'GET', path: '/', query: '', version: '1.1', headers: ['host', 'x'], ...changes };
}

function bytes(data: Bytes): Buffer {
  return typeof data === 'string'
    ? Buffer.from(data)
    : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

/** An exchange without a network: keeps what it was told to send. */
export class FakeExchange implements Exchange {
  open = true;
  started = false;
  owner: unknown = null;
  readonly connection = {} as EngineConnection;

  status = '';
  headers: readonly string[] = [];
  /** What was announced or, for a body that was sent whole, its length; null when none was announced. */
  length: number | null = null;
  body: Buffer = Buffer.alloc(0);
  chunks: string[] = [];
  close = false;
  /** How the response was sent, call by call. */
  readonly calls: string[] = [];
  /** Settles when a streamed body has ended. */
  streamed: Promise<void> = Promise.resolve();
  /** Makes {@link stream} fail after its first piece, as when the peer goes away. */
  peerLeaves = false;

  constructor(readonly head: RequestHead = requestHead()) {}

  respond(status: string, headers: readonly string[], body: Bytes, close = false): void {
    this.#begin('respond', status, headers);
    this.body = bytes(body);
    this.length = this.body.length;
    this.#end(close);
  }

  respondHead(status: string, headers: readonly string[], length: number | null, close = false): void {
    this.#begin('respondHead', status, headers);
    this.length = length;
    this.#end(close);
  }

  start(status: string, headers: readonly string[]): void {
    this.#begin('start', status, headers);
    this.started = true;
  }

  write(chunk: Bytes): boolean {
    this.calls.push('write');
    this.chunks.push(bytes(chunk).toString());
    return false;
  }

  finish(chunk?: Bytes, close = false): void {
    this.calls.push('finish');
    if (chunk !== undefined) this.chunks.push(bytes(chunk).toString());
    this.#end(close);
  }

  stream(
    status: string,
    headers: readonly string[],
    length: number,
    body: AsyncIterable<Uint8Array>,
    close = false,
  ): Promise<void> {
    this.#begin('stream', status, headers);
    this.length = length;
    this.streamed = this.#read(body, close);
    return this.streamed;
  }

  upgrade(): boolean {
    this.open = false;
    return true;
  }

  /** The head as a client sees it, line by line. */
  get lines(): string[] {
    const lines = [`HTTP/1.1 ${this.status}`];
    for (let i = 0; i < this.headers.length; i += 2) lines.push(`${this.headers[i]}: ${this.headers[i + 1]}`);
    if (this.length !== null) lines.push(`Content-Length: ${this.length}`);
    return lines;
  }

  /** The values of a header, in order. */
  values(name: string): string[] {
    return this.headers.filter((_, i) => i % 2 === 1 && this.headers[i - 1] === name);
  }

  #begin(call: string, status: string, headers: readonly string[]): void {
    if (!this.open) throw new Error(`${call} after the end`);
    this.calls.push(call);
    this.status = status;
    this.headers = headers.slice();
  }

  #end(close: boolean): void {
    this.open = false;
    this.close = close;
  }

  async #read(body: AsyncIterable<Uint8Array>, close: boolean): Promise<void> {
    const pieces: Uint8Array[] = [];
    for await (const piece of body) {
      pieces.push(piece);
      if (this.peerLeaves) {
        this.open = false;
        throw new Error('the peer is gone');
      }
    }
    this.body = Buffer.concat(pieces);
    this.#end(close);
  }
}

/** Counts what it is told of, and compresses nothing unless asked to. */
export function responseContext(
  changes: Partial<ResponseContext> = {},
): ResponseContext & { ended: Array<{ response: Response; close: boolean }> } {
  const ended: Array<{ response: Response; close: boolean }> = [];
  return {
    compression: false,
    compressionLevel: 1,
    compressionMinLength: 20,
    brotli: true,
    server: 'swoole-http-server',
    upgrade: null,
    finished: (response, close) => ended.push({ response, close }),
    ended,
    ...changes,
  };
}

/** A response, and what it sends. */
export function responseTo(
  head: Partial<RequestHead> = {},
  context: Partial<ResponseContext> = {},
): { response: Response; exchange: FakeExchange; context: ReturnType<typeof responseContext> } {
  const exchange = new FakeExchange(requestHead(head));
  const full = responseContext(context);
  return { response: new Response(exchange, 1, full), exchange, context: full };
}
