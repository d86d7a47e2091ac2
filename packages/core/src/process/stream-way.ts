import type { Readable, Writable } from 'node:stream';
import type { PipeEnd } from './pipe-end.js';
import { MOST_UNREAD, type PipeWay } from './pipe-way.js';

/** The pipe of a process whose standard streams are redirected: what it prints, and what it reads from standard input. */
export class StreamWay implements PipeWay {
  private begun = false;

  constructor(
    private readonly sources: readonly Readable[],
    private readonly target: Writable,
    private readonly end: PipeEnd,
  ) {
    target.on('error', () => {});
  }

  send(bytes: Uint8Array): boolean {
    if (!this.target.writable || this.target.writableLength + bytes.length > MOST_UNREAD) return false;
    this.target.write(bytes);
    return true;
  }

  want(): void {}

  took(): void {}

  /** Standard input keeps a process only while somebody reads it. */
  hold(waits: boolean): void {
    if (!this.begun && waits) this.begin();
    for (const source of this.sources)
      if (waits) source.resume();
      else source.pause();
  }

  close(): void {
    if (this.target !== process.stdout) this.target.end();
  }

  private begin(): void {
    this.begun = true;
    let open = this.sources.length;
    for (const source of this.sources)
      source
        .on('data', (bytes: Buffer | string) => this.end.arrived(Buffer.from(bytes as Buffer)))
        .on('error', () => {})
        .on('close', () => {
          if (--open === 0) this.end.ended();
        });
  }
}
