import type { Bytes } from '../engine.js';
import { atEndOfTurn, type TurnTask } from '../turn.js';
import type { DuplexSocket } from './duplex-socket.js';

/** In bytes: queues up to this are sent as one piece. */
const ONE_PIECE = 65_536;
/** In bytes: with more than this on its way a peer counts as slow. */
const HIGH_WATER = 65_536;

/** The writing side of a socket: what one turn of the event loop writes leaves together. */
export class Transport implements TurnTask {
  /** Called when a peer that was slow has read what was sent to it. */
  onDrain: () => void = nothing;
  private queue: Bytes[] = [];
  private queuedBytes = 0;
  private waiting = false;
  /** True while what the peer has sent is being read: the answers to it leave right after. */
  private held = false;
  private congested = false;
  private wake: (() => void) | null = null;
  private ended = false;
  /** What was on its way when {@link standsStill} last looked. */
  private seen = -1;

  constructor(private socket: DuplexSocket) {}

  /** TLS has been laid over the socket. */
  secure(socket: DuplexSocket): void {
    this.socket = socket;
  }

  /** Bytes that have not left yet. */
  get buffered(): number {
    return this.queuedBytes + this.leaving;
  }

  /** @returns false when the peer is slow */
  write(data: Bytes): boolean {
    if (this.ended) return false;
    this.queue.push(data);
    this.queuedBytes += data.length;
    if (!this.waiting && !this.held) {
      this.waiting = true;
      atEndOfTurn(this);
    }
    return !this.congested && this.queuedBytes < HIGH_WATER;
  }

  /** Nothing leaves before {@link release}. */
  hold(): void {
    this.held = true;
  }

  release(): void {
    this.held = false;
    this.flush();
  }

  endOfTurn(): void {
    this.waiting = false;
    this.flush();
  }

  /** Sends what is queued without waiting for the end of the turn. */
  flush(): void {
    const { queue, socket } = this;
    if (queue.length === 0) return;
    const bytes = this.queuedBytes;
    this.queue = [];
    this.queuedBytes = 0;
    if (queue.length === 1) this.sent(socket.write(queue[0] as Bytes));
    else if (bytes <= ONE_PIECE) this.sent(socket.write(join(queue)));
    else {
      let room = true;
      socket.cork();
      for (const piece of queue) room = socket.write(piece);
      socket.uncork();
      this.sent(room);
    }
  }

  /** Resolves when the peer has read what was sent, or is gone. */
  writable(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  drained(): void {
    if (!this.congested) return;
    this.congested = false;
    this.wakeUp();
    this.onDrain();
  }

  /** Nobody has to wait any more. */
  wakeUp(): void {
    this.wake?.();
    this.wake = null;
  }

  /** Sends what is left, then the end of the stream. What the peer sends meanwhile is read and thrown away. */
  end(): void {
    if (this.ended) return;
    this.flush();
    this.ended = true;
    this.socket.end();
    this.socket.resume();
  }

  /** Ends at once; what has not been sent is lost. */
  destroy(): void {
    this.ended = true;
    this.queue = [];
    this.queuedBytes = 0;
    this.socket.destroy();
  }

  /** Whether nothing has moved since this was last asked. */
  standsStill(): boolean {
    const before = this.seen;
    this.seen = this.leaving;
    return this.seen === before;
  }

  /** Bytes that were given to the socket, and that the system has not taken. */
  private get leaving(): number {
    return this.socket.writableLength + (this.socket.inTransit ?? 0);
  }

  private sent(room: boolean): void {
    if (!room) this.congested = true;
    else if (!this.congested) this.wakeUp();
  }
}

function nothing(): void {}

function join(pieces: Bytes[]): Buffer {
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}
