import type { Line } from './line.js';
import type { PipeEnd } from './pipe-end.js';
import { MOST_UNREAD, type PipeWay } from './pipe-way.js';

/** The pipe between a process and who has started it. What the other end has read is told back. */
export class LineWay implements PipeWay {
  private unread = 0;
  private holds = false;
  private open = true;

  constructor(
    private readonly line: Line,
    end: PipeEnd,
  ) {
    line.serve('pipe', (bytes: Uint8Array) => end.arrived(bytes));
    line.serve('pipe taken', (bytes: number) => {
      this.unread -= bytes;
    });
    line.serve('pipe closed', () => {
      this.open = false;
      end.ended();
    });
    line.endings.push(() => end.ended());
  }

  send(bytes: Uint8Array): boolean {
    if (!this.open || this.unread + bytes.length > MOST_UNREAD) return false;
    this.unread += bytes.length;
    return this.line.post('pipe', bytes);
  }

  want(): void {}

  took(bytes: number): void {
    this.line.post('pipe taken', bytes);
  }

  hold(waits: boolean): void {
    if (waits === this.holds) return;
    this.holds = waits;
    this.line.hold(waits);
  }

  close(): void {
    this.hold(false);
    this.line.post('pipe closed');
  }
}
