import type { CloseInfo, EngineConnection, EngineListener, Exchange } from '../../src/engine/engine.js';

/** What a test does when the engine reports something; all of it is optional. */
export interface Program extends Partial<EngineListener> {
  /** A request whose body has arrived whole. */
  whole?: (exchange: Exchange, body: Buffer) => unknown;
}

export interface Closed {
  connection: EngineConnection;
  info: CloseInfo;
}

const PATIENCE_MS = 15_000;

/** Writes down all that an engine reports, and hands it on to the test's program. */
export class Recorder implements EngineListener {
  readonly connects: EngineConnection[] = [];
  readonly closes: Closed[] = [];
  readonly requests: Exchange[] = [];
  readonly opens: EngineConnection[] = [];
  readonly messages: { connection: EngineConnection; data: Buffer; binary: boolean }[] = [];
  readonly pings: string[] = [];
  readonly pongs: string[] = [];
  drains = 0;
  /** What the program threw: an engine's callbacks are no place to throw in. */
  readonly failures: unknown[] = [];
  private readonly bodies = new Map<Exchange, Buffer[]>();
  private readonly waiting = new Set<() => void>();

  constructor(private readonly program: Program) {}

  connect(connection: EngineConnection): void {
    this.connects.push(connection);
    this.run(() => this.program.connect?.(connection));
  }

  request(exchange: Exchange, chunk: Uint8Array, last: boolean): void {
    this.requests.push(exchange);
    this.run(() => this.program.request?.(exchange, chunk, last));
    this.bodies.set(exchange, []);
    this.collect(exchange, chunk, last);
  }

  body(exchange: Exchange, chunk: Uint8Array, last: boolean): void {
    this.run(() => this.program.body?.(exchange, chunk, last));
    this.collect(exchange, chunk, last);
  }

  open(connection: EngineConnection): void {
    this.opens.push(connection);
    this.run(() => this.program.open?.(connection));
  }

  message(connection: EngineConnection, data: ArrayBuffer, binary: boolean): void {
    this.messages.push({ connection, data: Buffer.from(Buffer.from(data)), binary });
    this.run(() => this.program.message?.(connection, data, binary));
  }

  ping(connection: EngineConnection, data: ArrayBuffer): void {
    this.pings.push(Buffer.from(data).toString());
    this.run(() => this.program.ping?.(connection, data));
  }

  pong(connection: EngineConnection, data: ArrayBuffer): void {
    this.pongs.push(Buffer.from(data).toString());
    this.run(() => this.program.pong?.(connection, data));
  }

  drain(connection: EngineConnection): void {
    this.drains++;
    this.run(() => this.program.drain?.(connection));
  }

  close(connection: EngineConnection, info: CloseInfo): void {
    this.closes.push({ connection, info });
    this.run(() => this.program.close?.(connection, info));
  }

  /** Waits until the reports so far make `state` true. */
  reached(what: string, state: () => boolean, ms = PATIENCE_MS): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!state()) return;
        clearTimeout(timer);
        this.waiting.delete(check);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.delete(check);
        const { connects, closes, requests, opens, messages } = this;
        const seen = `${connects.length} connects, ${closes.length} closes, ${requests.length} requests, ${opens.length} opens, ${messages.length} messages`;
        reject(new Error(`${what} was not reached within ${ms} ms: ${seen}`));
      }, ms);
      this.waiting.add(check);
      check();
    });
  }

  /** What is wrong with the books: each connection has one connect, then one close, and tells that it is not open. */
  imbalance(): string[] {
    const wrong: string[] = [];
    const ended = this.closes.map((closed) => closed.connection);
    if (new Set(this.connects).size !== this.connects.length) wrong.push('connected twice');
    if (new Set(ended).size !== ended.length) wrong.push('closed twice');
    const known = new Set(this.connects);
    if (ended.some((connection) => !known.has(connection))) wrong.push('closed and never connected');
    const gone = new Set(ended);
    const left = this.connects.filter((connection) => !gone.has(connection)).length;
    if (left > 0) wrong.push(`${left} never closed`);
    if (ended.some((connection) => connection.open)) wrong.push('open after its close');
    return wrong;
  }

  private collect(exchange: Exchange, chunk: Uint8Array, last: boolean): void {
    const pieces = this.bodies.get(exchange);
    if (pieces === undefined) {
      this.failures.push(new Error(`a body for ${exchange.head.path}, which has ended`));
      return;
    }
    pieces.push(Buffer.from(chunk));
    if (!last) return;
    this.bodies.delete(exchange);
    this.run(() => this.program.whole?.(exchange, Buffer.concat(pieces)));
  }

  private run(call: () => unknown): void {
    try {
      const result = call();
      if (result instanceof Promise) result.catch((error: unknown) => this.failures.push(error));
    } catch (error) {
      this.failures.push(error);
    }
    for (const check of [...this.waiting]) check();
  }
}
