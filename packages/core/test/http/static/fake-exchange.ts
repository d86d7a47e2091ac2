import type { Bytes, EngineConnection, Exchange, RequestHead } from '../../../src/engine/engine.js';

/** What an exchange was told to send. */
export interface Answer {
  status: string;
  headers: Record<string, string>;
  headerNames: string[];
  /** Null for a response without a body. */
  body: Buffer | null;
  /** What Content-Length is to say. */
  length: number | null;
  close: boolean;
  how: 'respond' | 'respondHead' | 'stream';
}

const connection: EngineConnection = {
  owner: null,
  remoteAddress: '127.0.0.1',
  remotePort: 1,
  open: true,
  isWebSocket: false,
  close() {},
  send: () => false,
  end() {},
  answer: () => false,
  decode: String,
  bufferedAmount: () => 0,
};

/** An exchange that keeps what it is given. */
export class FakeExchange implements Exchange {
  readonly head: RequestHead;
  readonly connection = connection;
  readonly started = false;
  open = true;
  owner: unknown = null;
  /** Resolves to what was sent. */
  readonly answer: Promise<Answer>;
  private answered: (answer: Answer) => void = () => {};

  constructor(path: string, method = 'GET', headers: Record<string, string> = {}) {
    const list = Object.entries(headers).flatMap(([name, value]) => [name.toLowerCase(), value]);
    const [target = '', query = ''] = path.split('?');
    this.head = { method, path: target, query, version: '1.1', headers: list };
    this.answer = new Promise((resolve) => {
      this.answered = resolve;
    });
  }

  private done(
    how: Answer['how'],
    status: string,
    list: readonly string[],
    body: Buffer | null,
    length: number | null,
    close: boolean,
  ): void {
    this.open = false;
    const headers: Record<string, string> = {};
    for (let i = 0; i < list.length; i += 2) headers[list[i] as string] = list[i + 1] as string;
    this.answered({ how, status, headers, headerNames: Object.keys(headers), body, length, close });
  }

  respond(status: string, headers: readonly string[], body: Bytes, close = false): void {
    const bytes = Buffer.from(body as string);
    this.done('respond', status, headers, bytes, bytes.length, close);
  }

  respondHead(status: string, headers: readonly string[], length: number | null, close = false): void {
    this.done('respondHead', status, headers, null, length, close);
  }

  async stream(
    status: string,
    headers: readonly string[],
    length: number,
    body: AsyncIterable<Uint8Array>,
    close = false,
  ): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    this.done('stream', status, headers, Buffer.concat(chunks), length, close);
  }

  start(): void {
    throw new Error('a static file is never chunked');
  }
  write(): boolean {
    throw new Error('a static file is never chunked');
  }
  finish(): void {
    throw new Error('a static file is never chunked');
  }
  upgrade(): boolean {
    throw new Error('a static file is no WebSocket');
  }
}
