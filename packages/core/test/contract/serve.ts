import path from 'node:path';
import type tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Engine, EnginePort, ListenOptions, TlsOptions } from '../../src/engine/engine.js';
import { Client } from './client.js';
import { type Program, Recorder } from './recorder.js';

/** What an engine cannot do, because of what it is built on. */
export interface Capabilities {
  /** Serves HTTP/1.0. */
  http10: boolean;
  /** Holds back a request that comes while the one before is being answered; without it such a connection is closed. */
  asyncPipelining: boolean;
  /** Sends pongs of the program's. */
  pongs: boolean;
  /** Sends frames with reserved opcodes. */
  reservedOpcodes: boolean;
  /** Refuses unmasked frames, as RFC 6455 section 5.1 asks. */
  unmaskedRefused: boolean;
  /** Knows whose a chunked request is before its body begins; without it some are served as connections of their own. */
  chunkedHeadsKnown: boolean;
  /** Takes close frames with codes from 3000 to 3999. */
  registeredCloseCodes: boolean;
  /** Lets several sockets listen on one port. */
  reusePort: boolean;
  /** Swaps certificates. */
  reload: boolean;
}

export interface Contract {
  engine: Engine;
  capabilities: Capabilities;
}

const OPTIONS: ListenOptions = {
  tls: null,
  maxPayload: 1024 * 1024,
  compression: false,
  maxBackpressure: 64 * 1024 * 1024,
  answerPings: true,
  http2: null,
  reusePort: false,
};

const FIXTURES = path.join(path.dirname(fileURLToPath(import.meta.url)), '../fixtures/tls');
/** One of the two self-signed certificates in test/fixtures/tls, whose common name is `a.contract.test` or `b.contract.test`. */
export function certificate(name: 'a' | 'b'): TlsOptions {
  return { certFile: path.join(FIXTURES, `${name}.crt`), keyFile: path.join(FIXTURES, `${name}.key`) };
}

/** A listening port, the books kept of it and its clients. */
export class Serving {
  port = 0;
  private readonly clients: Client[] = [];

  constructor(
    readonly engine: EnginePort,
    readonly books: Recorder,
    private readonly secure: boolean,
  ) {}

  async client(secure: tls.ConnectionOptions = { rejectUnauthorized: false }): Promise<Client> {
    const client = await Client.connect(
      { port: this.port, host: '127.0.0.1' },
      this.secure ? secure : undefined,
    );
    this.clients.push(client);
    return client;
  }

  async socket(path = '/', headers = ''): Promise<Client> {
    const client = await this.client();
    await client.upgrade(path, headers);
    return client;
  }

  adopt(client: Client): Client {
    this.clients.push(client);
    return client;
  }

  leave(): void {
    for (const client of this.clients) client.destroy();
  }
}

/**
 * Serves `program` on a port of the system's choice while `test` runs, then ends all and checks the books: each connection
 * has exactly one connect and one close, and nothing threw.
 */
export async function serve(
  { engine }: Contract,
  program: Program,
  test: (serving: Serving) => Promise<void>,
  options: Partial<ListenOptions> = {},
): Promise<void> {
  const books = new Recorder(program);
  const all = { ...OPTIONS, ...options };
  const port = engine.createPort(all, books);
  const serving = new Serving(port, books, all.tls !== null);
  serving.port = await port.listen('127.0.0.1', 0);
  try {
    await test(serving);
  } finally {
    serving.leave();
    port.close();
  }
  await books.reached('a close for each connect', () => books.closes.length >= books.connects.length);
  expect(books.failures).toEqual([]);
  expect(books.imbalance()).toEqual([]);
}

/** Waits until a number has not changed for `ms`, which no event can tell. */
export async function still(value: () => number, ms = 60): Promise<number> {
  for (let rounds = 0, last = Number.NaN; rounds < 100; rounds++) {
    const now = value();
    if (now === last) return now;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
  throw new Error('it never stood still');
}
