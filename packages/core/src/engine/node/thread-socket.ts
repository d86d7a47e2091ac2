import { Duplex } from 'node:stream';
import type { ThreadLink } from './thread-link.js';

/** In bytes: with more than this unread at the other end nothing more is sent to it. */
const WINDOW = 65_536;
/** In bytes: with so much unread here it is not acknowledged. */
const HIGH_WATER = 16_384;

/** One end of a connection between two threads: what is written to it is read from its twin in the other thread. */
export class ThreadSocket extends Duplex {
  /** Sent, and not read at the other end yet. */
  private unread = 0;
  /** Goes on with writing when the other end has read. */
  private proceed: (() => void) | null = null;
  /** Read here, and not told to the other end yet. */
  private untold = 0;
  /** True once the other end has said all. */
  private ended = false;
  /** True once the other end is gone: it needs to be told nothing. */
  private severed = false;

  constructor(
    private readonly link: ThreadLink,
    private readonly id: number,
    readonly remoteAddress: string | undefined,
    readonly remotePort: number | undefined,
  ) {
    // Node 22 would buffer four times as much here.
    super({ highWaterMark: HIGH_WATER });
  }

  /** Sent, and not read at the other end. */
  get inTransit(): number {
    return this.unread;
  }

  /** Bytes have come from the other end. */
  arrived(bytes: Uint8Array): void {
    if (this.destroyed) return;
    this.untold += bytes.byteLength;
    if (this.push(bytes)) this.tellRead();
  }

  /** The other end will send no more. */
  finished(): void {
    if (this.destroyed || this.ended) return;
    this.ended = true;
    this.push(null);
  }

  /** The other end has read so many bytes. */
  wasRead(bytes: number): void {
    this.unread -= bytes;
    if (this.unread < WINDOW) this.resumeWriting();
  }

  /** The other end is destroyed. */
  reset(): void {
    this.severed = true;
    this.destroy();
  }

  /** The other thread is gone: what it has sent is still read, what is written to it goes nowhere. */
  orphaned(): void {
    this.severed = true;
    this.finished();
    this.resumeWriting();
  }

  override _read(): void {
    this.tellRead();
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    if (this.severed) return done();
    this.unread += chunk.byteLength;
    this.link.sendBytes(this.id, chunk);
    if (this.unread < WINDOW) done();
    else this.proceed = done;
  }

  override _final(done: () => void): void {
    if (!this.severed) this.link.sendEnd(this.id);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const inOrder = this.writableFinished && this.readableEnded;
    if (!this.severed && !inOrder) this.link.sendReset(this.id);
    this.link.forget(this.id);
    this.proceed = null;
    done(error);
  }

  private tellRead(): void {
    const { untold } = this;
    if (untold === 0) return;
    this.untold = 0;
    if (!this.severed) this.link.sendRead(this.id, untold);
  }

  private resumeWriting(): void {
    const { proceed } = this;
    this.proceed = null;
    proceed?.();
  }
}
