import type net from 'node:net';
import tls from 'node:tls';
import type { Bytes, MessageBytes } from '../engine.js';
import type { StreamConnection, StreamListener } from '../stream.js';
import { atEndOfTurn, type TurnTask } from '../turn.js';
import { FileQueue } from './file-queue.js';
import { Scratch } from './scratch.js';

/** What the close report says of a connection that broke off. */
const ABNORMAL = 1006;
/** In milliseconds: how long a closed connection may send nothing of what is left. */
const LINGER = 10_000;
/** In milliseconds: how long a peer that has got everything may leave its own end open. */
const LINGER_DONE = 1_000;
const scratch = new Scratch();

/** A raw connection on a socket of Node. */
export class TcpConnection implements StreamConnection, TurnTask {
  owner: unknown = null;
  open = true;
  readonly isWebSocket = false;
  readonly remoteAddress: string;
  readonly remotePort: number;
  private readonly secure: boolean;
  /** True while writes wait for {@link endOfTurn}, to leave together. */
  private holding = false;
  /** The first write that waits: alone, as most are, it needs no cork. */
  private first: Buffer | null = null;
  private corked = false;
  private ended = false;
  private failed = false;
  private expecting = false;
  private telling = false;
  private files: FileQueue | null = null;
  private deadline: NodeJS.Timeout | null = null;

  constructor(
    private readonly socket: net.Socket,
    private readonly listener: StreamListener,
    private paused: boolean,
    private readonly idleTimeout: number,
    readonly certificate: string | null,
  ) {
    this.remoteAddress = socket.remoteAddress ?? '';
    this.remotePort = socket.remotePort ?? 0;
    this.secure = socket instanceof tls.TLSSocket;
  }

  /** Reports the connection and begins to read it. */
  begin(): void {
    const { socket } = this;
    if (this.paused) socket.pause();
    socket.on('error', () => {
      this.failed = true;
    });
    socket.on('close', () => this.gone());
    socket.on('timeout', () => this.timedOut());
    this.listener.connect(this);
    socket.on('end', () => {
      if (!this.open || this.listener.ended?.(this) !== true) this.close();
    });
    if (!this.open) return;
    if (this.idleTimeout > 0) socket.setTimeout(this.idleTimeout);
    // This makes the socket read, unless it was paused before.
    socket.on('data', (chunk: Buffer) => this.data(chunk));
  }

  write(data: Bytes): boolean {
    if (this.ended || this.socket.destroyed) return false;
    if (this.files !== null) {
      this.files.addBytes(copied(data));
      return true;
    }
    if (!this.holding) {
      this.holding = true;
      atEndOfTurn(this);
    } else if (this.first !== null) this.cork();
    if (this.corked) this.put(copied(data));
    // What others wait before is not taken at once, and what TLS is to encrypt is not either.
    else if (typeof data === 'string' || this.secure || this.socket.writableLength > 0)
      this.first = copied(data);
    else this.first = scratch.copy(data);
    return true;
  }

  writeFile(path: string, offset: number, length: number): boolean {
    if (this.ended || this.socket.destroyed) return false;
    const queue = this.files ?? new FileQueue(this.socket, (error) => this.filesDone(error));
    try {
      queue.addFile(path, offset, length);
    } catch {
      return false;
    }
    if (this.files === null) {
      this.files = queue;
      this.flush();
      queue.start();
    }
    return true;
  }

  expectDrain(): void {
    // Files tell their end by themselves. An empty write is done when those before it are.
    if (!this.open || this.expecting || this.files !== null) return;
    this.expecting = true;
    if (this.first !== null) this.cork();
    this.socket.write('', this.expected);
  }

  pause(): void {
    this.paused = true;
    this.socket.pause();
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    setImmediate(() => {
      if (this.paused || !this.open) return;
      // A paused socket gives all that waited at once, and reports it as data.
      this.socket.read();
      this.socket.resume();
    });
  }

