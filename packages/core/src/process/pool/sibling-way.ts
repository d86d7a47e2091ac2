import type { Line } from '../line.js';
import type { PipeWay } from '../pipe-way.js';

/** How a worker of a pool writes to another worker: by way of the master. What the other one writes goes to the master. */
export class SiblingWay implements PipeWay {
  constructor(
    private readonly line: Line,
    private readonly worker: number,
  ) {}

  send(bytes: Uint8Array): boolean {
    return this.line.post('pool pipe', this.worker, bytes);
  }

  want(): void {}

  took(): void {}

  hold(): void {}

  close(): void {}
}
