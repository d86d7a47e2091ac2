import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import * as Swoole from '../../src/index.js';
import { frame, Raw, TEXT } from './raw.js';

type Server = Swoole.WebSocket.Server;

export interface Program {
  settings?: Record<string, unknown>;
  request?: (request: Swoole.Http.Request, response: Swoole.Http.Response) => unknown;
  message?: (server: Server, frame: Swoole.WebSocket.Frame) => unknown;
  /**
   * True where the engine may serve a request under an fd of its own, because uWebSockets.js does not tell whose it is: the record that
   * stands for nobody then goes only after some 20 seconds (engine/uws/identity.ts), and the books are not checked.
   */
  ghosts?: boolean;
}

/** The longest that a well-behaved peer may wait for its answer while others misbehave, in milliseconds. */
const PATIENCE_MS = 8_000;

/** A client that does everything right, in a loop, and notes how it is served. */
class Witness {
  rounds = 0;
  slowest = 0;
  private stopping = false;
  private readonly work: Promise<unknown>;

  constructor(private readonly raw: Raw) {
    this.work = this.talk().catch((error: unknown) => error);
  }

  /** Ends the loop after one more round and returns what went wrong, or null. */
  async stop(): Promise<unknown> {
    this.stopping = true;
    const failure = await this.work;
    this.raw.destroy();
    return failure ?? null;
  }

  private async talk(): Promise<void> {
    for (let last = false; !last; ) {
      last = this.stopping;
      const text = `still here ${this.rounds}`;
      const sent = performance.now();
      this.raw.write(frame(TEXT, text));
      const answer = await this.raw.frame();
      expect(answer.payload.toString()).toBe(text);
      this.slowest = Math.max(this.slowest, performance.now() - sent);
      this.rounds++;
      await sleep(1);
    }
  }
}

/** A server under attack, and the book kept of it. */
export class Siege {
  readonly connects = new Map<number, number>();
  readonly closes = new Map<number, number>();
  /** Request targets that reached the request event. */
  readonly requests: string[] = [];
  /** Messages that reached the message event, the witness's left out. */
  readonly messages: string[] = [];
  private readonly raws: Raw[] = [];

  constructor(readonly server: Server) {}

  get port(): number {
    return this.server.port;
  }

  async connect(): Promise<Raw> {
    const raw = await Raw.connect(this.port);
    this.raws.push(raw);
    return raw;
  }

  async upgrade(path = '/', headers = ''): Promise<Raw> {
    const raw = await Raw.upgrade(this.port, path, headers);
    this.raws.push(raw);
    return raw;
  }

  /** Waits for a state of the server that no event of a client's socket tells of. */
  async reached(what: string, state: () => boolean, ms = 15_000): Promise<void> {
    const deadline = performance.now() + ms;
    while (!state()) {
      if (performance.now() > deadline) throw new Error(`${what} was not reached within ${ms} ms`);
      await sleep(2);
    }
  }

  leave(): void {
    for (const raw of this.raws) raw.destroy();
  }
}

/**
 * Starts a server, attacks it, and checks what holds for every attack: a well-behaved connection is served all the while,
 * each connect event has exactly one close event, and nothing is left in the fd table.
 */
export async function besiege(program: Program, attack: (siege: Siege) => Promise<void>): Promise<void> {
  const server = new Swoole.WebSocket.Server('127.0.0.1', 0);
  const siege = new Siege(server);
  const count = (book: Map<number, number>, fd: number) => book.set(fd, (book.get(fd) ?? 0) + 1);
  let witnessFd = 0;
  server.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE, ...program.settings });
  server.on('connect', (_server: Server, fd: number) => count(siege.connects, fd));
  server.on('close', (_server: Server, fd: number) => count(siege.closes, fd));
  server.on('open', (_server: Server, request: Swoole.Http.Request) => {
    if (request.server.request_uri === '/witness') witnessFd = request.fd;
  });
  server.on('message', (_server: Server, message: Swoole.WebSocket.Frame) => {
    if (message.fd === witnessFd) {
      server.push(message.fd, message.data);
      return;
    }
    siege.messages.push(message.data.toString());
    return program.message?.(server, message);
  });
  server.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
    if (request.server.request_uri === '/after') return response.end('fine');
    siege.requests.push(request.server.request_uri);
    return program.request ? program.request(request, response) : response.end('fine');
  });
  // An unhandled mistake in the server would otherwise only be printed.
  Swoole.setWarningHandler(() => true);
  const listening = new Promise<void>((resolve) => server.on('start', () => resolve()));
  const ended = server.start();
  await listening;
  try {
    const witness = new Witness(await Raw.upgrade(server.port, '/witness'));
    let failure: unknown;
    try {
      await attack(siege);
    } finally {
      failure = await witness.stop();
      siege.leave();
    }
    expect(failure, 'what the well-behaved connection met').toBeNull();
    expect(witness.rounds).toBeGreaterThan(1);
    expect(witness.slowest).toBeLessThan(PATIENCE_MS);

    const after = await Raw.connect(server.port);
    after.write('GET /after HTTP/1.1\r\nHost: x\r\n\r\n');
    expect((await after.take('\r\n')).toString()).toMatch(/^HTTP\/1\.1 \d{3} /);
    after.destroy();

    if (program.ghosts) return;
    await siege.reached('one close for each connect', () => siege.closes.size >= siege.connects.size);
    await siege.reached('an empty fd table', () => server.connections.count() === 0);
    expect([...server.connections]).toEqual([]);
    expect([...siege.closes.keys()].sort()).toEqual([...siege.connects.keys()].sort());
    expect([...siege.connects.values()].filter((times) => times !== 1)).toEqual([]);
    expect([...siege.closes.values()].filter((times) => times !== 1)).toEqual([]);
  } finally {
    server.shutdown();
    await ended;
    Swoole.setWarningHandler(null);
  }
}