  close(discard = false): void {
    if (!this.open) return;
    this.report(0);
    if (!discard) this.finish();
    else {
      // What the system takes at once leaves, as it would have without waiting.
      this.flush();
      if (this.resets) this.socket.resetAndDestroy();
      else this.socket.destroy();
    }
  }

  bufferedAmount(): number {
    let waiting = this.socket.writableLength;
    if (this.first !== null) waiting += this.first.length;
    if (this.files !== null) waiting += this.files.waitingBytes;
    return waiting;
  }

  endOfTurn(): void {
    this.holding = false;
    this.flush();
  }

  /** TLS and Unix sockets know no reset: Node throws. */
  private get resets(): boolean {
    return this.remotePort > 0 && !this.secure;
  }

  /** Raw connections send no WebSocket messages. */
  send(): boolean {
    return false;
  }

  answer(): boolean {
    return false;
  }

  decode(bytes: MessageBytes): string {
    return String(bytes);
  }

  end(): void {
    this.close();
  }

  private data(chunk: Buffer): void {
    if (!this.open) return;
    const own = !this.holding;
    this.holding = true;
    this.listener.data(this, chunk);
    if (own) this.endOfTurn();
  }

  /** A second write: from now on they are collected. */
  private cork(): void {
    this.corked = true;
    this.socket.cork();
    const { first } = this;
    if (first === null) return;
    this.first = null;
    this.put(scratch.keep(first));
  }

  private put(bytes: Buffer): void {
    const { socket } = this;
    if (socket.writableLength > 0) socket.write(bytes, this.progress);
    else socket.write(bytes);
  }

  /** Hands what waits to the socket. */
  private flush(): void {
    const { first } = this;
    if (first !== null) {
      this.first = null;
      this.put(first);
      if (this.socket.writableLength === 0) scratch.giveBack(first);
      else scratch.lose(first);
    } else if (this.corked) {
      this.corked = false;
      this.socket.uncork();
    }
  }

  /** A write has left. Many leave together: that is told once. */
  private readonly progress = (): void => {
    if (this.telling) return;
    this.telling = true;
    setImmediate(this.tellDrain);
  };

  private readonly tellDrain = (): void => {
    this.telling = false;
    // Of a broken socket nothing has left.
    if (this.open && !this.socket.destroyed) this.listener.drain(this);
  };

  private readonly expected = (): void => {
    this.expecting = false;
    this.progress();
  };

  private report(code: number): void {
    this.open = false;
    this.listener.close(this, { code, reason: '', wasClean: code === 0 });
  }

  /** Sends what is left, then the end; what the peer still says is thrown away. */
  private finish(): void {
    const { socket } = this;
    this.flush();
    // While the rest leaves only writes are progress: reading would let a peer that takes nothing stay for ever.
    socket.pause();
    socket.setTimeout(LINGER);
    if (this.files !== null) return;
    this.ended = true;
    socket.end(() => {
      // Unread bytes would make the system break the connection off, and the peer might lose what it was sent.
      socket.resume();
      this.deadline = setTimeout(() => socket.destroy(), LINGER_DONE).unref();
    });
  }

  /** An open connection is idle, a closed one makes no progress. */
  private timedOut(): void {
    if (this.open) this.listener.idle(this);
    else this.socket.destroy();
  }

  private filesDone(error: Error | null): void {
    this.files = null;
    // The peer was promised more bytes than there are: only the end of the connection can tell it.
    if (error !== null) this.socket.destroy();
    else if (this.open) this.listener.drain(this);
    else this.finish();
  }

  private gone(): void {
    this.files?.stop();
    this.files = null;
    this.ended = true;
    if (this.deadline !== null) clearTimeout(this.deadline);
    if (this.open) this.report(this.failed ? ABNORMAL : 0);
  }
}

function copied(data: Bytes): Buffer {
  return typeof data === 'string' ? Buffer.from(data) : Buffer.from(data);
}
