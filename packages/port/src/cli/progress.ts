import type { WriteStream } from 'node:tty';

/** How long the work goes on before a log that is no terminal hears of it, and how often. */
const QUIET_MS = 5_000;

/** Tells how far the work is: in place on a terminal, in a line now and then elsewhere. */
export class Progress {
  private shown = false;
  private told = Date.now();

  constructor(private readonly stream: Pick<WriteStream, 'write'> & { isTTY?: boolean; columns?: number }) {}

  /** @param done how many of `total` are done */
  readonly step = (step: string, done: number, total: number): void => {
    const text = total > 1 ? `${step} ${done}/${total}` : step;
    if (this.stream.isTTY) {
      this.stream.write(`\r\u001b[K${text.slice(0, (this.stream.columns ?? 80) - 1)}`);
      this.shown = true;
    } else if (Date.now() - this.told > QUIET_MS) {
      this.told = Date.now();
      this.stream.write(`${text}\n`);
    }
  };

  /** Takes the line away. */
  end(): void {
    if (this.shown) this.stream.write('\r\u001b[K');
    this.shown = false;
  }
}
