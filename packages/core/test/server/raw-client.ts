import net from 'node:net';
import { onTestFinished } from 'vitest';

/** A TCP or Unix client that keeps what it gets, and leaves with the test. */
export class RawClient {
  /** Resolves when the stream is over. `reset` is true when the peer broke it off. */
  readonly closed: Promise<{ reset: boolean }>;
  private kept = Buffer.alloc(0);
  private ended = false;
  private waiting: Array<() => void> = [];

  constructor(readonly socket: net.Socket) {
    let reset = false;
    socket.on('data', (chunk) => {
      this.kept = Buffer.concat([this.kept, chunk]);
      this.wake();
    });
    socket.on('error', () => {
      reset = true;
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.ended = true;
        this.wake();
        resolve({ reset });
      });
    });
    onTestFinished(() => {
      socket.destroy();
    });
  }

  static connect(at: number | string): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = typeof at === 'number' ? net.connect(at, '127.0.0.1') : net.connect(at);
      socket.setNoDelay(true);
      socket.once('connect', () => resolve(new RawClient(socket))).once('error', reject);
    });
  }

  write(data: string | Uint8Array): this {
    this.socket.write(data);
    return this;
  }

  /** The next `count` bytes; fewer when the stream ends before. */
  async read(count: number): Promise<Buffer> {
    while (this.kept.length < count && !this.ended)
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    const taken = this.kept.subarray(0, count);
    this.kept = this.kept.subarray(taken.length);
    return taken;
  }

  /** As many bytes as the text has, as text. */
  async hear(text: string): Promise<string> {
    return String(await this.read(Buffer.byteLength(text)));
  }

  /** Everything to the end of the stream. */
  async rest(): Promise<Buffer> {
    await this.closed;
    return this.read(this.kept.length);
  }

  private wake(): void {
    for (const go of this.waiting.splice(0)) go();
  }
}
